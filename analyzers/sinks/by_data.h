#pragma once

#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/sinks/by_call.h"

namespace patchgate {

/// Calls of one body that an object may go through before it reaches the sink (serialise, compress, send), and callers
/// that may hand it on to their own callers. Beyond the first number a way is only possible, beyond the second it is
/// not followed: what was written is then hardly in the object any more.
inline constexpr std::uint32_t kSureSteps = 1, kMostSteps = 2;
inline constexpr std::uint32_t kSureReturns = 2, kMostReturns = 3;

/// Ways that an object which `producer` wrote or returned takes into a sink. Each path starts at the caller that
/// passes the object on: caller, consumer, …, sink. A consumer that is a hub (hubs_of) makes the way possible. Not
/// sorted; several ways may lead to the same sink.
std::vector<SinkWay> ways_by_data(const Graph& graph, const SinkCalls& calls, ByCall& by_call,
                                  const std::vector<bool>& in_test, const std::vector<bool>& hubs, NodeId producer);

}  // namespace patchgate
