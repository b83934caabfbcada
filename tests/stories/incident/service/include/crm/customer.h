#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/address.h"
#include "crm/date.h"
#include "crm/money.h"

namespace crm {

enum class CustomerStatus { prospect, active, dormant, closed };

struct Customer {
  std::int64_t id = 0;
  std::string name;
  std::string email;
  std::string phone;
  CustomerStatus status = CustomerStatus::prospect;
  Address address;
  Money credit_limit;
  std::optional<Date> last_order;
  std::vector<std::string> tags;
};

struct CustomerChanges {
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<Money> credit_limit;
  std::optional<std::int64_t> account_manager;
  std::optional<std::vector<std::string>> tags;
};

const char* name_of(CustomerStatus status);
std::optional<CustomerStatus> customer_status(std::string_view name);
bool is_email(std::string_view text);
std::string normalize_email(std::string_view text);
std::string normalize_phone(std::string_view text);
std::string customer_title(const Customer& customer);
std::string customer_key(const Customer& customer);
bool has_tag(const Customer& customer, std::string_view tag);
void add_tag(Customer& customer, std::string_view tag);
bool is_dormant(const Customer& customer, const Date& today);
Problems check_customer(const Customer& customer);
json::Object customer_json(const Customer& customer);
json::Object customer_patch(const CustomerChanges& changes);
bool has_changes(const CustomerChanges& changes);
Outcome create_customer(HttpClient& client, const Customer& customer);
Outcome update_customer(HttpClient& client, std::int64_t id, const CustomerChanges& changes);
Outcome rename_customer(HttpClient& client, std::int64_t id, const std::optional<std::string>& name);
Outcome set_credit_limit(HttpClient& client, std::int64_t id, const std::optional<Money>& limit,
                         const std::optional<Date>& until);
Outcome set_customer_status(HttpClient& client, std::int64_t id, CustomerStatus status,
                            const std::optional<std::string>& reason);

}  // namespace crm
