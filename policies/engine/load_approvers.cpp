#include "policies/engine/load_approvers.h"

#include <algorithm>

#include "policies/engine/near_miss.h"
#include "policies/engine/override.h"

namespace patchgate {

std::vector<std::string> read_approvers(const JsonNode& node) {
  std::vector<std::string> addresses;
  if (!node.object()) return addresses;
  node.only({"approvers"});
  if (!node.has("approvers")) return node.error("'override' has no 'approvers'"), addresses;
  for (const auto& element : node["approvers"].list().value_or(std::vector<JsonNode>{})) {
    const auto text = element.text();
    if (!text) continue;
    auto address = address_of(*text);
    if (address.empty()) {
      element.error(in_quotes(*text) + " is not an e-mail address, such as bo@example.org");
    } else if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
      addresses.push_back(std::move(address));
    }
  }
  return addresses;
}

}  // namespace patchgate
