#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/users_of_many.h"

namespace patchgate {

/// What of the project, tests left out, surely reaches a symbol.
struct WhoReaches {
  std::uint32_t entry_points = 0;  ///< the symbol itself may be one
  std::uint32_t folders = 0;       ///< that hold other symbols which reach it
};

/// Of each of the symbols, kStartsAtOnce at most. `users`: users_of_many of these; `in_test`: by node.
std::vector<WhoReaches> who_reaches(const Graph& graph, std::span<const StartSets> users,
                                    const std::vector<bool>& in_test, std::span<const NodeId> symbols);

}  // namespace patchgate
