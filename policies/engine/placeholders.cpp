#include "policies/engine/placeholders.h"

#include <functional>

namespace patchgate {

namespace {

/// Calls `plain` and `name` for the parts of the text, in order.
void walk(std::string_view text, const std::function<void(std::string_view)>& plain,
          const std::function<void(std::string_view)>& name) {
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return plain(text);
    plain(text.substr(0, open));
    name(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

}  // namespace

const std::vector<std::string>& placeholder_names() {
  static const std::vector<std::string> names{"count", "offenders", "value"};
  return names;
}

std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> names;
  walk(
      text, [](std::string_view) {}, [&](std::string_view name) { names.emplace_back(name); });
  return names;
}

std::string fill(std::string_view text, const std::map<std::string, std::string, std::less<>>& values) {
  std::string filled;
  walk(
      text, [&](std::string_view plain) { filled += plain; },
      [&](std::string_view name) {
        const auto value = values.find(name);
        filled += value == values.end() ? "{" + std::string(name) + "}" : value->second;
      });
  return filled;
}

}  // namespace patchgate
