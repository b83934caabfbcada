#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "analyzers/graph/edge_list.h"
#include "analyzers/graph/slot_targets.h"

namespace patchgate {

/// (method, the method that it overrides directly)
using OverridePair = std::pair<NodeId, NodeId>;

/// For each virtual edge caller → M, and for each call through a pointer to member that may be M: an edge caller → each
/// method that overrides M, directly or further down.
void add_overriders(std::vector<FullEdge>& edges, std::vector<OverridePair> overrides);

/// For each call of a function that is only another name for one: an edge of the same kind to that one.
void add_behind_aliases(std::vector<FullEdge>& edges, const std::vector<Node>& nodes);

/// For each exact call of an inline function that other files define too (against the one definition rule, as tests
/// do), or of a weak one that others may stand in for: an edge to each of those, by name: which one the linker keeps is
/// not known. `by_usr` is sorted by (usr, file).
void add_other_definitions(std::vector<FullEdge>& edges, const std::vector<Node>& nodes,
                           const std::vector<NodeId>& by_usr);

struct PointerCall {
  std::uint64_t type = 0;  ///< 0: none is said, only the slot
  NodeId caller = 0;
  std::uint32_t line = 0;
  Slot slot = 0;
};
/// (function type, function whose address was taken)
using TakenAddress = std::pair<std::uint64_t, NodeId>;

/// For each call through a pointer: an edge to each function that is put into its slot; and where the slot is not
/// known, empty or open, to each function of exactly that type whose address was taken anywhere. Returns the calls for
/// which neither gave a target, one for each caller and type, the first.
std::vector<PointerCall> add_pointer_targets(std::vector<FullEdge>& edges, const std::vector<PointerCall>& calls,
                                             std::vector<TakenAddress> addresses, const SlotTargets& slots);

}  // namespace patchgate
