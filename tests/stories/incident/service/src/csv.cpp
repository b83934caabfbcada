#include "crm/csv.h"

#include "crm/text.h"

namespace crm {
namespace {

bool needs_quotes(std::string_view cell) {
  return contains(cell, ",") || contains(cell, "\"") || contains(cell, "\n") || cell != trim(cell);
}

std::string quoted(std::string_view cell) {
  std::string result = "\"";
  for (char c : cell) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + "\"";
}

}  // namespace

std::vector<std::string> parse_csv_line(std::string_view line) {
  std::vector<std::string> cells(1);
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && inside && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += '"';
      ++i;
    } else if (line[i] == '"') {
      inside = !inside;
    } else if (line[i] == ',' && !inside) {
      cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

std::string write_csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> written;
  for (const std::string& cell : cells) written.push_back(needs_quotes(cell) ? quoted(cell) : cell);
  return join(written, ",");
}

std::vector<Row> parse_csv(std::string_view text) {
  std::vector<Row> rows;
  std::vector<std::string> columns;
  for (const std::string& line : split(text, '\n')) {
    if (is_blank(line)) continue;
    const std::vector<std::string> cells = parse_csv_line(line);
    if (columns.empty()) {
      columns = cells;
      continue;
    }
    Row row;
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) row[columns[i]] = cells[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<std::string> text_in(const Row& row, std::string_view column) {
  const auto it = row.find(column);
  if (it == row.end() || is_blank(it->second)) return std::nullopt;
  return trim(it->second);
}

std::optional<std::int64_t> number_in(const Row& row, std::string_view column) {
  const std::optional<std::string> text = text_in(row, column);
  if (!text || !is_digits(*text) || text->size() > 18) return std::nullopt;
  return std::stoll(*text);
}

std::optional<bool> flag_in(const Row& row, std::string_view column) {
  const std::optional<std::string> text = text_in(row, column);
  if (!text) return std::nullopt;
  return to_lower(*text) == "yes";
}

std::optional<Date> date_in(const Row& row, std::string_view column) {
  const std::optional<std::string> text = text_in(row, column);
  if (!text) return std::nullopt;
  return parse_date(*text);
}

std::optional<Money> money_in(const Row& row, std::string_view column) {
  const std::optional<std::string> text = text_in(row, column);
  if (!text) return std::nullopt;
  return parse_money(*text);
}

std::optional<std::vector<std::string>> words_in(const Row& row, std::string_view column) {
  const std::optional<std::string> text = text_in(row, column);
  if (!text) return std::nullopt;
  return split(collapse_spaces(*text), ' ');
}

}  // namespace crm
