#include "analyzers/graph/nearest_users.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace patchgate {

namespace {

/// What is known of a node lies in one place: who comes to it needs all of it.
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

class NearestSearch {
 public:
  NearestSearch(const Graph& graph, EdgeSet edges, const std::vector<bool>& ends, const NearestLimit* limit)
      : lists_(graph.user_lists()), edges_(edges), ends_(ends), limit_(limit) {}

  /// `first`: the number of the first of these starts.
  void run(std::span<const NodeId> starts, std::uint32_t first, std::vector<NearestUser>& found) {
    nodes_.assign(lists_.nodes(), {});
    level_.clear();
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const auto self = static_cast<StartSet>(1U << i);
      nodes_[starts[i]].seen |= self;
      level_.emplace_back(starts[i], Arrivals{0, {self}});
    }
    wanted_ = static_cast<StartSet>((1U << starts.size()) - 1U);
    if (limit_ != nullptr) count_what_is_to_find(starts);
    for (std::uint32_t distance = 1; !level_.empty() && wanted_ != 0; ++distance) {
      spread();
      level_.clear();
      // By node: of several nodes that are the same one the first counts.
      if (limit_ != nullptr) std::sort(next_.begin(), next_.end());
      for (const NodeId node : next_) arrive(node, first, distance, found);
      if (limit_ != nullptr) drop_done();
    }
  }

 private:
  /// What was found for one start.
  struct Progress {
    std::size_t left = 0;                     ///< nodes not found yet
    std::unordered_set<std::uint32_t> known;  ///< which ones
    std::size_t good = 0;                     ///< of these, over edges that are at least possible
  };

  void count_what_is_to_find(std::span<const NodeId> starts) {
    progress_.fill({});
    wanted_ &= limit_->starts;
    for (NodeId id = 0; id < ends_.size(); ++id) {
      if (!ends_[id]) continue;
      const auto sets = limit_->reach[id];
      const StartSet reached = edges_ == EdgeSet::exact ? sets.exact() : sets.all();
      for (auto set = static_cast<StartSet>(reached & wanted_); set != 0;
           set = static_cast<StartSet>(set & (set - 1))) {
        const auto start = static_cast<std::size_t>(std::countr_zero(set));
        if (starts[start] != id) ++progress_[start].left;
      }
    }
    drop_done();
  }

  void drop_done() {
    for (std::size_t i = 0; i < progress_.size(); ++i) {
      if (progress_[i].left == 0 || progress_[i].good >= limit_->enough)
        wanted_ = static_cast<StartSet>(wanted_ & ~(1U << i));
    }
  }

  void spread() {
    next_.clear();
    for (const auto& [used, sets] : level_) {
      const auto all = static_cast<StartSet>(sets.all() & wanted_);
      if (all == 0) continue;
      for (const UserLink link : lists_.of(used)) {
        if (edges_ == EdgeSet::exact && !link.is_exact()) continue;
        auto& user = nodes_[link.node()];
        const auto news = static_cast<StartSet>(all & ~user.seen);
        if (news == 0) continue;
        if (user.all() == 0) next_.push_back(link.node());
        user.add(sets, news, link.confidence());
      }
    }
  }

  void arrive(NodeId node, std::uint32_t first, std::uint32_t distance, std::vector<NearestUser>& found) {
    auto& here = nodes_[node];
    here.keep_surest();
    if (ends_[node]) {
      for (std::size_t weakest = 0; weakest < kConfidences; ++weakest) {
        for (auto set = here.by[weakest]; set != 0; set = static_cast<StartSet>(set & (set - 1))) {
          const auto start = static_cast<std::uint32_t>(std::countr_zero(set));
          found.push_back({node, first + start, distance, static_cast<Confidence>(weakest)});
          if (limit_ != nullptr) note(progress_[start], node, static_cast<Confidence>(weakest));
        }
      }
    } else {
      level_.emplace_back(node, here);
    }
    here = {static_cast<StartSet>(here.seen | here.all()), {}};
  }

  void note(Progress& progress, NodeId node, Confidence weakest) {
    --progress.left;
    const auto which = limit_->same[node];
    if (which == kNoNode || !progress.known.insert(which).second) return;
    if (weakest <= Confidence::possible) ++progress.good;
  }

  const UserLists& lists_;
  const EdgeSet edges_;
  const std::vector<bool>& ends_;
  const NearestLimit* const limit_;
  StartSet wanted_ = 0;
  std::array<Progress, kStartsAtOnce> progress_;
  std::vector<Arrivals> nodes_;
  std::vector<std::pair<NodeId, Arrivals>> level_;
  std::vector<NodeId> next_;
};

}  // namespace

std::vector<NearestUser> nearest_users(const Graph& graph, std::span<const NodeId> starts, EdgeSet edges,
                                       const std::vector<bool>& ends, const NearestLimit* limit) {
  std::vector<NearestUser> found;
  NearestSearch search(graph, edges, ends, limit);
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
