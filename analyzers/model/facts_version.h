#pragma once

#include <cstdint>

namespace patchgate {

/// Counts up whenever the catalogue gets a fact or a field, so that a policy can say which one it needs
/// (`needs_facts`). Names that are there never go, nor change their meaning.
inline constexpr std::uint32_t kFactsVersion = 3;

}  // namespace patchgate
