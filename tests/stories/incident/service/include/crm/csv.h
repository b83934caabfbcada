#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/date.h"
#include "crm/money.h"

namespace crm {

using Row = std::map<std::string, std::string, std::less<>>;

std::vector<std::string> parse_csv_line(std::string_view line);
std::string write_csv_line(const std::vector<std::string>& cells);
std::vector<Row> parse_csv(std::string_view text);
/// An empty cell is an absent value in all of these.
std::optional<std::string> text_in(const Row& row, std::string_view column);
std::optional<std::int64_t> number_in(const Row& row, std::string_view column);
std::optional<bool> flag_in(const Row& row, std::string_view column);
std::optional<Date> date_in(const Row& row, std::string_view column);
std::optional<Money> money_in(const Row& row, std::string_view column);
std::optional<std::vector<std::string>> words_in(const Row& row, std::string_view column);

}  // namespace crm
