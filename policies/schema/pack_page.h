#pragma once

#include <string>
#include <string_view>

#include "policies/engine/policy.h"

namespace patchgate {

/// docs/packs/NAME.md: what a pack asks for, when and why, in plain words. `name`: builtin:NAME@MAJOR, which `policy`
/// was loaded from. Rules that it takes over unchanged are named, and described on the page of their own pack.
std::string pack_page(std::string_view name, const Policy& policy);

}  // namespace patchgate
