#include "gate/reports/html/html.h"

#include <array>
#include <charconv>
#include <cmath>

#include "gate/reports/escape.h"

namespace patchgate {

std::string html_text(std::string_view text) {
  const std::string plain = visible(text);
  std::string result;
  result.reserve(plain.size());
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const char c = plain[at];
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '"') {
      result += "&quot;";
    } else if (c == '\'') {
      result += "&#39;";
    } else if (c == '#' && at > 0 && plain[at - 1] == '#') {
      result += "&#35;";
    } else {
      result += c;
    }
  }
  return result;
}

Html& Html::words(std::string_view text, std::size_t most) {
  text_ += html_text(clipped(visible(text), most));
  return *this;
}

Html& Html::coordinate(double number) {
  const double rounded = std::round(number * 100) / 100;
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), rounded == 0 ? 0.0 : rounded);
  text_.append(digits.data(), end.ptr);
  return *this;
}

}  // namespace patchgate
