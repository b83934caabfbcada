#include "analyzers/graph/raw_facts.h"

#include <algorithm>
#include <numeric>

#include "analyzers/graph/raw_facts_tables.h"
#include "analyzers/model/sort_unique.h"

namespace patchgate {

namespace {

/// Sorted, each row once, those that only differ in the line with its smallest.
template <std::size_t Columns>
void settle(RawFacts::Rows<Columns>& rows, std::size_t from, const std::array<RawColumn, Columns>& columns) {
  const auto first = rows.begin() + static_cast<std::ptrdiff_t>(from);
  std::sort(first, rows.end());
  const std::ptrdiff_t same = columns.back() == RawColumn::line ? Columns - 1 : Columns;
  rows.erase(
      std::unique(first, rows.end(),
                  [&](const auto& a, const auto& b) { return std::equal(a.begin(), a.begin() + same, b.begin()); }),
      rows.end());
}

/// The place of each element in the order of `less`.
template <class Less>
std::vector<std::uint32_t> ranks(std::size_t count, Less less) {
  std::vector<std::uint32_t> order(count), rank(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), less);
  for (std::uint32_t i = 0; i < count; ++i) rank[order[i]] = i;
  return rank;
}

/// The new number of each text, hash and symbol.
struct Renumbered {
  std::vector<std::uint32_t> texts, hashes, symbols;

  std::uint32_t of(RawColumn column, std::uint32_t value) const {
    switch (column) {
      case RawColumn::text:
        return texts[value];
      case RawColumn::hash:
        return hashes[value];
      case RawColumn::symbol:
        return symbols[value];
      case RawColumn::symbol_or_none:
        return value == 0 ? 0 : symbols[value - 1] + 1;
      default:
        return value;
    }
  }
  template <std::size_t Columns>
  void renumber(RawFacts::Rows<Columns>& rows, const std::array<RawColumn, Columns>& columns) const {
    for (auto& row : rows)
      for (std::size_t i = 0; i < Columns; ++i) row[i] = of(columns[i], row[i]);
  }
};

}  // namespace

std::uint32_t FactsCollector::number(std::uint64_t hash) {
  const auto next = static_cast<std::uint32_t>(facts_.hashes.size());
  const auto found = hashes_.find_or_add(hash * 0x9e3779b97f4a7c15ULL, next,
                                         [&](std::uint32_t i) { return facts_.hashes[i] == hash; });
  if (found == next) facts_.hashes.push_back(hash);
  return found;
}

std::uint32_t FactsCollector::number(const UnitSymbol& symbol) {
  const std::array<std::uint32_t, 8> row{strings_.number(symbol.file),
                                         symbol.line,
                                         number(symbol.usr),
                                         strings_.number(symbol.name),
                                         symbol.end_line,
                                         strings_.number(symbol.origin),
                                         symbol.flags,
                                         static_cast<std::uint32_t>(symbol.kind)};
  const auto next = static_cast<std::uint32_t>(facts_.symbols.size());
  const auto hash = hash64(std::string_view(reinterpret_cast<const char*>(row.data()), sizeof row));
  const auto found = symbols_.find_or_add(hash, next, [&](std::uint32_t i) { return facts_.symbols[i] == row; });
  if (found == next) facts_.symbols.push_back(row);
  return found;
}

void FactsCollector::settle_file() {
  std::size_t table = 0;
  for_each_table(facts_, [&](auto& rows, const auto& columns) {
    settle(rows, settled_[table], columns);
    settled_[table++] = rows.size();
  });
}

void FactsCollector::add(const FileFacts& facts) {
  const auto file = strings_.number(facts.path);
  // What many units say of one header is much the same.
  if (file != file_) settle_file();
  file_ = file;
  RawFacts& to = facts_;
  to.files.push_back({file});
  std::vector<std::uint32_t> symbol;
  symbol.reserve(facts.symbols.size());
  for (const auto& one : facts.symbols) {
    symbol.push_back(number(one));
    to.seen.push_back({file, symbol.back()});
  }
  for (const auto& edge : facts.edges) {
    if (edge.kind == EdgeKind::include) continue;  // files are no symbols
    to.edges.push_back({file, symbol[edge.from], symbol[edge.to], RawFacts::packed(edge), edge.line});
  }
  for (const auto& pair : facts.overrides) to.overrides.push_back({file, symbol[pair.method], symbol[pair.overridden]});
  for (const auto& call : facts.indirect_calls)
    to.calls.push_back({file, symbol[call.caller], number(call.type), number(call.slot), call.line});
  for (const auto& value : facts.slot_values)
    to.slot_values.push_back({file, number(value.slot), symbol[value.function]});
  for (const auto& copy : facts.slot_copies) to.slot_copies.push_back({file, number(copy.from), number(copy.to)});
  for (const auto slot : facts.open_slots) to.open_slots.push_back({file, number(slot)});
  for (const auto& outside : facts.outside_slots)
    to.outside_slots.push_back({file, number(outside.slot), strings_.number(outside.name)});
  for (const auto& taken : facts.addresses) to.addresses.push_back({file, number(taken.type), symbol[taken.function]});
  for (const auto& flow : facts.flows) {
    const auto consumer = flow.consumer == DataFlow::kReturned ? 0 : symbol[flow.consumer] + 1;
    to.flows.push_back({file, symbol[flow.caller], symbol[flow.producer], consumer, flow.line});
  }
  for (const auto& literal : facts.literals) {
    to.literals.push_back({file, symbol[literal.caller], symbol[literal.callee], literal.position,
                           strings_.number(literal.text), literal.line});
  }
  for (const auto& spot : facts.blind_spots) {
    const auto in = spot.symbol == UnitBlindSpot::kFileScope ? 0 : symbol[spot.symbol] + 1;
    to.blind_spots.push_back({file, in, static_cast<std::uint32_t>(spot.kind), strings_.number(spot.text), spot.line});
  }
  for (const auto& included : facts.includes) to.includes.push_back({file, strings_.number(included)});
}

RawFacts FactsCollector::take() && {
  settle_file();
  Renumbered to;
  to.texts = ranks(strings_.size(), [&](auto a, auto b) { return strings_.text(a) < strings_.text(b); });
  to.hashes = ranks(facts_.hashes.size(), [&](auto a, auto b) { return facts_.hashes[a] < facts_.hashes[b]; });
  std::sort(facts_.hashes.begin(), facts_.hashes.end());

  auto bytes = std::make_shared<std::string>();
  std::vector<std::size_t> at(strings_.size()), size(strings_.size());
  for (std::uint32_t i = 0; i < strings_.size(); ++i) {
    at[to.texts[i]] = bytes->size();
    size[to.texts[i]] = strings_.text(i).size();
    *bytes += strings_.text(i);
  }
  for (std::size_t i = 0; i < at.size(); ++i) facts_.texts.push_back(std::string_view(*bytes).substr(at[i], size[i]));
  facts_.bytes = std::move(bytes);

  to.renumber(facts_.symbols, kSymbolColumns);
  to.symbols = ranks(facts_.symbols.size(), [&](auto a, auto b) { return facts_.symbols[a] < facts_.symbols[b]; });
  std::sort(facts_.symbols.begin(), facts_.symbols.end());
  for_each_table(facts_, [&](auto& rows, const auto& columns) {
    to.renumber(rows, columns);
    settle(rows, 0, columns);
    rows.shrink_to_fit();
  });
  return std::move(facts_);
}

}  // namespace patchgate
