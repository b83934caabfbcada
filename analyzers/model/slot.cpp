#include "analyzers/model/hash.h"
#include "analyzers/model/unit.h"

namespace patchgate {

Slot result_slot(std::uint64_t usr) {
  constexpr std::uint64_t kResult = 0x726573756c74;  // apart from other places of that function
  return hash64(kResult, usr);
}

}  // namespace patchgate
