#include "crm/address.h"

#include "crm/fields.h"
#include "crm/text.h"

namespace crm {
namespace {

std::optional<std::string> changed(const std::string& before, const std::string& after) {
  if (before == after) return std::nullopt;
  return after;
}

}  // namespace

bool is_country_code(std::string_view code) { return code.size() == 2 && to_upper(code) == code && !is_digits(code); }

bool is_postcode(std::string_view postcode, std::string_view country) {
  if (country == "DE") return postcode.size() == 5 && is_digits(postcode);
  if (country == "CH" || country == "AT") return postcode.size() == 4 && is_digits(postcode);
  return !is_blank(postcode);
}

Problems check_address(const Address& address) {
  Problems problems;
  require_text(problems, "street", address.street);
  require_text(problems, "city", address.city);
  if (!is_country_code(address.country)) problems.push_back("country is no ISO 3166 code");
  if (!is_postcode(address.postcode, address.country)) problems.push_back("postcode does not fit the country");
  return problems;
}

std::string address_line(const Address& address) {
  return join({address.street, address.postcode + " " + address.city, address.country}, ", ");
}

std::string address_label(const Address& address) {
  return address.street + "\n" + address.postcode + " " + to_upper(address.city) + "\n" + address.country;
}

bool same_place(const Address& a, const Address& b) {
  return to_lower(collapse_spaces(a.street)) == to_lower(collapse_spaces(b.street)) && a.postcode == b.postcode &&
         a.country == b.country;
}

AddressChanges changes_between(const Address& before, const Address& after) {
  return {changed(before.street, after.street), changed(before.postcode, after.postcode),
          changed(before.city, after.city), changed(before.country, after.country)};
}

bool is_empty(const AddressChanges& changes) {
  return !changes.street && !changes.postcode && !changes.city && !changes.country;
}

json::Object address_patch(const AddressChanges& changes) {
  json::Object body;
  encode_field(body, "street", changes.street);
  encode_field(body, "postcode", changes.postcode);
  encode_field(body, "city", changes.city);
  encode_field(body, "country", changes.country);
  return body;
}

Outcome move_customer(HttpClient& client, std::int64_t customer, const AddressChanges& changes) {
  if (is_empty(changes)) return rejected("nothing to change");
  const json::Object address = address_patch(changes);
  json::Object body;
  body.set("address", address);
  return outcome_of(client.patch(record_path("customers", customer), body));
}

}  // namespace crm
