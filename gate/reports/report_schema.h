#pragma once

#include <string_view>

namespace patchgate {

/// The JSON Schema (2020-12) of what the format `json` writes; the text of schema/report.schema.json.
std::string_view report_schema();

}  // namespace patchgate
