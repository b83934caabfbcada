#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/graph.h"
#include "analyzers/sinks/sink_calls.h"

namespace patchgate {

/// Calls on the longest way to a sink that counts, the sink's own included. On longer ones nearly everything reaches
/// everything.
inline constexpr std::uint32_t kMostCalls = 12;
/// The same for a way that is only possible.
inline constexpr std::uint32_t kMostPossibleCalls = 6;

/// A function that a quarter of the project's functions reach (kFewForAHub of them or more) tells them not apart: an
/// assertion handler that cleans up, a logger. A way through one is never more than possible.
inline constexpr std::uint32_t kFewForAHub = 500;
std::vector<bool> hubs_of(const Graph& graph, const FanInRanks& ranks);

/// A way from a function to a sink call.
struct SinkWay {
  const SinkCall* call = nullptr;
  std::vector<NodeId> path;  ///< from the start to the sink
  Confidence confidence = Confidence::exact;
};

/// Ways over calls. Walks once backwards from all sink calls; after that a function that reaches none costs nothing.
class ByCall {
 public:
  /// `in_test[node]`: is never walked through.
  ByCall(const Graph& graph, const SinkCalls& calls, const std::vector<bool>& in_test, const std::vector<bool>& hubs);

  /// One way to each distinct sink (kind, function) that `start` reaches: a proven one if there is one, then the
  /// shortest. Sorted: proven first, then shorter, then by node.
  const std::vector<SinkWay>& from(NodeId start);

 private:
  struct Distances {
    std::vector<std::uint8_t> to_sink;  ///< calls to the nearest sink; kFar = none within what counts
  };
  Distances distances(bool proven_only) const;
  void search(NodeId start, bool proven_only, const Distances& distances, std::vector<SinkWay>& ways);
  bool takes(const Link& link, bool proven_only) const;
  Confidence confidence_of(NodeId into, const Link& link) const;

  const Graph& graph_;
  const SinkCalls& calls_;
  const std::vector<bool>& in_test_;
  const std::vector<bool>& hubs_;
  Distances proven_, all_;
  std::vector<std::uint32_t> seen_in_;  ///< number of the last search that came to the node
  std::uint32_t searches_ = 0;
  std::map<NodeId, std::vector<SinkWay>> found_;
};

}  // namespace patchgate
