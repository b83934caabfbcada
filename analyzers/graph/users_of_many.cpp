#include "analyzers/graph/users_of_many.h"

#include <algorithm>
#include <bit>

#include "analyzers/graph/spread.h"

namespace patchgate {

std::vector<StartSets> users_of_many(const Graph& graph, std::span<const NodeId> starts,
                                     const std::vector<bool>& ends) {
  std::array<SetLanes<2>, kDoubts> over;
  over.fill({0xffff, 1});
  over[0] = {0xffff, 0};
  const auto lanes = Spread<2>(graph, starts.subspan(0, std::min(starts.size(), kStartsAtOnce)), ends, over, 1).run();
  std::vector<StartSets> reach;
  reach.reserve(lanes.size());
  for (const auto& sets : lanes) reach.emplace_back(sets.lane(0), sets.lane(1));
  return reach;
}

namespace {

/// A lane for each kind of doubt that some edge has.
struct Lanes {
  std::array<unsigned, kDoubts> of{};     ///< by doubt
  std::array<unsigned, kDoubts> doubt{};  ///< of each lane
  unsigned count = 1;

  explicit Lanes(unsigned doubts) {
    for (unsigned doubt_of_edge = 1; doubt_of_edge < kDoubts; ++doubt_of_edge) {
      if ((doubts >> doubt_of_edge & 1U) == 0) continue;
      doubt[count] = doubt_of_edge;
      of[doubt_of_edge] = count++;
    }
  }
};

using Counts = std::array<std::uint32_t, kDoubts>;

/// Users of the project, by doubt.
Counts direct_users(const Graph& graph, NodeId symbol) {
  Counts counts{};
  for (const UserLink user : graph.user_lists().of(symbol)) {
    if (user.node() != symbol && graph.in_project(user.node())) ++counts[user.doubt()];
  }
  return counts;
}

template <std::size_t kLanes>
DoubtedUsers doubted(const Graph& graph, std::span<const NodeId> starts, const Lanes& lanes) {
  // Lanes that nothing needs say what the last one does.
  std::array<SetLanes<kLanes>, kDoubts> over;
  for (unsigned doubt = 0; doubt < kDoubts; ++doubt) over[doubt] = {0xffff, lanes.of[doubt]};
  const auto reach = Spread<kLanes>(graph, starts, {}, over, lanes.count - 1).run();
  DoubtedUsers found;
  found.reach.reserve(reach.size());
  std::vector<Counts> transitive(starts.size());
  const unsigned last = lanes.count - 1;
  for (NodeId id = 0; id < reach.size(); ++id) {
    const auto& sets = reach[id];
    const StartSet exact = sets.lane(0), all = sets.lane(last);
    found.reach.emplace_back(exact, all);
    if (exact == all || !graph.in_project(id)) continue;
    for (unsigned lane = 1; lane <= last; ++lane) {
      for (auto set = static_cast<StartSet>(sets.lane(lane) & ~sets.lane(lane - 1)); set != 0;
           set = static_cast<StartSet>(set & (set - 1)))
        ++transitive[static_cast<std::size_t>(std::countr_zero(set))][lanes.doubt[lane]];
    }
  }
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto near = direct_users(graph, starts[i]);
    auto& reasons = found.widened.emplace_back();
    for (unsigned doubt = 1; doubt < kDoubts; ++doubt) {
      if (near[doubt] != 0 || transitive[i][doubt] != 0)
        reasons.push_back({static_cast<EdgeRule>(doubt - 1), near[doubt], transitive[i][doubt]});
    }
  }
  return found;
}

}  // namespace

DoubtedUsers doubted_users_of_many(const Graph& graph, std::span<const NodeId> starts) {
  starts = starts.subspan(0, std::min(starts.size(), kStartsAtOnce));
  const Lanes lanes(graph.user_lists().doubts());
  if (lanes.count <= 2) return doubted<2>(graph, starts, lanes);
  if (lanes.count <= 4) return doubted<4>(graph, starts, lanes);
  return doubted<kDoubts>(graph, starts, lanes);
}

}  // namespace patchgate
