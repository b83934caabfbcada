#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace patchgate {

/// Stands for a content, wherever equal hashes mean "the same". What made it says who can be trusted not to have made
/// two contents of one hash.
struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

/// The first 128 bits of SHA-256 (FIPS 180-4): for what the author of a patch writes or names, and would gain by if two
/// of it passed for one. Nobody finds a second content for a hash that is there (2^128 tries), nor a pair of equal
/// hashes (2^64 tries).
Hash128 strong_hash(std::string_view bytes);

/// Order matters.
Hash128 strong_hash(const Hash128& first, const Hash128& second);

/// XXH3, 128 bits: fast, no accident makes two contents equal, but whoever wants to can. Only for what nobody gains by.
Hash128 fast_hash(std::string_view bytes);

/// The first 128 bits of an id that is a hash already, from its hex digits; all zero where these are not 32.
Hash128 hash_of_digits(std::string_view hex);

/// 32 hex digits.
std::string to_string(const Hash128& hash);

/// XXH3, 64 bits: for hash tables and against accidents. Anybody can make two contents of one hash: never for trust.
std::uint64_t hash64(std::string_view bytes);

/// Order matters; not commutative.
std::uint64_t hash64(std::uint64_t first, std::uint64_t second);

}  // namespace patchgate

template <>
struct std::hash<patchgate::Hash128> {
  std::size_t operator()(const patchgate::Hash128& value) const { return value.low; }
};
