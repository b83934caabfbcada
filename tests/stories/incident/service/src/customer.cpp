#include "crm/customer.h"

#include <algorithm>

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {

const char* name_of(CustomerStatus status) {
  switch (status) {
    case CustomerStatus::prospect:
      return "prospect";
    case CustomerStatus::active:
      return "active";
    case CustomerStatus::dormant:
      return "dormant";
    case CustomerStatus::closed:
      return "closed";
  }
  return "?";
}

std::optional<CustomerStatus> customer_status(std::string_view name) {
  for (CustomerStatus status :
       {CustomerStatus::prospect, CustomerStatus::active, CustomerStatus::dormant, CustomerStatus::closed}) {
    if (name == name_of(status)) return status;
  }
  return std::nullopt;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         !contains(text, " ") && !ends_with(text, ".");
}

std::string normalize_email(std::string_view text) { return to_lower(trim(text)); }

std::string normalize_phone(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (is_digits(std::string_view(&c, 1)) || (c == '+' && result.empty())) result += c;
  }
  if (starts_with(result, "00")) result.replace(0, 2, "+");
  return result;
}

std::string customer_title(const Customer& customer) {
  return customer.name + " (" + std::to_string(customer.id) + ", " + name_of(customer.status) + ")";
}

std::string customer_key(const Customer& customer) {
  return to_lower(collapse_spaces(customer.name)) + "/" + customer.address.postcode;
}

bool has_tag(const Customer& customer, std::string_view tag) {
  return std::find(customer.tags.begin(), customer.tags.end(), tag) != customer.tags.end();
}

void add_tag(Customer& customer, std::string_view tag) {
  if (!has_tag(customer, tag)) customer.tags.push_back(to_lower(trim(tag)));
}

bool is_dormant(const Customer& customer, const Date& today) {
  return customer.status == CustomerStatus::active && customer.last_order &&
         days_between(*customer.last_order, today) > 365;
}

Problems check_customer(const Customer& customer) {
  Problems problems = check_address(customer.address);
  require_text(problems, "name", customer.name);
  require_length(problems, "name", customer.name, 120);
  if (!is_email(customer.email)) problems.push_back("email is no address");
  if (is_negative(customer.credit_limit)) problems.push_back("credit limit is negative");
  return problems;
}

json::Object customer_json(const Customer& customer) {
  json::Object body;
  body.set("name", collapse_spaces(customer.name));
  body.set("email", normalize_email(customer.email));
  body.set("phone", normalize_phone(customer.phone));
  body.set("status", name_of(customer.status));
  body.set("address", address_line(customer.address));
  return body;
}

json::Object customer_patch(const CustomerChanges& changes) {
  json::Object body;
  encode_field(body, "name", changes.name);
  encode_field(body, "email", changes.email);
  encode_field(body, "phone", changes.phone);
  encode_money(body, "credit_limit", changes.credit_limit);
  encode_reference(body, "account_manager", changes.account_manager);
  encode_words(body, "tags", changes.tags);
  return body;
}

bool has_changes(const CustomerChanges& changes) { return !customer_patch(changes).empty(); }

Outcome create_customer(HttpClient& client, const Customer& customer) {
  const Problems problems = check_customer(customer);
  if (!problems.empty()) return rejected(describe(problems));
  return outcome_of(client.post("/customers", customer_json(customer)));
}

Outcome update_customer(HttpClient& client, std::int64_t id, const CustomerChanges& changes) {
  if (!has_changes(changes)) return rejected("nothing to change");
  if (changes.email && !is_email(*changes.email)) return rejected("email is no address");
  const json::Object body = customer_patch(changes);
  return outcome_of(client.patch(record_path("customers", id), body));
}

Outcome rename_customer(HttpClient& client, std::int64_t id, const std::optional<std::string>& name) {
  json::Object body;
  encode_field(body, "name", name);
  return outcome_of(client.patch(record_path("customers", id), body));
}

Outcome set_credit_limit(HttpClient& client, std::int64_t id, const std::optional<Money>& limit,
                         const std::optional<Date>& until) {
  if (limit && is_negative(*limit)) return rejected("credit limit is negative");
  json::Object body;
  encode_money(body, "credit_limit", limit);
  encode_date(body, "credit_limit_until", until);
  return outcome_of(client.patch(record_path("customers", id), body));
}

Outcome set_customer_status(HttpClient& client, std::int64_t id, CustomerStatus status,
                            const std::optional<std::string>& reason) {
  json::Object body;
  body.set("status", name_of(status));
  encode_field(body, "status_reason", reason);
  return outcome_of(client.patch(record_path("customers", id), body));
}

}  // namespace crm
