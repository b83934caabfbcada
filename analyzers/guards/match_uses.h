#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "analyzers/guards/guarded_uses.h"

namespace patchgate {

/// Which use on head is which on the base: (base, head), by base. The same text in the same order first; between those,
/// calls of the same function on the same object and assignments to the same thing; then calls that moved and are the
/// only ones with their text. What has no counterpart is left out.
std::vector<std::pair<std::size_t, std::size_t>> match_uses(const std::vector<Use>& base, const std::vector<Use>& head);

}  // namespace patchgate
