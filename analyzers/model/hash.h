#pragma once

#include <cstdint>
#include <string_view>

namespace patchgate {

/// XXH3, 64 bits: for keys of caches and identities, never for trust.
std::uint64_t hash64(std::string_view bytes);

/// Order matters; not commutative.
std::uint64_t hash64(std::uint64_t first, std::uint64_t second);

}  // namespace patchgate
