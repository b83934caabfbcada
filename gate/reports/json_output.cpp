#include "gate/reports/json_output.h"

#include <string_view>

namespace patchgate {

namespace {

/// A `#` that could begin a command for a CI runner stands in a string, where it has another spelling.
std::string without_logging_commands(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  for (std::size_t at = 0; at < json.size(); ++at) {
    const bool second_hash = json[at] == '#' && at > 0 && json[at - 1] == '#';
    if (second_hash) {
      result += "\\u0023";
    } else {
      result += json[at];
    }
  }
  return result;
}

}  // namespace

std::string json_output(const nlohmann::ordered_json& document) {
  constexpr int kIndent = 2;
  constexpr bool kAscii = true;
  return without_logging_commands(
             document.dump(kIndent, ' ', kAscii, nlohmann::ordered_json::error_handler_t::replace)) +
         "\n";
}

}  // namespace patchgate
