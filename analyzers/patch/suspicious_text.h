#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzers/model/patch.h"

namespace patchgate {

/// Lines of the head text inside of `hunks` that hold characters which change what a reader sees: controls of writing
/// direction, invisible letters and tags (CVE-2021-42574; Unicode TR 36). In order, each once.
std::vector<std::uint32_t> suspicious_lines(std::string_view text, const std::vector<Hunk>& hunks);

}  // namespace patchgate
