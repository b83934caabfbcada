#include "analyzers/graph/walk_order.h"

#include "analyzers/graph/strong_components.h"

namespace patchgate {

namespace {

StrongComponents components(const UserLists& lists, bool exact) {
  return strong_components(lists.nodes(), [&, exact](std::uint32_t node, std::size_t& cursor, std::uint32_t& target) {
    const auto users = lists.of(node);
    while (exact && cursor < users.size() && !users[cursor].is_exact()) ++cursor;
    if (cursor == users.size()) return false;
    target = users[cursor++].node();
    return true;
  });
}

/// The nodes by rising component; within one, as they stood.
std::vector<std::uint32_t> by_component(const std::vector<std::uint32_t>& nodes, const StrongComponents& components) {
  std::vector<std::uint32_t> next(components.count + 1, 0);
  for (const auto component : components.of) ++next[component + 1];
  for (std::uint32_t c = 0; c < components.count; ++c) next[c + 1] += next[c];
  std::vector<std::uint32_t> sorted(nodes.size());
  for (const auto node : nodes) sorted[next[components.of[node]]++] = node;
  return sorted;
}

}  // namespace

// Who is on a circle over exact edges is on one over any, so sorting by the one and then by the other keeps both
// together.
WalkOrder walk_order_of(const UserLists& users) {
  const auto exact = components(users, true);
  const auto any = components(users, false);
  std::vector<std::uint32_t> nodes(users.nodes());
  for (std::uint32_t id = 0; id < nodes.size(); ++id) nodes[id] = id;
  nodes = by_component(by_component(nodes, exact), any);
  std::vector<WalkOrder::Step> steps;
  steps.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const bool first = i == 0;
    steps.emplace_back(nodes[i], first || exact.of[nodes[i]] != exact.of[nodes[i - 1]],
                       first || any.of[nodes[i]] != any.of[nodes[i - 1]]);
  }
  return WalkOrder(std::move(steps));
}

}  // namespace patchgate
