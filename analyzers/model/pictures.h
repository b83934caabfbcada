#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/result.h"
#include "analyzers/model/symbol.h"
#include "analyzers/model/test_evidence.h"

namespace patchgate {

// What a page shows beside the facts; nothing here decides anything.

/// A symbol in the picture of who uses the touched code, and of what that uses on its way to a data sink.
struct DrawnSymbol {
  enum class Role : std::uint8_t { touched, user, test, used, outside };
  std::string name;
  Place at;  ///< no file: outside of the repository
  SymbolKind kind = SymbolKind::function;
  Role role = Role::touched;
  std::uint32_t distance = 0;  ///< steps from the touched symbol that brought it in
  std::uint32_t left_out = 0;  ///< direct users in the project that are not drawn
};

struct DrawnUse {
  std::uint32_t from = 0, to = 0;  ///< places in `symbols`; from the user to what it uses
  EdgeKind kind = EdgeKind::call;
  Confidence confidence = Confidence::exact;  ///< of the surest edge between them
  bool to_sink = false;                       ///< a step on the way to a data sink
  friend bool operator==(const DrawnUse&, const DrawnUse&) = default;
};

/// At most kMostDrawn symbols, the touched ones first.
struct Surroundings {
  std::vector<DrawnSymbol> symbols;
  std::vector<DrawnUse> uses;          ///< sorted by from, to; no symbol points at itself
  std::uint32_t touched_left_out = 0;  ///< touched symbols of production code that are not drawn
};
inline constexpr std::size_t kMostDrawn = 60;

/// How many of the project's symbols of one kind have how many proven users in all. counts[0]: none; counts[i]: from
/// 2^(i-1) to 2^i - 1.
struct FanInSpread {
  SymbolKind kind = SymbolKind::function;
  std::vector<std::uint32_t> counts;
};

/// The place of `fan_in` in FanInSpread::counts.
inline std::size_t spread_bin(std::uint32_t fan_in) {
  std::size_t bin = 0;
  for (; fan_in != 0; fan_in >>= 1U) ++bin;
  return bin;
}

/// A line of the patch as a person reads it.
struct ShownLine {
  enum class Kind : std::uint8_t { same, gone, come };
  Kind kind = Kind::same;
  std::uint32_t base = 0, head = 0;  ///< its number on that side; 0 = not there
  std::string text;                  ///< without its end, cut off where it is very long
  std::optional<RanState> ran{};     ///< of a changed line on head; none = no coverage counts it
};

/// One file of the patch, with a few lines around each change.
struct ShownFile {
  std::string path, old_path;  ///< old_path: where it differs
  std::vector<std::vector<ShownLine>> hunks;
  std::size_t lines_left_out = 0;  ///< changed lines that are not shown
  std::string why_not;             ///< why there is no text; else empty
};

struct Pictures {
  Surroundings surroundings;
  std::vector<FanInSpread> spreads;  ///< of the kinds of touched symbols
  std::vector<ShownFile> diff;       ///< files of the most fundamental touched symbols first
  std::size_t files_left_out = 0;
  std::vector<std::string> run_again;  ///< the words of a command that judges this again; empty = there is none
};

}  // namespace patchgate
