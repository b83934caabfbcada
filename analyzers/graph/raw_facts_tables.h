#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "analyzers/graph/raw_facts.h"

namespace patchgate {

/// What a column of RawFacts holds.
enum class RawColumn : std::uint8_t {
  number,
  line,  ///< always the last: of rows that differ in it alone the first one is kept
  text,
  hash,
  symbol,
  symbol_or_none,  ///< an index + 1, or 0
  edge,            ///< RawFacts::packed
  symbol_kind,
  blind_spot_kind,
};

/// Calls `table(rows, columns)` for each table of rows that belong to files, always in the same order.
template <class Facts, class Table>
void for_each_table(Facts& facts, Table table) {
  using C = RawColumn;
  table(facts.files, std::array{C::text});
  table(facts.seen, std::array{C::text, C::symbol});
  table(facts.edges, std::array{C::text, C::symbol, C::symbol, C::edge, C::line});
  table(facts.overrides, std::array{C::text, C::symbol, C::symbol});
  table(facts.calls, std::array{C::text, C::symbol, C::hash, C::hash, C::line});
  table(facts.slot_values, std::array{C::text, C::hash, C::symbol});
  table(facts.slot_copies, std::array{C::text, C::hash, C::hash});
  table(facts.open_slots, std::array{C::text, C::hash});
  table(facts.outside_slots, std::array{C::text, C::hash, C::text});
  table(facts.addresses, std::array{C::text, C::hash, C::symbol});
  table(facts.flows, std::array{C::text, C::symbol, C::symbol, C::symbol_or_none, C::line});
  table(facts.literals, std::array{C::text, C::symbol, C::symbol, C::number, C::text, C::line});
  table(facts.blind_spots, std::array{C::text, C::symbol_or_none, C::blind_spot_kind, C::text, C::number});
  table(facts.includes, std::array{C::text, C::text});
}

/// The columns of RawFacts::symbols.
inline constexpr std::array kSymbolColumns{RawColumn::text,   RawColumn::number,     RawColumn::hash,
                                           RawColumn::text,   RawColumn::number,     RawColumn::text,
                                           RawColumn::number, RawColumn::symbol_kind};

}  // namespace patchgate
