#include "analyzers/model/hash.h"

#include <array>
#include <charconv>

#include <sha2.h>
#include <xxhash.h>

namespace patchgate {

namespace {

constexpr std::size_t kDigits = 16;  // of one half

std::uint64_t big_endian(const std::uint8_t* bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8U | bytes[i];
  return value;
}

bool read_digits(std::string_view hex, std::uint64_t& value) {
  const auto read = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  return read.ec == std::errc() && read.ptr == hex.data() + hex.size();
}

}  // namespace

Hash128 strong_hash(std::string_view bytes) {
  SHA2_CTX context;
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  SHA256Final(digest.data(), &context);
  return {big_endian(digest.data()), big_endian(digest.data() + 8)};
}

Hash128 strong_hash(const Hash128& first, const Hash128& second) {
  return strong_hash(to_string(first) + to_string(second));
}

Hash128 fast_hash(std::string_view bytes) {
  const auto hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

Hash128 hash_of_digits(std::string_view hex) {
  Hash128 hash;
  if (hex.size() < 2 * kDigits) return {};
  if (!read_digits(hex.substr(0, kDigits), hash.high) || !read_digits(hex.substr(kDigits, kDigits), hash.low))
    return {};
  return hash;
}

std::string to_string(const Hash128& hash) {
  std::string text;
  for (const auto half : {hash.high, hash.low})
    for (unsigned shift = 64; shift > 0; shift -= 4) text += "0123456789abcdef"[(half >> (shift - 4)) & 15U];
  return text;
}

std::uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::uint64_t hash64(std::uint64_t first, std::uint64_t second) {
  const std::uint64_t words[2] = {first, second};
  return XXH3_64bits(words, sizeof words);
}

}  // namespace patchgate
