#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "analyzers/model/result.h"

namespace patchgate {

/// JSON text → document, for text that may be damaged: errors (config) carry the line. See parse_sink_catalogue.
Result<nlohmann::json> parse_catalogue_text(const std::string& name, std::string_view text);

}  // namespace patchgate
