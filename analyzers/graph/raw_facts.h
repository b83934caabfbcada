#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/graph/index_table.h"
#include "analyzers/graph/strings.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/result.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// What units saw, file by file, as rows of numbers: all of FileFacts that a graph is made of, each different row of a
/// file once, with its smallest line. One form for the same facts, whoever adds them in which order: texts, hashes and
/// rows are sorted, so that those of one file follow each other. From it a graph is merged in a fraction of the time
/// that it takes to read the units again.
struct RawFacts {
  template <std::size_t Columns>
  using Rows = std::vector<std::array<std::uint32_t, Columns>>;

  std::vector<std::string_view> texts;  ///< the first one is empty; they lie in `bytes`
  std::vector<std::uint64_t> hashes;    ///< USRs, types, slots
  /// file, line, usr, name, end line, origin, flags, kind: each description of a symbol, whoever gives it
  Rows<8> symbols;

  // The first column of all: the file whose facts say so. Symbols, texts and hashes are indices.
  Rows<1> files;
  Rows<2> seen;           ///< symbol
  Rows<5> edges;          ///< from, to, packed(), line
  Rows<3> overrides;      ///< method, overridden
  Rows<5> calls;          ///< caller, type, slot, line
  Rows<3> slot_values;    ///< slot, function
  Rows<3> slot_copies;    ///< from, to
  Rows<2> open_slots;     ///< slot
  Rows<3> outside_slots;  ///< slot, name
  Rows<3> addresses;      ///< type, function
  Rows<5> flows;          ///< caller, producer, consumer + 1 or 0, line
  Rows<6> literals;       ///< caller, callee, position, text, line
  Rows<5> blind_spots;    ///< symbol + 1 or 0, kind, text, line
  Rows<2> includes;       ///< path

  std::shared_ptr<const std::string> bytes;

  /// Kind, confidence and rule of an edge in one number, and back.
  static std::uint32_t packed(const UnitEdge& edge) {
    return static_cast<std::uint32_t>(edge.kind) | static_cast<std::uint32_t>(edge.confidence) << 8U |
           static_cast<std::uint32_t>(edge.rule) << 16U;
  }
  static EdgeKind kind_of(std::uint32_t packed) { return static_cast<EdgeKind>(packed & 0xffU); }
  static Confidence confidence_of(std::uint32_t packed) { return static_cast<Confidence>(packed >> 8U & 0xffU); }
  static EdgeRule rule_of(std::uint32_t packed) { return static_cast<EdgeRule>(packed >> 16U); }
};

/// Makes RawFacts of FileFacts. Cheapest when those of one file are added one after the other.
class FactsCollector {
 public:
  void add(const FileFacts& facts);
  RawFacts take() &&;

 private:
  std::uint32_t number(std::uint64_t hash);
  std::uint32_t number(const UnitSymbol& symbol);
  void settle_file();

  Strings strings_;
  RawFacts facts_;  // numbers in the order of their first use
  IndexTable hashes_, symbols_;
  std::uint32_t file_ = 0;
  std::array<std::size_t, 14> settled_{};  // rows of each table that belong to files before this one
};

/// The key of the facts of units that have these contents, in any order.
Hash128 raw_facts_key(std::vector<Hash128> units);

/// For Store::put_derived, with a checksum in front.
std::string encode_raw_facts(const RawFacts& facts);
/// Error (io): damaged, or of another format. What it answers is as a collector makes it, but for what a checksum that
/// fits can not show.
Result<RawFacts> decode_raw_facts(std::string bytes);

}  // namespace patchgate
