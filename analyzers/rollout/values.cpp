#include "analyzers/rollout/values.h"

#include <array>
#include <charconv>
#include <cmath>

namespace patchgate {

namespace {

template <class Number>
std::optional<Number> parse_whole_text(std::string_view text) {
  // 010 is eight to some readers of YAML, and ten to others.
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') return std::nullopt;
  Number number{};
  const auto end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

std::optional<double> minutes_of_unit(char unit) {
  switch (unit) {
    case 's':
      return 1.0 / 60;
    case 'm':
      return 1.0;
    case 'h':
      return 60.0;
    case 'd':
      return 1440.0;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string scalar_text(const DocNode* node) {
  return node != nullptr && node->is_scalar() ? node->text : std::string();
}

std::optional<double> number_of(const DocNode& node) {
  if (!node.is_scalar() || !node.plain) return std::nullopt;
  const auto number = parse_whole_text<double>(node.text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<long> whole_of(const DocNode& node) {
  if (!node.is_scalar()) return std::nullopt;
  return parse_whole_text<long>(node.text);
}

std::optional<bool> truth_of(const DocNode& node) {
  if (!node.is_scalar() || !node.plain) return std::nullopt;
  if (node.text == "true") return true;
  if (node.text == "false") return false;
  return std::nullopt;
}

std::optional<double> minutes_of(std::string_view text, bool bare_seconds) {
  if (text.empty()) return std::nullopt;
  double minutes = 0;
  while (!text.empty()) {
    double amount = 0;
    const auto end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, amount, std::chars_format::fixed);
    if (error != std::errc() || amount < 0 || !std::isfinite(amount)) return std::nullopt;
    if (stopped == end) {
      if (!bare_seconds || minutes != 0) return std::nullopt;
      return amount / 60;
    }
    const auto unit = minutes_of_unit(*stopped);
    if (!unit) return std::nullopt;
    minutes += amount * *unit;
    text.remove_prefix(static_cast<std::size_t>(stopped + 1 - text.data()));
  }
  return minutes;
}

std::optional<double> minutes_of_iso(std::string_view text) {
  if (!text.starts_with("PT") || text.size() < 4) return std::nullopt;
  std::string small(text.substr(2));
  for (char& letter : small) {
    if (letter != 'H' && letter != 'M' && letter != 'S' && letter != '.' && (letter < '0' || letter > '9')) {
      return std::nullopt;
    }
    if (letter >= 'A') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return minutes_of(small, false);
}

std::string short_number(double number) {
  std::array<char, 40> text{};
  const auto rounded = std::round(number * 100) / 100;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), rounded);
  return error == std::errc() ? std::string(text.data(), end) : std::string("?");
}

}  // namespace patchgate
