#pragma once

#include <optional>
#include <string>

#include "crm/json.h"
#include "crm/record.h"

namespace crm {

struct Address {
  std::string street;
  std::string postcode;
  std::string city;
  std::string country;  ///< ISO 3166, two letters
};

struct AddressChanges {
  std::optional<std::string> street;
  std::optional<std::string> postcode;
  std::optional<std::string> city;
  std::optional<std::string> country;
};

bool is_country_code(std::string_view code);
bool is_postcode(std::string_view postcode, std::string_view country);
Problems check_address(const Address& address);
std::string address_line(const Address& address);
std::string address_label(const Address& address);
bool same_place(const Address& a, const Address& b);
AddressChanges changes_between(const Address& before, const Address& after);
bool is_empty(const AddressChanges& changes);
json::Object address_patch(const AddressChanges& changes);
Outcome move_customer(HttpClient& client, std::int64_t customer, const AddressChanges& changes);

}  // namespace crm
