#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace patchgate {

/// Indented, ASCII only, with a newline at the end; nothing in it moves a cursor, turns the reading direction, or is a
/// command for a CI runner that logs it.
std::string json_output(const nlohmann::ordered_json& document);

}  // namespace patchgate
