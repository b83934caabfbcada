#include "policies/packs/packs.h"

#include <array>
#include <utility>

#include "policies/packs/embedded.h"

namespace patchgate {

namespace {

/// Sorted by name. A new major version of a pack is a new line: policies that extend the old one keep their meaning.
const auto& packs() {
  static const std::array<std::pair<std::string_view, std::string_view>, 5> all{{
      {"builtin:baseline@1", embedded::baseline},
      {"builtin:hotfix@1", embedded::hotfix},
      {"builtin:library@1", embedded::library},
      {"builtin:observe@1", embedded::observe},
      {"builtin:strict@1", embedded::strict},
  }};
  return all;
}

}  // namespace

std::optional<std::string_view> find_pack(std::string_view name) {
  for (const auto& [known, text] : packs()) {
    if (known == name) return text;
  }
  return std::nullopt;
}

std::vector<std::string> pack_names() {
  std::vector<std::string> names;
  for (const auto& pack : packs()) names.emplace_back(pack.first);
  return names;
}

std::string_view policy_schema() { return embedded::policy_schema; }

}  // namespace patchgate
