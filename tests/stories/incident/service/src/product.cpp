#include "crm/product.h"

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {

bool is_sku(std::string_view text) {
  const std::vector<std::string> parts = split(text, '-');
  return parts.size() == 2 && parts[0].size() == 3 && to_upper(parts[0]) == parts[0] && is_digits(parts[1]);
}

std::string normalize_sku(std::string_view text) { return to_upper(trim(text)); }

bool is_available(const Product& product, std::int64_t quantity) {
  return !product.retired && product.stock >= quantity;
}

Money volume_price(const Product& product, std::int64_t quantity) {
  const Money full = multiply(product.price, quantity);
  return subtract(full, percent_of(full, volume_discount(quantity)));
}

int volume_discount(std::int64_t quantity) {
  if (quantity >= 1000) return 15;
  if (quantity >= 100) return 8;
  return quantity >= 10 ? 3 : 0;
}

std::string product_title(const Product& product) {
  return pad_right(product.sku, 10, ' ') + product.name + ", " + format_money(product.price);
}

const Product* cheapest(const std::vector<Product>& products) {
  const Product* best = nullptr;
  for (const Product& product : products) {
    if (!product.retired && (best == nullptr || product.price.cents < best->price.cents)) best = &product;
  }
  return best;
}

Problems check_product(const Product& product) {
  Problems problems;
  if (!is_sku(product.sku)) problems.push_back("SKU is malformed");
  require_text(problems, "name", product.name);
  require_range(problems, "stock", product.stock, 0, 1000000);
  if (is_negative(product.price)) problems.push_back("price is negative");
  return problems;
}

json::Object product_patch(const ProductChanges& changes) {
  json::Object body;
  encode_field(body, "name", changes.name);
  encode_money(body, "price", changes.price);
  encode_field(body, "stock", changes.stock);
  encode_words(body, "categories", changes.categories);
  return body;
}

bool has_changes(const ProductChanges& changes) { return !product_patch(changes).empty(); }

Outcome update_product(HttpClient& client, std::int64_t id, const ProductChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  const json::Object body = product_patch(changes);
  return outcome_of(client.patch(record_path("products", id), body));
}

Outcome reprice_product(HttpClient& client, std::int64_t id, const std::optional<Money>& price) {
  if (price && is_negative(*price)) return rejected("price is negative");
  json::Object body;
  encode_money(body, "price", price);
  return outcome_of(client.patch(record_path("products", id), body));
}

Outcome retire_product(HttpClient& client, std::int64_t id, const std::optional<std::int64_t>& successor) {
  json::Object body;
  body.set("retired", true);
  encode_reference(body, "successor", successor);
  return outcome_of(client.patch(record_path("products", id), body));
}

}  // namespace crm
