#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "analyzers/model/result.h"

namespace patchgate {

/// JSON that anybody may have written. Errors (config, at `name` and the line): bad syntax, cut off, a byte order mark,
/// a NUL, nested deeper than 64, a key given twice, an integer outside of 64 bits, more than twenty million values.
Result<nlohmann::json> parse_strict_json(const std::string& name, std::string_view text);

}  // namespace patchgate
