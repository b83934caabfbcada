#pragma once

#include <cstdint>

#include "analyzers/model/unit.h"

namespace patchgate {

/// What the function of that USR is given at a place, from 0 (see result_slot).
Slot parameter_slot(std::uint64_t usr, unsigned place);

}  // namespace patchgate
