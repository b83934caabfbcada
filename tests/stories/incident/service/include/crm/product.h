#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/money.h"
#include "crm/record.h"

namespace crm {

struct Product {
  std::int64_t id = 0;
  std::string sku;
  std::string name;
  Money price;
  std::int64_t stock = 0;
  bool retired = false;
};

struct ProductChanges {
  std::optional<std::string> name;
  std::optional<Money> price;
  std::optional<std::int64_t> stock;
  std::optional<std::vector<std::string>> categories;
};

bool is_sku(std::string_view text);
std::string normalize_sku(std::string_view text);
bool is_available(const Product& product, std::int64_t quantity);
Money volume_price(const Product& product, std::int64_t quantity);
int volume_discount(std::int64_t quantity);
std::string product_title(const Product& product);
const Product* cheapest(const std::vector<Product>& products);
Problems check_product(const Product& product);
json::Object product_patch(const ProductChanges& changes);
bool has_changes(const ProductChanges& changes);
Outcome update_product(HttpClient& client, std::int64_t id, const ProductChanges& changes);
Outcome reprice_product(HttpClient& client, std::int64_t id, const std::optional<Money>& price);
Outcome retire_product(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& successor);

}  // namespace crm
