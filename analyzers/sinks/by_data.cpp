#include "analyzers/sinks/by_data.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "analyzers/graph/call_like.h"

namespace patchgate {

namespace {

/// Data that `producer` made, as seen in `only_in` (kNoNode: in every caller).
struct Made {
  NodeId producer = kNoNode;
  NodeId only_in = kNoNode;
  std::uint32_t steps = 0;    ///< calls of this body that it went through
  std::uint32_t returns = 0;  ///< bodies that handed it on
};

class DataSearch {
 public:
  DataSearch(const Graph& graph, const SinkCalls& calls, ByCall& by_call, const std::vector<bool>& in_test,
             const std::vector<bool>& hubs)
      : graph_(graph), calls_(calls), by_call_(by_call), in_test_(in_test), hubs_(hubs) {}

  std::vector<SinkWay> run(NodeId producer) {
    push({producer, kNoNode, 0, 0});
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      const Made made = queue_[next];
      for (const Flow& flow : graph_.flows_of_producer(made.producer)) {
        if (in_test_[flow.caller] || (made.only_in != kNoNode && made.only_in != flow.caller)) continue;
        follow(made, flow);
      }
    }
    return std::move(ways_);
  }

 private:
  void push(const Made& made) {
    if (seen_.insert({made.producer, made.only_in}).second) queue_.push_back(made);
  }

  void follow(const Made& made, const Flow& flow) {
    if (flow.consumer == kNoNode) {
      if (made.returns < kMostReturns) push({flow.caller, kNoNode, 0, made.returns + 1});
      return;
    }
    const bool sure = made.steps <= kSureSteps && made.returns <= kSureReturns && !hubs_[flow.consumer];
    weakest_ = sure ? Confidence::exact : Confidence::possible;
    if (consumed_.insert({flow.caller, flow.consumer, weakest_}).second) note_consumer(flow);
    if (made.steps < kMostSteps) push({flow.consumer, flow.caller, made.steps + 1, made.returns});
  }

  void note_consumer(const Flow& flow) {
    note_sink_itself(flow);
    if (calls_.fills_any(flow.consumer)) note_filled(flow);
    if (!in_test_[flow.consumer]) {
      for (const SinkWay& way : by_call_.from(flow.consumer)) add(flow.caller, way.call, way.path, way.confidence);
    }
  }

  void note_sink_itself(const Flow& flow) {
    for (const SinkCall& call : calls_.of_caller(flow.caller)) {
      if (call.sink == flow.consumer) add(flow.caller, &call, {call.sink}, call.confidence);
    }
  }

  /// The consumer fills a sink that this body, or one that it calls or that calls it, sets off.
  void note_filled(const Flow& flow) {
    for (const SinkCall& call : calls_.of_caller(flow.caller)) {
      if (calls_.fills(flow.consumer, call)) add(flow.caller, &call, {flow.consumer, call.sink}, call.confidence);
    }
    const auto look = [&](std::span<const Link> links) {
      for (const Link& link : links) {
        if (!is_call_like(link.kind) || confidence_of_step(link) != Confidence::exact || in_test_[link.node]) continue;
        for (const SinkCall& call : calls_.of_caller(link.node)) {
          if (!calls_.fills(flow.consumer, call)) continue;
          add(flow.caller, &call, {flow.consumer, call.caller, call.sink}, call.confidence);
        }
      }
    };
    look(graph_.uses(flow.caller));
    look(graph_.users(flow.caller));
  }

  void add(NodeId caller, const SinkCall* call, const std::vector<NodeId>& rest, Confidence confidence) {
    SinkWay way{call, {caller}, std::max(confidence, weakest_)};
    way.path.insert(way.path.end(), rest.begin(), rest.end());
    ways_.push_back(std::move(way));
  }

  const Graph& graph_;
  const SinkCalls& calls_;
  ByCall& by_call_;
  const std::vector<bool>& in_test_;
  const std::vector<bool>& hubs_;
  Confidence weakest_ = Confidence::exact;  ///< of what is being followed
  std::vector<Made> queue_;
  std::set<std::pair<NodeId, NodeId>> seen_;
  std::set<std::tuple<NodeId, NodeId, Confidence>> consumed_;  ///< many producers may go the same way
  std::vector<SinkWay> ways_;
};

}  // namespace

std::vector<SinkWay> ways_by_data(const Graph& graph, const SinkCalls& calls, ByCall& by_call,
                                  const std::vector<bool>& in_test, const std::vector<bool>& hubs, NodeId producer) {
  return DataSearch(graph, calls, by_call, in_test, hubs).run(producer);
}

}  // namespace patchgate
