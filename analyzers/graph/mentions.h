#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/strings.h"
#include "analyzers/model/unit.h"

namespace patchgate {

using MentionId = std::uint32_t;

/// What is known about one symbol from one angle: as the file that defines it, or as a file that refers to it without
/// having seen a definition. Everything that units say about the same angle is folded into one, in any order.
struct Mention {
  std::uint64_t usr = 0;
  std::uint32_t angle = 0;  ///< the defining file, or the file that refers
  std::uint32_t file = 0;   ///< of the definition or of the declaration; 0 = outside
  std::uint32_t line = 0;
  std::uint32_t end_line = 0;
  std::uint32_t name = 0;
  std::uint32_t origin = 0;
  std::uint16_t flags = 0;
  SymbolKind kind = SymbolKind::function;
  bool definition = false;
  bool own = false;  ///< said by the facts of the defining file itself, not by a file that refers to it
};

class Mentions {
 public:
  /// The mention that `symbol` belongs to when it is named in the facts of `chunk_file`.
  MentionId add(const UnitSymbol& symbol, std::uint32_t chunk_file, Strings& strings);
  /// The same for one whose strings have their numbers; what depends on `chunk_file` is filled in.
  MentionId add(const Mention& mention, std::uint32_t chunk_file, const Strings& strings);
  std::span<const Mention> all() const { return mentions_; }

 private:
  template <class Name>
  MentionId add(Mention mention, std::uint32_t chunk_file, const Strings& strings, Name name);

  std::vector<Mention> mentions_;
  IndexTable table_;
};

/// The nodes of the graph, and which of them each mention stands for.
struct Nodes {
  std::vector<Node> nodes;     ///< sorted by (file, line, name, usr)
  std::vector<NodeId> by_usr;  ///< sorted by (usr, file)
  struct Range {
    std::uint32_t first = 0;  ///< into by_usr
    std::uint32_t count = 0;
  };
  std::vector<Range> of_mention;

  std::span<const NodeId> of(MentionId mention) const {
    const auto range = of_mention[mention];
    return {by_usr.data() + range.first, range.count};
  }
};

/// Identity: a node is a (usr, file of the definition).
/// - External USRs repeat in repositories with several programs (`main`), so the file belongs to the key.
/// - A reference that did not see a definition stands for the definition in the file that refers, if there is one, else
///   for all definitions, else for one node of its own, the declaration.
/// - A reference that saw the definition stands for that one. When the facts of that file are here and do not define it
///   (any more), the reference is out of date and counts as one that saw none.
/// `has_facts[f]`: facts of file f were added.
Nodes resolve(const Mentions& mentions, const Strings& strings, const std::vector<bool>& has_facts);

}  // namespace patchgate
