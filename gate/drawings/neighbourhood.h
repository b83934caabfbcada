#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analyzers/graph/export.h"
#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/graph.h"
#include "analyzers/graph/reach.h"

namespace patchgate {

/// What is drawn around some symbols: those that can be reached in `depth` steps, as many as are wanted.
struct Neighbourhood {
  struct Box {
    NodeId node = kNoNode;
    std::uint32_t distance = 0;  ///< 0: one of the symbols that were asked for
    std::uint32_t left_out = 0;  ///< neighbours of it, one step farther, that are not drawn
  };
  struct Arrow {
    std::size_t from = 0, to = 0;  ///< places in `boxes`; from the user to what it uses
    Link link;                     ///< the surest of several
  };
  std::vector<Box> boxes;      ///< by distance, then the most important first
  std::vector<Arrow> arrows;   ///< sorted by from, to; no box points at itself
  std::uint32_t left_out = 0;  ///< symbols within `depth` that are not drawn
};

/// The symbols and all that can be reached from them in at most `depth` steps, over the edges that `filter` wants.
std::vector<NodeId> within(const Graph& graph, std::span<const NodeId> symbols, Direction direction,
                           std::uint32_t depth, const EdgeFilter& filter);

/// Walks to users or to what is used, over the edges that `filter` wants. Of more than `most` symbols the nearest are
/// drawn, of those of one distance the ones with the highest fan-in: each has a neighbour that is drawn, too.
Neighbourhood neighbourhood(const Graph& graph, const FanInRanks& ranks, std::span<const NodeId> symbols,
                            Direction direction, std::uint32_t depth, std::size_t most, const EdgeFilter& filter);

}  // namespace patchgate
