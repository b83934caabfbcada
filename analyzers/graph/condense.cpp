#include "analyzers/graph/condense.h"

#include <algorithm>

namespace patchgate {

namespace {

constexpr std::uint32_t kNone = 0xffffffffU;

bool counts(const Link& link, EdgeSet edges) { return edges == EdgeSet::all || link.confidence == Confidence::exact; }

/// Tarjan's algorithm with a stack of its own: call chains of real programs are deeper than ours may be.
class Components {
 public:
  Components(const Graph& graph, EdgeSet edges)
      : graph_(graph),
        edges_(edges),
        index_(graph.nodes().size(), kNone),
        low_(index_.size()),
        component_(index_.size(), kNone) {}

  std::vector<std::uint32_t> run() {
    for (NodeId start = 0; start < index_.size(); ++start) {
      if (index_[start] == kNone) walk(start);
    }
    // Tarjan closes what is used before its users; turned round, users come first.
    for (auto& component : component_) component = count_ - 1 - component;
    return std::move(component_);
  }
  std::uint32_t count() const { return count_; }

 private:
  struct Frame {
    NodeId node;
    std::size_t next;
  };

  void open(NodeId node) {
    index_[node] = low_[node] = next_index_++;
    stack_.push_back(node);
    frames_.push_back({node, 0});
  }

  void walk(NodeId start) {
    open(start);
    while (!frames_.empty()) {
      const NodeId node = frames_.back().node;
      const auto links = graph_.uses(node);
      bool went_down = false;
      while (frames_.back().next < links.size()) {
        const Link& link = links[frames_.back().next++];
        if (!counts(link, edges_)) continue;
        if (index_[link.node] == kNone) {
          open(link.node);
          went_down = true;
          break;
        }
        if (component_[link.node] == kNone) low_[node] = std::min(low_[node], index_[link.node]);
      }
      if (!went_down) close(node);
    }
  }

  void close(NodeId node) {
    frames_.pop_back();
    if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
    if (low_[node] != index_[node]) return;
    NodeId member = kNoNode;
    do {
      member = stack_.back();
      stack_.pop_back();
      component_[member] = count_;
    } while (member != node);
    ++count_;
  }

  const Graph& graph_;
  EdgeSet edges_;
  std::vector<std::uint32_t> index_, low_, component_;
  std::vector<NodeId> stack_;
  std::vector<Frame> frames_;
  std::uint32_t next_index_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace

Condensed condense(const Graph& graph, EdgeSet edges) {
  Components components(graph, edges);
  Condensed out;
  out.component = components.run();
  const std::uint32_t count = components.count();
  out.members.assign(count, 0);

  std::vector<std::uint32_t> begin(count + 1, 0);  // nodes by component
  for (NodeId id = 0; id < out.component.size(); ++id) {
    const auto c = out.component[id];
    ++begin[c + 1];
    if (graph.node(id).in_project()) ++out.members[c];
  }
  for (std::uint32_t c = 0; c < count; ++c) begin[c + 1] += begin[c];
  std::vector<NodeId> nodes(out.component.size());
  auto next = begin;
  for (NodeId id = 0; id < out.component.size(); ++id) nodes[next[out.component[id]]++] = id;

  out.begin.reserve(count + 1);
  out.begin.push_back(0);
  for (std::uint32_t c = 0; c < count; ++c) {
    const auto first = static_cast<std::ptrdiff_t>(out.used.size());
    for (auto i = begin[c]; i < begin[c + 1]; ++i) {
      for (const Link& link : graph.uses(nodes[i])) {
        const auto other = out.component[link.node];
        if (counts(link, edges) && other != c) out.used.push_back(other);
      }
    }
    std::sort(out.used.begin() + first, out.used.end());
    out.used.erase(std::unique(out.used.begin() + first, out.used.end()), out.used.end());
    out.begin.push_back(static_cast<std::uint32_t>(out.used.size()));
  }
  return out;
}

}  // namespace patchgate
