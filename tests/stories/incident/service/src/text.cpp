#include "crm/text.h"

#include <algorithm>
#include <cctype>

namespace crm {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

}  // namespace

std::string trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::string to_lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string to_upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), upper);
  return result;
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string result;
  for (const std::string& part : parts) {
    if (!result.empty()) result += separator;
    result += part;
  }
  return result;
}

std::string pad_left(std::string_view text, std::size_t width, char fill) {
  std::string result(text);
  if (result.size() < width) result.insert(0, width - result.size(), fill);
  return result;
}

std::string pad_right(std::string_view text, std::size_t width, char fill) {
  std::string result(text);
  if (result.size() < width) result.append(width - result.size(), fill);
  return result;
}

std::string collapse_spaces(std::string_view text) {
  std::string result;
  for (char c : trim(text)) {
    if (is_space(c) && !result.empty() && result.back() == ' ') continue;
    result += is_space(c) ? ' ' : c;
  }
  return result;
}

std::string initials(std::string_view name) {
  std::string result;
  for (const std::string& word : split(collapse_spaces(name), ' ')) {
    if (!word.empty()) result += upper(word.front());
  }
  return result;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_blank(std::string_view text) { return trim(text).empty(); }

std::string shorten(std::string_view text, std::size_t width) {
  if (text.size() <= width) return std::string(text);
  return std::string(text.substr(0, width > 3 ? width - 3 : 0)) + "...";
}

}  // namespace crm
