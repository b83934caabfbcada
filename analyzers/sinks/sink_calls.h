#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/sinks/catalogue.h"

namespace patchgate {

/// A call that the catalogue counts as a sink.
struct SinkCall {
  NodeId caller = kNoNode;
  NodeId sink = kNoNode;
  std::uint32_t group = 0;  ///< index into the groups
  std::uint32_t what = 0;   ///< number of the distinct (kind, name of the function)
  Confidence confidence = Confidence::exact;
  std::uint32_t line = 0;  ///< of the call, in the file of the caller
};

/// All sink calls of a graph, sorted by caller, confidence, sink.
class SinkCalls {
 public:
  SinkCalls(const Graph& graph, const std::vector<SinkGroup>& groups);
  std::span<const SinkCall> all() const { return calls_; }
  std::span<const SinkCall> of_caller(NodeId caller) const;
  /// How many distinct sinks there are, all in all and among the proven calls.
  std::size_t distinct(bool proven_only) const { return proven_only ? distinct_proven_ : distinct_; }
  const SinkGroup& group(const SinkCall& call) const { return groups_[call.group]; }
  std::string name(NodeId sink) const { return plain_name(graph_.node(sink).name); }
  /// Whether that function hands data over to sinks of any group; of the group of that call.
  bool fills_any(NodeId function) const { return filler_[function]; }
  bool fills(NodeId function, const SinkCall& call) const;

 private:
  const Graph& graph_;
  const std::vector<SinkGroup>& groups_;
  std::vector<SinkCall> calls_;
  std::vector<bool> filler_;
  std::size_t distinct_ = 0;
  std::size_t distinct_proven_ = 0;
};

}  // namespace patchgate
