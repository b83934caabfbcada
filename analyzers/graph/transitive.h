#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/graph/condense.h"
#include "analyzers/graph/graph.h"

namespace patchgate {

/// For every node: how many project symbols reach it over such edges, itself not counted. Time: nodes x edges / 512
/// steps of 64 bytes at most, far less where few reach few.
std::vector<std::uint32_t> exact_transitive_users(const Graph& graph, EdgeSet edges);

/// The same, in time linear in the edges: exact up to 63; above, estimated from the 64 smallest of the users' hashes
/// (k minimum values: relative standard error 1 / sqrt(62), 13 %).
std::vector<std::uint32_t> estimated_transitive_users(const Graph& graph, EdgeSet edges);

}  // namespace patchgate
