#pragma once

#include <string_view>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// The runs of lines that differ, without context, in order. Knows no path, so no attribute can apply; every byte is
/// text.
Result<std::vector<Hunk>> hunks_between(std::string_view base, std::string_view head);

}  // namespace patchgate
