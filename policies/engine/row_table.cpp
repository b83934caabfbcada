#include "policies/engine/row_table.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "policies/engine/leaf.h"

namespace patchgate {

namespace {

/// One row with what is needed to put it in an order of its own.
struct RankedRow {
  const Row* row;
  std::vector<std::ptrdiff_t> levels;
};

std::string text_of_fields(const Row& row) {
  std::string text;
  for (const auto& [name, value] : row.fields) text += name + "=" + to_string(value) + "\n";
  return text;
}

std::vector<const Row*> in_order(const std::vector<Row>& rows) {
  std::vector<const FactDecl*> ordered;
  for (const auto& field : touched_symbol_fields()) {
    if (field.ordered) ordered.push_back(&field);
  }
  std::vector<RankedRow> ranked;
  ranked.reserve(rows.size());
  for (const auto& row : rows) {
    RankedRow one{&row, {}};
    for (const auto* field : ordered) {
      const auto found = row.fields.find(field->name);
      const auto* word = found == row.fields.end() ? nullptr : std::get_if<std::string>(&found->second);
      const auto level =
          word == nullptr ? field->choices.end() : std::find(field->choices.begin(), field->choices.end(), *word);
      one.levels.push_back(field->choices.begin() - level);
    }
    ranked.push_back(std::move(one));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const RankedRow& a, const RankedRow& b) {
    const auto first = std::tie(a.levels, a.row->label, a.row->at);
    const auto second = std::tie(b.levels, b.row->label, b.row->at);
    return first == second ? text_of_fields(*a.row) < text_of_fields(*b.row) : first < second;
  });
  std::vector<const Row*> sorted;
  sorted.reserve(rows.size());
  for (const auto& one : ranked) sorted.push_back(one.row);
  return sorted;
}

/// Different values have different keys, whatever their types.
std::string key_of(const Value& value) {
  if (const auto* unknown = std::get_if<Unknown>(&value)) {
    return "u" + std::to_string(unknown->at_least) + " " + unknown->why;
  }
  if (const auto* number = std::get_if<double>(&value)) {
    return "d" + std::string(reinterpret_cast<const char*>(number), sizeof *number);
  }
  return std::to_string(value.index()) + to_string(value);
}

}  // namespace

RowTable::RowTable(const std::vector<Row>& rows) : rows_(in_order(rows)) {}

const RowTable::Column& RowTable::column(const FactDecl& field) {
  const auto [known, fresh] = columns_.try_emplace(&field);
  auto& column = known->second;
  if (!fresh) return column;
  std::unordered_map<std::string, std::uint32_t> ids;
  column.id.reserve(rows_.size());
  for (const auto* row : rows_) {
    auto value = field_of(*row, field.name);
    const auto [same, is_new] = ids.try_emplace(key_of(value), static_cast<std::uint32_t>(column.values.size()));
    if (is_new) column.values.push_back(std::move(value));
    column.id.push_back(same->second);
  }
  return column;
}

std::vector<Truth> RowTable::truths(const Condition& condition, bool must_hold) {
  if (condition.kind == Condition::Kind::leaf) {
    const auto& values = column(*condition.fact);
    std::vector<Truth> of_value;
    of_value.reserve(values.values.size());
    for (const auto& value : values.values) of_value.push_back(truth_of(condition, value, must_hold));
    std::vector<Truth> truths(rows_.size());
    for (std::size_t i = 0; i < truths.size(); ++i) truths[i] = of_value[values.id[i]];
    return truths;
  }
  const bool wanted = condition.kind == Condition::Kind::none ? !must_hold : must_hold;
  const bool each = (condition.kind == Condition::Kind::any) != must_hold && condition.kind != Condition::Kind::none;
  const bool all_of = condition.kind == Condition::Kind::none ? must_hold : each;
  std::vector<Truth> sum(rows_.size(), all_of ? Truth::yes : Truth::no);
  for (const auto& child : condition.children) {
    const auto truths = this->truths(child, wanted);
    if (all_of) {
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = std::min(sum[i], truths[i]);
    } else {
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = std::max(sum[i], truths[i]);
    }
  }
  return sum;
}

void RowTable::collect(const Condition& condition, std::vector<const FactDecl*>& fields) const {
  for (const auto& child : condition.children) collect(child, fields);
  if (condition.fact == nullptr) return;
  if (std::find(fields.begin(), fields.end(), condition.fact) == fields.end()) fields.push_back(condition.fact);
}

RowTable::Grouping RowTable::group_by(const std::vector<const Condition*>& conditions) {
  std::vector<const FactDecl*> fields;
  for (const auto* condition : conditions) collect(*condition, fields);
  Grouping grouping{std::vector<std::uint32_t>(rows_.size(), 0), 1};
  for (const auto* field : fields) {
    const auto& values = column(*field);
    const auto count = values.values.size();
    // Numbered anew after each field, so that they stay below the number of rows.
    std::vector<std::uint32_t> number(grouping.groups * count <= 4 * rows_.size() ? grouping.groups * count : 0, 0);
    std::unordered_map<std::uint64_t, std::uint32_t> sparse;
    std::uint32_t groups = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::uint64_t pair = grouping.of[i] * static_cast<std::uint64_t>(count) + values.id[i];
      auto& known = number.empty() ? sparse[pair] : number[pair];
      if (known == 0) known = ++groups;
      grouping.of[i] = known - 1;
    }
    grouping.groups = std::max<std::uint32_t>(groups, 1);
  }
  return grouping;
}

Value field_of(const Row& row, std::string_view name) {
  const auto found = row.fields.find(name);
  return found == row.fields.end() ? Value{Unknown{"not measured"}} : found->second;
}

RowTable* FactsInOrder::list(const std::string& name) const {
  const auto known = lists_.find(name);
  if (known != lists_.end()) return &known->second;
  const auto* rows = facts_.list(name);
  return rows == nullptr ? nullptr : &lists_.emplace(name, RowTable(*rows)).first->second;
}

}  // namespace patchgate
