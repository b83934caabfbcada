#include "analyzers/model/hash.h"

#include <xxhash.h>

namespace patchgate {

std::uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::uint64_t hash64(std::uint64_t first, std::uint64_t second) {
  const std::uint64_t words[2] = {first, second};
  return XXH3_64bits(words, sizeof words);
}

}  // namespace patchgate
