#include "analyzers/graph/widening.h"

#include <span>

#include "analyzers/graph/users_of_many.h"

namespace patchgate {

std::vector<WidenedBy> widening(const Graph& graph, NodeId symbol) {
  return doubted_users_of_many(graph, std::span(&symbol, 1)).widened.front();
}

}  // namespace patchgate
