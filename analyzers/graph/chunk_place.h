#pragma once

#include <cstdint>
#include <string>

#include "analyzers/model/hash.h"

namespace patchgate {

/// Where a chunk of the index lies, and what it is to be.
struct ChunkPlace {
  std::int64_t id = 0;  ///< equal for equal chunks
  std::string path;
  Hash128 hash;                ///< the strong one of its bytes
  std::uint64_t checksum = 0;  ///< the fast one, against damage
  std::int64_t base = 0;  ///< another one, of the same path and without a base, that it is kept as a difference from
};

}  // namespace patchgate
