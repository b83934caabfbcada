#include "analyzers/tests/tests_of_graph.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "analyzers/graph/touched_node.h"

namespace patchgate {

TestsOfGraph::TestsOfGraph(const Graph& graph)
    : graph_(graph),
      bodies_(find_test_bodies(graph, nodes_in_test_files(graph))),
      test_of_(graph.nodes().size(), kNoNode),
      is_body_(graph.nodes().size()) {
  // Bodies are sorted by node and nodes by file: what is the same lies in one stretch.
  std::map<std::string_view, std::uint32_t> in_file;
  for (std::uint32_t i = 0; i < bodies_.size(); ++i) {
    const Node& node = graph.node(bodies_[i].node);
    if (i == 0 || node.file != graph.node(bodies_[i - 1].node).file) in_file.clear();
    const auto [known, is_new] = in_file.try_emplace(bodies_[i].name, static_cast<std::uint32_t>(first_body_.size()));
    if (is_new) {
      first_body_.push_back(i);
      several_places_.push_back(false);
    } else if (graph.node(bodies_[first_body_[known->second]].node).line != node.line) {
      several_places_[known->second] = true;
    }
    test_of_[bodies_[i].node] = known->second;
    is_body_[bodies_[i].node] = true;
  }
}

TestKey TestsOfGraph::key(std::uint32_t test) const {
  const FoundTest& body = bodies_[first_body_[test]];
  return {body.name, graph_.node(body.node).file};
}

bool TestsOfGraph::key_before(std::uint32_t a, std::uint32_t b) const {
  const auto key_of = [&](std::uint32_t test) {
    const FoundTest& body = bodies_[first_body_[test]];
    return std::tie(body.name, graph_.node(body.node).file);
  };
  return key_of(a) < key_of(b);
}

std::vector<std::uint32_t> TestsOfGraph::around(const std::string& file, std::uint32_t line) const {
  std::vector<std::uint32_t> found;
  const auto first = std::partition_point(bodies_.begin(), bodies_.end(),
                                          [&](const FoundTest& body) { return graph_.node(body.node).file < file; });
  for (auto body = first; body != bodies_.end(); ++body) {
    const Node& node = graph_.node(body->node);
    if (node.file != file) break;
    if (line >= node.line && line <= node.end_line) found.push_back(test_of_[body->node]);
  }
  return found;
}

void TestsOfGraph::add_sure(std::span<const NodeId> symbols, std::span<const std::uint32_t> same,
                            std::span<const StartSets> reach, std::span<Reaching> found, bool& several_places) const {
  for (const FoundTest& body : bodies_) {
    const auto test = same[body.node];
    const StartSet set = reach[body.node].exact();
    if (test == kNoNode || set == 0) continue;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      if ((set >> i & 1U) == 0 || symbols[i] == body.node) continue;
      auto& sure = found[i].sure;
      several_places = several_places || several_places_[test];
      // Bodies of one test need not follow each other.
      if (sure.empty() || sure.back().first < test) {
        sure.emplace_back(test, body.node);
      } else {
        const auto at = std::lower_bound(sure.begin(), sure.end(), std::pair(test, NodeId{0}));
        if (at == sure.end() || at->first != test) sure.insert(at, {test, body.node});
      }
    }
  }
}

void TestsOfGraph::add_nearest(std::span<const NodeId> symbols, EdgeSet edges, const NearestLimit& limit,
                               std::span<Reaching> found) const {
  std::vector<std::vector<bool>> known(symbols.size(), std::vector<bool>(size()));
  for (std::size_t i = 0; i < symbols.size(); ++i)
    for (const auto& [test, row] : found[i].nearest) known[i][test] = true;
  // The nearest way to each test comes first.
  for (const NearestUser& user : nearest_users(graph_, symbols, edges, is_body_, &limit)) {
    const auto test = limit.same[user.node];
    if (test == kNoNode || known[user.start][test]) continue;
    known[user.start][test] = true;
    const Node& node = graph_.node(user.node);
    auto& into = found[user.start];
    into.nearest.emplace_back(
        test,
        ReachingTest{bodies_[first_body_[test]].name, {node.file, node.line, 0}, user.distance, false, user.weakest});
    if (edges == EdgeSet::all) continue;
    std::lower_bound(into.sure.begin(), into.sure.end(), std::pair(test, NodeId{0}))->second = user.node;
  }
}

void TestsOfGraph::reaching(std::span<const NodeId> symbols, std::span<const std::uint32_t> same, std::size_t listed,
                            std::span<Reaching> found) const {
  const auto reach = users_of_many(graph_, symbols, is_body_);
  bool several_places = false;
  add_sure(symbols, same, reach, found, several_places);
  StartSet every = 0, few = 0;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const auto self = static_cast<StartSet>(1U << i);
    every |= self;
    if (found[i].sure.size() < listed) few |= self;
  }
  // Which of several places is the nearest only a whole search says.
  add_nearest(symbols, EdgeSet::exact, {every, several_places ? bodies_.size() : listed, same, reach}, found);
  if (few != 0) add_nearest(symbols, EdgeSet::all, {few, listed, same, reach}, found);
  for (auto& one : found) {
    std::sort(one.nearest.begin(), one.nearest.end(), [](const auto& a, const auto& b) {
      return std::tie(a.second.weakest, a.second.distance, a.second.name, a.second.at) <
             std::tie(b.second.weakest, b.second.distance, b.second.name, b.second.at);
    });
  }
}

std::vector<TestsOfGraph::Reaching> TestsOfGraph::reaching(std::span<const NodeId> symbols,
                                                           const std::vector<bool>& counts, std::size_t listed) const {
  std::vector<std::uint32_t> same = test_of_;
  for (const FoundTest& body : bodies_)
    if (!counts[test_of_[body.node]]) same[body.node] = kNoNode;
  std::vector<Reaching> found(symbols.size());
  for (std::size_t first = 0; first < symbols.size(); first += kStartsAtOnce) {
    const auto some = symbols.subspan(first, std::min(kStartsAtOnce, symbols.size() - first));
    reaching(some, same, listed, std::span(found).subspan(first, some.size()));
  }
  return found;
}

}  // namespace patchgate
