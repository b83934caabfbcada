#include "analyzers/graph/users_of_many.h"

#include <algorithm>

namespace patchgate {

namespace {

class Spread {
 public:
  Spread(const Graph& graph, std::span<const NodeId> starts, const std::vector<bool>& ends)
      : lists_(graph.user_lists()), steps_(graph.walk_order().steps()), ends_(ends), reach_(graph.nodes().size()) {
    for (std::size_t i = 0; i < starts.size(); ++i) reach_[starts[i]] |= StartSets(static_cast<StartSet>(1U << i));
    if (ends_.empty()) return;
    for (const NodeId start : starts)
      if (ends_[start]) own_.emplace_back(start, reach_[start]);
  }

  std::vector<StartSets> run() {
    for (std::size_t first = 0, last = 0; first < steps_.size(); first = last) {
      last = first + 1;
      while (last < steps_.size() && !steps_[last].starts_any()) ++last;
      const auto circle = steps_.subspan(first, last - first);
      if (circle.size() == 1) {
        const auto node = circle.front().node();
        if (reach_[node].any()) tell(node, said_by(node));
      } else if (std::any_of(circle.begin(), circle.end(), [&](auto step) { return is_end(step.node()); })) {
        spread_with_ends(circle);
      } else {
        spread(circle);
      }
    }
    return std::move(reach_);
  }

 private:
  bool is_end(NodeId node) const { return !ends_.empty() && ends_[node]; }

  /// What a node hands on.
  StartSets said_by(NodeId node) const {
    if (!is_end(node)) return reach_[node];
    const auto own = std::find_if(own_.begin(), own_.end(), [&](const auto& one) { return one.first == node; });
    return own == own_.end() ? StartSets() : own->second;
  }

  void tell(NodeId node, StartSets what) {
    const StartSets possible = what.without_exact();
    for (const User user : lists_.of(node)) reach_[user.node()] |= user.is_exact() ? what : possible;
  }

  /// Who is on a circle reaches what any of it reaches.
  void share(std::span<const WalkOrder::Step> circle, bool exact) {
    StartSets together;
    for (const auto step : circle) together |= reach_[step.node()];
    if (!exact) together = together.without_exact();
    if (!together.any()) return;
    for (const auto step : circle) reach_[step.node()] |= together;
  }

  void spread(std::span<const WalkOrder::Step> circle) {
    share(circle, false);
    if (!reach_[circle.front().node()].any()) return;
    for (std::size_t first = 0, last = 0; first < circle.size(); first = last) {
      last = first + 1;
      while (last < circle.size() && !circle[last].starts_exact()) ++last;
      const auto inner = circle.subspan(first, last - first);
      if (inner.size() > 1) share(inner, true);
      for (const auto step : inner) tell(step.node(), reach_[step.node()]);
    }
  }

  /// A way round it may end before it is round: told again and again, until nobody learns anything.
  void spread_with_ends(std::span<const WalkOrder::Step> circle) {
    std::vector<StartSets> told(circle.size());
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < circle.size(); ++i) {
        const auto said = said_by(circle[i].node());
        if (said == told[i]) continue;
        told[i] = said;
        changed = true;
        tell(circle[i].node(), said);
      }
    }
  }

  const UserLists& lists_;
  const std::span<const WalkOrder::Step> steps_;
  const std::vector<bool>& ends_;
  std::vector<StartSets> reach_;
  std::vector<std::pair<NodeId, StartSets>> own_;  // of starts that are ends
};

}  // namespace

std::vector<StartSets> users_of_many(const Graph& graph, std::span<const NodeId> starts,
                                     const std::vector<bool>& ends) {
  return Spread(graph, starts.subspan(0, std::min(starts.size(), kStartsAtOnce)), ends).run();
}

}  // namespace patchgate
