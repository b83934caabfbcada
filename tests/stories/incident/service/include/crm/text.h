#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crm {

std::string trim(std::string_view text);
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
bool starts_with(std::string_view text, std::string_view prefix);
bool ends_with(std::string_view text, std::string_view suffix);
bool contains(std::string_view text, std::string_view part);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string pad_left(std::string_view text, std::size_t width, char fill);
std::string pad_right(std::string_view text, std::size_t width, char fill);
std::string collapse_spaces(std::string_view text);
std::string initials(std::string_view name);
bool is_digits(std::string_view text);
bool is_blank(std::string_view text);
std::string shorten(std::string_view text, std::size_t width);

}  // namespace crm
