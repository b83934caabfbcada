#include "analyzers/graph/users_of_many.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace patchgate {

namespace {

bool counts(const Link& link, EdgeSet edges) { return edges == EdgeSet::all || link.confidence == Confidence::exact; }

/// What is known of a node lies in one place: who comes to it needs all of it.
struct Spread {
  StartSet reach = 0;
  StartSet told = 0;  ///< of these, which its users know of
};

struct Arrivals {
  StartSet seen = 0;               ///< on earlier levels
  StartSet by[kConfidences] = {};  ///< on this level, by the weakest edge of a way
  StartSet all() const { return static_cast<StartSet>(by[0] | by[1] | by[2]); }

  void add(const Arrivals& from, StartSet news, Confidence link) {
    static_assert(kConfidences == 3);
    const auto weakest = static_cast<std::size_t>(link);
    by[weakest] |=
        static_cast<StartSet>(news & (from.by[0] | (weakest >= 1 ? from.by[1] : 0) | (weakest >= 2 ? from.by[2] : 0)));
    for (std::size_t weaker = weakest + 1; weaker < kConfidences; ++weaker)
      by[weaker] |= static_cast<StartSet>(news & from.by[weaker]);
  }
  /// Each start by its surest way alone.
  void keep_surest() {
    by[1] = static_cast<StartSet>(by[1] & ~by[0]);
    by[2] = static_cast<StartSet>(by[2] & ~(by[0] | by[1]));
  }
};

}  // namespace

namespace {

/// What the starts can be reached from, each node after a node that it uses, as far as there are no circles: the
/// reverse of the order in which a depth-first walk leaves them. Then most nodes know all they will when it is their
/// turn.
class UsersInOrder {
 public:
  UsersInOrder(const Graph& graph, EdgeSet edges) : graph_(graph), edges_(edges), seen_(graph.nodes().size()) {}

  std::vector<NodeId> run(std::span<const NodeId> starts) {
    for (const NodeId start : starts) walk(start);
    std::reverse(left_.begin(), left_.end());
    return std::move(left_);
  }

 private:
  struct Frame {
    NodeId node;
    std::uint32_t next;  ///< of its users
  };

  void walk(NodeId start) {
    if (seen_[start]) return;
    seen_[start] = true;
    open_.push_back({start, 0});
    while (!open_.empty()) {
      const NodeId node = open_.back().node;
      const auto users = graph_.users(node);
      NodeId down = kNoNode;
      while (down == kNoNode && open_.back().next < users.size()) {
        const Link& link = users[open_.back().next++];
        if (seen_[link.node] || !counts(link, edges_)) continue;
        seen_[link.node] = true;
        down = link.node;
      }
      if (down != kNoNode) {
        open_.push_back({down, 0});
      } else {
        left_.push_back(node);
        open_.pop_back();
      }
    }
  }

  const Graph& graph_;
  const EdgeSet edges_;
  std::vector<bool> seen_;
  std::vector<Frame> open_;
  std::vector<NodeId> left_;
};

}  // namespace

std::vector<StartSet> users_of_many(const Graph& graph, std::span<const NodeId> starts, EdgeSet edges) {
  starts = starts.subspan(0, std::min(starts.size(), kStartsAtOnce));
  const auto order = UsersInOrder(graph, edges).run(starts);
  std::vector<Spread> nodes(graph.nodes().size());
  for (std::size_t i = 0; i < starts.size(); ++i) nodes[starts[i]].reach |= static_cast<StartSet>(1U << i);
  for (bool changed = true; changed;) {
    changed = false;  // only circles need another turn
    for (const NodeId id : order) {
      const auto news = static_cast<StartSet>(nodes[id].reach & ~nodes[id].told);
      if (news == 0) continue;
      nodes[id].told |= news;
      for (const Link& link : graph.users(id)) {
        if (!counts(link, edges)) continue;
        auto& user = nodes[link.node];
        if ((news & ~user.reach) == 0) continue;
        user.reach |= news;
        changed = true;
      }
    }
  }
  std::vector<StartSet> reach(nodes.size());
  for (std::size_t id = 0; id < nodes.size(); ++id) reach[id] = nodes[id].reach;
  return reach;
}

namespace {

class NearestSearch {
 public:
  NearestSearch(const Graph& graph, EdgeSet edges, const std::vector<bool>& ends)
      : graph_(graph), edges_(edges), ends_(ends) {}

  /// `first`: the number of the first of these starts.
  void run(std::span<const NodeId> starts, std::uint32_t first, std::vector<NearestUser>& found) {
    nodes_.assign(graph_.nodes().size(), {});
    level_.clear();
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const auto self = static_cast<StartSet>(1U << i);
      nodes_[starts[i]].seen |= self;
      level_.emplace_back(starts[i], Arrivals{0, {self}});
    }
    for (std::uint32_t distance = 1; !level_.empty(); ++distance) {
      spread();
      level_.clear();
      for (const NodeId node : next_) arrive(node, first, distance, found);
    }
  }

 private:
  void spread() {
    next_.clear();
    for (const auto& [used, sets] : level_) {
      const StartSet all = sets.all();
      for (const Link& link : graph_.users(used)) {
        if (!counts(link, edges_)) continue;
        auto& user = nodes_[link.node];
        const auto news = static_cast<StartSet>(all & ~user.seen);
        if (news == 0) continue;
        if (user.all() == 0) next_.push_back(link.node);
        user.add(sets, news, link.confidence);
      }
    }
  }

  void arrive(NodeId node, std::uint32_t first, std::uint32_t distance, std::vector<NearestUser>& found) {
    auto& here = nodes_[node];
    here.keep_surest();
    if (ends_[node]) {
      for (std::size_t weakest = 0; weakest < kConfidences; ++weakest) {
        for (auto set = here.by[weakest]; set != 0; set = static_cast<StartSet>(set & (set - 1))) {
          const auto start = first + static_cast<std::uint32_t>(std::countr_zero(set));
          found.push_back({node, start, distance, static_cast<Confidence>(weakest)});
        }
      }
    } else {
      level_.emplace_back(node, here);
    }
    here = {static_cast<StartSet>(here.seen | here.all()), {}};
  }

  const Graph& graph_;
  const EdgeSet edges_;
  const std::vector<bool>& ends_;
  std::vector<Arrivals> nodes_;
  std::vector<std::pair<NodeId, Arrivals>> level_;
  std::vector<NodeId> next_;
};

}  // namespace

std::vector<NearestUser> nearest_users(const Graph& graph, std::span<const NodeId> starts, EdgeSet edges,
                                       const std::vector<bool>& ends) {
  std::vector<NearestUser> found;
  NearestSearch search(graph, edges, ends);
  for (std::size_t first = 0; first < starts.size(); first += kStartsAtOnce) {
    search.run(starts.subspan(first, std::min(kStartsAtOnce, starts.size() - first)), static_cast<std::uint32_t>(first),
               found);
  }
  std::sort(found.begin(), found.end(), [](const NearestUser& a, const NearestUser& b) {
    return std::tie(a.start, a.distance, a.node) < std::tie(b.start, b.distance, b.node);
  });
  return found;
}

}  // namespace patchgate
