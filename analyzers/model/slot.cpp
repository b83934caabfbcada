#include "analyzers/model/hash.h"
#include "analyzers/model/parameter_slot.h"
#include "analyzers/model/unit.h"

namespace patchgate {

Slot result_slot(std::uint64_t usr) {
  constexpr std::uint64_t kResult = 0x726573756c74;  // apart from other places of that function
  return hash64(kResult, usr);
}

Slot parameter_slot(std::uint64_t usr, unsigned place) {
  constexpr std::uint64_t kParameter = 0x706172616d;
  return hash64(hash64(kParameter, usr), place);
}

}  // namespace patchgate
