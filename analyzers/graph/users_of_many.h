#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/model/touched.h"

namespace patchgate {

/// Questions about several nodes at once walk the graph about as often as one about a single node (as in Then et al.,
/// "The more the merrier", VLDB 2014): bit i of a set stands for starts[i].
using StartSet = std::uint16_t;
inline constexpr std::size_t kStartsAtOnce = 16;

/// Which of the starts a node reaches as a user: over exact edges, over all.
class StartSets {
 public:
  StartSets() = default;
  StartSets(StartSet exact, StartSet all) : bits_(exact | static_cast<std::uint32_t>(all) << 16U) {}
  StartSet exact() const { return static_cast<StartSet>(bits_); }
  StartSet all() const { return static_cast<StartSet>(bits_ >> 16U); }
  bool any() const { return bits_ != 0; }

 private:
  std::uint32_t bits_ = 0;
};

/// For each node: which of the starts it reaches; a start reaches itself. At most kStartsAtOnce starts. A way ends at
/// the first node that `ends` marks (by node; empty = none), but not at its start. Each list of users is read once
/// (graph.walk_order()), but for circles with an end on them.
std::vector<StartSets> users_of_many(const Graph& graph, std::span<const NodeId> starts,
                                     const std::vector<bool>& ends = {});

/// The same without ends, and why the intervals of fan-in are as wide as they are (widening.h), from one walk.
struct DoubtedUsers {
  std::vector<StartSets> reach;                 ///< by node
  std::vector<std::vector<WidenedBy>> widened;  ///< by start
};
DoubtedUsers doubted_users_of_many(const Graph& graph, std::span<const NodeId> starts);

}  // namespace patchgate
