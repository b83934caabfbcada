#pragma once

#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/graph/column.h"
#include "analyzers/graph/node.h"
#include "analyzers/graph/stored_blocks.h"
#include "analyzers/graph/user_lists.h"
#include "analyzers/graph/walk_order.h"
#include "analyzers/model/symbol.h"
#include "analyzers/model/unit.h"

namespace patchgate {

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

class Graph;

/// The nodes of a graph, by number, read from the index where they lie there.
class NodeRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using pointer = const Node*;
    using reference = const Node&;

    Iterator() = default;
    Iterator(const Graph* graph, NodeId at) : graph_(graph), at_(at) {}
    const Node& operator*() const;
    const Node* operator->() const { return &**this; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator operator++(int) { return std::exchange(*this, *this + 1); }
    Iterator& operator+=(std::ptrdiff_t steps) {
      at_ = static_cast<NodeId>(at_ + steps);
      return *this;
    }
    Iterator operator+(std::ptrdiff_t steps) const { return Iterator(*this) += steps; }
    std::ptrdiff_t operator-(const Iterator& other) const { return std::ptrdiff_t{at_} - std::ptrdiff_t{other.at_}; }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Graph* graph_ = nullptr;
    NodeId at_ = 0;
  };

  NodeRange(const Graph& graph, std::size_t size) : graph_(&graph), size_(static_cast<NodeId>(size)) {}
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Node& operator[](NodeId id) const { return *(begin() + id); }
  Iterator begin() const { return {graph_, 0}; }
  Iterator end() const { return {graph_, size_}; }

 private:
  const Graph* graph_;
  NodeId size_;
};

/// The call graph of one revision. Immutable; nodes are sorted by (file, line, name, usr), links by (node, kind,
/// confidence). Include edges are kept apart (includes()): files are no symbols. One that comes from the index reads
/// names and links when somebody asks for them: not for use by several threads at a time.
class Graph {
 public:
  NodeRange nodes() const { return {*this, kinds_.size()}; }
  const Node& node(NodeId id) const { return stored_ ? stored_->node(id) : nodes_[id]; }
  /// What it calls or uses.
  std::span<const Link> uses(NodeId id) const {
    if (stored_) return stored_->uses(id);
    return {out_.data() + out_begin_[id], out_begin_[id + 1] - out_begin_[id]};
  }
  /// Who calls or uses it.
  std::span<const Link> users(NodeId id) const {
    if (stored_) return stored_->users(id);
    return {in_.data() + in_begin_[id], in_begin_[id + 1] - in_begin_[id]};
  }
  std::size_t edge_count() const { return edge_count_; }
  /// For walks over all of it. Made when somebody asks first, where it is not in the index.
  const UserLists& user_lists() const;
  const WalkOrder& walk_order() const;
  /// What node(id) would say, for who asks of many.
  bool in_project(NodeId id) const { return in_project_[id]; }
  SymbolKind kind(NodeId id) const { return kinds_[id]; }
  bool has(NodeId id, UnitSymbol::Flag flag) const { return (flags_[id] & flag) != 0; }
  bool has_origin(NodeId id) const { return has_origin_[id]; }
  bool has_file(NodeId id) const { return id >= first_with_file_; }
  /// As node(a).name < node(b).name.
  bool name_before(NodeId a, NodeId b) const;
  /// Rising by file, as nodes are.
  const std::vector<FileNodes>& files() const { return *files_; }
  /// False where something that was read from the index turned out to be none of what a graph is made of; then names
  /// and links are missing.
  bool is_whole() const { return !stored_ || stored_->is_whole(); }

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
  void note_files();
  std::uint64_t usr_of(NodeId id) const { return stored_ ? usr_[id] : nodes_[id].usr; }
  std::span<const NodeId> with_hash(std::uint64_t hash) const;

  // Either these or, of a graph from the index, stored_, usr_ and name_ranks_.
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> out_begin_{0}, in_begin_{0};  // nodes + 1
  std::vector<Link> out_, in_;

  std::shared_ptr<StoredBlocks> stored_;
  Column<std::uint64_t> usr_;         // by node, as all that follow
  Column<std::uint32_t> name_ranks_;  // equal for equal names
  std::vector<bool> in_project_, has_origin_;
  std::vector<SymbolKind> kinds_;
  std::vector<std::uint16_t> flags_;

  Column<NodeId> by_usr_, by_name_;    // sorted permutations: by (usr, file), by hash of the name's last part
  Column<std::uint32_t> name_hashes_;  // the upper halves of those hashes, in that order
  std::shared_ptr<const std::vector<FileNodes>> files_ = std::make_shared<const std::vector<FileNodes>>();
  NodeId first_with_file_ = 0;
  std::size_t edge_count_ = 0;
  std::vector<Flow> flows_;
  std::vector<Literal> literals_;
  std::vector<Entrance> entrances_;
  std::vector<BlindSpot> blind_spots_;
  std::map<std::string, std::vector<std::string>> includes_;
  mutable std::shared_ptr<const UserLists> user_lists_;
  mutable std::shared_ptr<const WalkOrder> walk_order_;
};

inline const Node& NodeRange::Iterator::operator*() const { return graph_->node(at_); }
struct RawFacts;

/// Merges what units saw into one graph; the order of add() does not matter. For a file that is gone add its empty
/// facts (a path, nothing else): whoever remembers a definition in it is then known to be out of date.
class GraphBuilder {
 public:
  GraphBuilder();
  GraphBuilder(GraphBuilder&&) noexcept;
  GraphBuilder& operator=(GraphBuilder&&) noexcept;
  ~GraphBuilder();
  void add(const FileFacts& facts);
  /// All but what the facts of the files `without` say.
  void add(const RawFacts& facts, const std::set<std::string, std::less<>>& without);
  Graph build() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace patchgate
