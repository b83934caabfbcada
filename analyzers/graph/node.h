#pragma once

#include <cstdint>
#include <string>

#include "analyzers/model/symbol.h"
#include "analyzers/model/unit.h"

namespace patchgate {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xffffffffU;

/// A symbol of the whole program: (usr, file of the definition). See design of identity in merge.cpp.
struct Node {
  std::uint64_t usr = 0;
  std::string name;
  std::string file;  ///< empty = outside the repository
  std::uint32_t line = 0;
  std::uint32_t end_line = 0;
  std::uint16_t flags = 0;  ///< UnitSymbol::Flag, or-ed over all units
  SymbolKind kind = SymbolKind::function;
  std::string origin;

  bool has(UnitSymbol::Flag flag) const { return (flags & flag) != 0; }
  /// Defined in the repository: counts among "the project's symbols".
  bool in_project() const { return has(UnitSymbol::defined) && !file.empty(); }
};

/// Half an edge: the other end and how it was found.
struct Link {
  NodeId node = kNoNode;
  EdgeKind kind = EdgeKind::call;
  Confidence confidence = Confidence::exact;
  EdgeRule rule = EdgeRule::syntax;
  std::uint32_t line = 0;  ///< of the use, in the file of the user
};

/// The nodes of one file: first to end - 1.
struct FileNodes {
  std::string file;  ///< empty = those outside the repository
  NodeId first = 0, end = 0;
};

}  // namespace patchgate
