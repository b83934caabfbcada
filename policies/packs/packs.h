#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// The text of a built-in policy, by `builtin:NAME@MAJOR`; nothing where there is none of that name and version. It is
/// part of the program.
std::optional<std::string_view> find_pack(std::string_view name);

/// The names of all built-in policies, sorted.
std::vector<std::string> pack_names();

/// The JSON Schema (2020-12) of policy files, for editors. The program's own check (load_policy) says more.
std::string_view policy_schema();

}  // namespace patchgate
