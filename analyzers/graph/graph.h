#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/graph/user_lists.h"
#include "analyzers/graph/walk_order.h"
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

struct Flow {
  NodeId caller = kNoNode;
  NodeId producer = kNoNode;
  NodeId consumer = kNoNode;  ///< kNoNode: returned to, or written for, the caller's own caller
  std::uint32_t line = 0;
};

struct Literal {
  NodeId caller = kNoNode;
  NodeId callee = kNoNode;
  std::uint8_t position = 0;
  std::string text;
  std::uint32_t line = 0;
};

/// `function` is handed to code outside the repository, which calls it: the comparator of a sort, a thread's start, a
/// handler of signals.
struct Entrance {
  NodeId function = kNoNode;
  std::string
      through;  ///< the function, field or variable outside that it is given to: `qsort`, `sigaction::sa_handler`
};

/// Something in a body, or in a file outside of any, whose effect no edge shows.
struct BlindSpot {
  NodeId in = kNoNode;  ///< kNoNode: at file scope
  BlindSpotKind kind = BlindSpotKind::pointer_call;
  std::uint32_t line = 0;
  std::string file;  ///< where that line is; of a symbol: the one that defines it
  std::string text;  ///< dependent_call: the name that is called, empty where it has none; name_lookup and loaded_code:
                     ///< the function that is asked, `dlsym`
};

/// The call graph of one revision. Immutable; nodes are sorted by (file, line, name, usr), links by (node, kind,
/// confidence). Include edges are kept apart (includes()): files are no symbols.
class Graph {
 public:
  std::span<const Node> nodes() const { return nodes_; }
  const Node& node(NodeId id) const { return nodes_[id]; }
  /// What it calls or uses.
  std::span<const Link> uses(NodeId id) const {
    return {out_.data() + out_begin_[id], out_begin_[id + 1] - out_begin_[id]};
  }
  /// Who calls or uses it.
  std::span<const Link> users(NodeId id) const {
    return {in_.data() + in_begin_[id], in_begin_[id + 1] - in_begin_[id]};
  }
  std::size_t edge_count() const { return out_.size(); }
  /// For walks over all of it. Made when somebody asks first: not by several threads at a time.
  const UserLists& user_lists() const;
  const WalkOrder& walk_order() const;
  /// What node(id) would say, for who asks of many.
  bool in_project(NodeId id) const { return in_project_[id]; }
  SymbolKind kind(NodeId id) const { return kinds_[id]; }
  bool has(NodeId id, UnitSymbol::Flag flag) const { return (flags_[id] & flag) != 0; }
  bool has_origin(NodeId id) const { return has_origin_[id]; }
  /// The first node of each file, rising: nodes are sorted by file.
  std::vector<NodeId> first_of_files() const;

  /// All definitions of that usr; or the one declaration when nothing in the project defines it. By (usr, file): at
  /// most one.
  std::vector<NodeId> find(std::uint64_t usr) const;
  NodeId find(std::uint64_t usr, std::string_view file) const;
  /// Exact qualified name, else every node whose name ends with `::name`.
  std::vector<NodeId> find_name(std::string_view name) const;
  /// Every node whose name ends with the same part: `c` of `a::b::c`.
  std::vector<NodeId> find_last_part(std::string_view name) const;
  /// The innermost symbols defined at that line of that file.
  std::vector<NodeId> find_line(std::string_view file, std::uint32_t line) const;

  std::span<const Flow> flows() const { return flows_; }  ///< sorted by producer, caller, consumer
  std::span<const Flow> flows_of_producer(NodeId id) const;
  std::span<const Literal> literals() const { return literals_; }  ///< sorted by caller, callee, position, text
  std::span<const Literal> literals_of_caller(NodeId id) const;
  std::span<const Entrance> entrances() const { return entrances_; }  ///< sorted by function, through
  std::span<const Entrance> entrances_of(NodeId id) const;
  /// Sorted by in, kind, line, text; those at file scope last, by file. A dependent call in a template that some unit
  /// instantiates is none: its instances have edges.
  std::span<const BlindSpot> blind_spots() const { return blind_spots_; }
  std::span<const BlindSpot> blind_spots_of(NodeId id) const;
  /// file → files it includes, sorted
  const std::map<std::string, std::vector<std::string>>& includes() const { return includes_; }

 private:
  friend class GraphBuilder;
  friend class GraphCodec;
  void index_names();
  void make_columns();
  std::vector<Node> nodes_;
  std::vector<bool> in_project_, has_origin_;  // by node, as all that follow
  std::vector<SymbolKind> kinds_;
  std::vector<std::uint16_t> flags_;
  std::vector<std::uint32_t> out_begin_{0}, in_begin_{0};  // nodes + 1
  std::vector<Link> out_, in_;
  std::vector<NodeId> by_usr_, by_name_;  // sorted permutations: by (usr, file), by hash of the name's last part
  std::vector<Flow> flows_;
  std::vector<Literal> literals_;
  std::vector<Entrance> entrances_;
  std::vector<BlindSpot> blind_spots_;
  std::map<std::string, std::vector<std::string>> includes_;
  mutable std::shared_ptr<const UserLists> user_lists_;
  mutable std::shared_ptr<const WalkOrder> walk_order_;
};

/// Merges what units saw into one graph; the order of add() does not matter. For a file that is gone add its empty
/// facts (a path, nothing else): whoever remembers a definition in it is then known to be out of date.
class GraphBuilder {
 public:
  GraphBuilder();
  GraphBuilder(GraphBuilder&&) noexcept;
  GraphBuilder& operator=(GraphBuilder&&) noexcept;
  ~GraphBuilder();
  void add(const FileFacts& facts);
  Graph build() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace patchgate
