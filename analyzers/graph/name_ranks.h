#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// The place of every node's name among all names, by node; equal names have equal places.
std::vector<std::uint32_t> name_ranks(const Graph& graph);

}  // namespace patchgate
