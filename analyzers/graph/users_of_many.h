#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// Questions about several nodes at once walk the graph about as often as one about a single node (as in Then et al.,
/// "The more the merrier", VLDB 2014): bit i of a set stands for starts[i].
using StartSet = std::uint16_t;
inline constexpr std::size_t kStartsAtOnce = 16;

/// Which of the starts a node reaches as a user: over exact edges, over all.
class StartSets {
 public:
  StartSets() = default;
  explicit StartSets(StartSet both) : bits_(both | static_cast<std::uint32_t>(both) << 16U) {}
  StartSet exact() const { return static_cast<StartSet>(bits_); }
  StartSet all() const { return static_cast<StartSet>(bits_ >> 16U); }
  bool any() const { return bits_ != 0; }

  /// What its user learns from it over an edge.
  StartSets over(bool exact_edge) const { return from(exact_edge ? bits_ : bits_ & 0xffff0000U); }
  StartSets without_exact() const { return over(false); }
  StartSets& operator|=(StartSets other) {
    bits_ |= other.bits_;
    return *this;
  }
  friend bool operator==(StartSets, StartSets) = default;

 private:
  static StartSets from(std::uint32_t bits) {
    StartSets sets;
    sets.bits_ = bits;
    return sets;
  }
  std::uint32_t bits_ = 0;
};

/// For each node: which of the starts it reaches; a start reaches itself. At most kStartsAtOnce starts. A way ends at
/// the first node that `ends` marks (by node; empty = none), but not at its start. Each list of users is read once
/// (graph.walk_order()), but for circles with an end on them.
std::vector<StartSets> users_of_many(const Graph& graph, std::span<const NodeId> starts,
                                     const std::vector<bool>& ends = {});

}  // namespace patchgate
