#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/collect_symbols.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// Facts of one file while its unit is being looked at: symbols by SymbolId, places as offsets.
struct FileDraft {
  struct Stand {
    SymbolId symbol;
    ByteRange range;
    std::uint32_t body;
    bool definition;
  };
  struct Edge {
    SymbolId from, to;
    EdgeKind kind;
    Confidence confidence;
    std::uint32_t offset;
    EdgeRule rule = EdgeRule::syntax;
  };
  struct Indirect {
    SymbolId caller;
    std::uint64_t type;
    std::uint32_t offset;
    Slot slot;
  };
  struct Address {
    SymbolId function, taker;
    std::uint64_t type;
  };
  struct Flow {
    SymbolId caller, producer, consumer;  ///< consumer kNoSymbol: returned
    std::uint32_t offset;
  };
  struct Literal {
    SymbolId caller, callee;
    std::uint8_t position;
    std::string text;
    std::uint32_t offset;
  };
  struct Blind {
    SymbolId symbol;  ///< kNoSymbol: at file scope
    BlindSpotKind kind;
    std::uint32_t offset;
    std::string text;
  };
  std::vector<Stand> stands;
  std::vector<Edge> edges;
  std::vector<Indirect> indirect;
  std::vector<Address> addresses;
  std::vector<std::pair<Slot, SymbolId>> slot_values;
  std::vector<std::pair<Slot, Slot>> slot_copies;
  std::vector<Slot> open_slots;
  std::vector<std::pair<Slot, std::string>> outside_slots;
  std::vector<std::pair<SymbolId, SymbolId>> overrides;
  std::vector<Flow> flows;
  std::vector<Literal> literals;
  std::vector<Blind> blind_spots;
  std::set<std::string> includes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> inactive;
  bool seen = false;  ///< the unit read it
};

/// The facts of all files of a unit.
class FactStore {
 public:
  FileDraft& of(FileIndex file) {
    if (static_cast<std::size_t>(file) >= files_.size()) files_.resize(file + 1);
    return files_[file];
  }
  const std::vector<FileDraft>& all() const { return files_; }

  /// Sorted, without doubles, each file with a symbol table of its own. In a header a symbol that the main file defines
  /// is described by its declaration, so that the header's facts are the same in all units.
  std::vector<FileFacts> finish(const SymbolTable& symbols, const SourceFiles& files) const;

 private:
  std::vector<FileDraft> files_;
};

}  // namespace patchgate
