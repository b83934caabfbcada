#pragma once

#include <string>
#include <string_view>

#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// A checksum (XXH3, against damage alone) and what it is of.
inline std::string sealed(std::string_view bytes) {
  ByteWriter out;
  out.fixed64(hash64(bytes));
  out.raw(bytes);
  return out.take();
}

}  // namespace patchgate
