#include "analyzers/sinks/by_call.h"

#include <algorithm>
#include <set>
#include <utility>

#include "analyzers/graph/call_like.h"

namespace patchgate {

namespace {

constexpr std::uint8_t kFar = 0xff;

struct Step {
  NodeId node = kNoNode;
  std::size_t from = 0;  ///< index of the step before; its own for the start
  std::uint32_t depth = 0;
  Confidence weakest = Confidence::exact;
};

std::vector<NodeId> path_to(const std::vector<Step>& steps, std::size_t at) {
  std::vector<NodeId> path;
  for (; steps[at].from != at; at = steps[at].from) path.push_back(steps[at].node);
  path.push_back(steps[at].node);
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace

std::vector<bool> hubs_of(const Graph& graph, const FanInRanks& ranks) {
  std::uint32_t callables = 0;
  for (int kind = 0; kind < kSymbolKinds; ++kind) {
    if (is_callable(static_cast<SymbolKind>(kind))) callables += ranks.count(static_cast<SymbolKind>(kind));
  }
  const std::uint32_t many = std::max(kFewForAHub, callables / 4);
  std::vector<bool> hubs(graph.nodes().size());
  for (NodeId id = 0; id < hubs.size(); ++id) {
    hubs[id] = ranks.transitive_lower(id) >= many && is_callable(graph.kind(id));
  }
  return hubs;
}

ByCall::ByCall(const Graph& graph, const SinkCalls& calls, const std::vector<bool>& in_test,
               const std::vector<bool>& hubs)
    : graph_(graph),
      calls_(calls),
      in_test_(in_test),
      hubs_(hubs),
      proven_(distances(true)),
      all_(distances(false)),
      seen_in_(graph.nodes().size()) {}

Confidence ByCall::confidence_of(NodeId into, const Link& link) const {
  const Confidence step = confidence_of_step(link);
  return hubs_[into] ? std::max(step, Confidence::possible) : step;
}

bool ByCall::takes(const Link& link, bool proven_only) const {
  return is_call_like(link.kind) && !in_test_[link.node] &&
         (!proven_only || confidence_of(link.node, link) == Confidence::exact);
}

ByCall::Distances ByCall::distances(bool proven_only) const {
  constexpr std::uint8_t kClosed = kFar - 1;  // a test: told apart from the others where its place is looked at anyway
  Distances result{std::vector<std::uint8_t>(graph_.nodes().size(), kFar)};
  for (std::size_t id = 0; id < in_test_.size(); ++id)
    if (in_test_[id]) result.to_sink[id] = kClosed;
  std::vector<NodeId> queue;
  for (const SinkCall& call : calls_.all()) {
    if (proven_only && call.confidence != Confidence::exact) continue;
    auto& distance = result.to_sink[call.caller];
    if (std::exchange(distance, std::uint8_t{1}) >= kClosed) queue.push_back(call.caller);
  }
  const std::uint32_t most = proven_only ? kMostCalls : kMostPossibleCalls;
  const auto& lists = graph_.user_lists();
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const std::uint8_t distance = result.to_sink[queue[next]];
    if (distance >= most) break;
    if (proven_only && hubs_[queue[next]]) continue;
    for (const UserLink user : lists.of(queue[next])) {
      if (!user.calls() || (proven_only && user.call() != Confidence::exact)) continue;
      auto& of_user = result.to_sink[user.node()];
      if (of_user != kFar) continue;
      of_user = static_cast<std::uint8_t>(distance + 1);
      queue.push_back(user.node());
    }
  }
  for (auto& distance : result.to_sink)
    if (distance == kClosed) distance = kFar;
  return result;
}

void ByCall::search(NodeId start, bool proven_only, const Distances& distances, std::vector<SinkWay>& ways) {
  if (distances.to_sink[start] > (proven_only ? kMostCalls : kMostPossibleCalls)) return;
  std::set<std::uint32_t> known;
  for (const SinkWay& way : ways) known.insert(way.call->what);
  const std::uint32_t most = proven_only ? kMostCalls : kMostPossibleCalls;

  ++searches_;
  seen_in_[start] = searches_;
  std::vector<Step> steps{{start, 0, 0, Confidence::exact}};
  for (std::size_t at = 0; at < steps.size() && known.size() < calls_.distinct(proven_only); ++at) {
    const Step step = steps[at];
    for (const SinkCall& call : calls_.of_caller(step.node)) {
      if (proven_only && call.confidence != Confidence::exact) continue;
      if (!known.insert(call.what).second) continue;
      SinkWay way{&call, path_to(steps, at), std::max(step.weakest, call.confidence)};
      way.path.push_back(call.sink);
      ways.push_back(std::move(way));
    }
    for (const Link& link : graph_.uses(step.node)) {
      if (!takes(link, proven_only) || seen_in_[link.node] == searches_) continue;
      if (step.depth + 1 + distances.to_sink[link.node] > most) continue;
      seen_in_[link.node] = searches_;
      steps.push_back({link.node, at, step.depth + 1, std::max(step.weakest, confidence_of(link.node, link))});
    }
  }
}

const std::vector<SinkWay>& ByCall::from(NodeId start) {
  const auto [found, is_new] = found_.try_emplace(start);
  if (is_new) {
    search(start, true, proven_, found->second);
    search(start, false, all_, found->second);
  }
  return found->second;
}

}  // namespace patchgate
