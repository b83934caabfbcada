#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "analyzers/graph/touched_node.h"
#include "analyzers/graph/users_of_many.h"
#include "analyzers/tests/test_bodies.h"
#include "analyzers/tests/tests.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostListed = 20;

/// What makes a test the same on both sides, and at every function that its macro made: its name and file.
using TestKey = std::pair<std::string, std::string>;

class TestsOfGraph {
 public:
  explicit TestsOfGraph(const Graph& graph) : graph_(graph) {
    body_of_.assign(graph.nodes().size(), kNone);
    bodies_ = find_test_bodies(graph, nodes_in_test_files(graph));
    for (std::uint32_t i = 0; i < bodies_.size(); ++i) body_of_[bodies_[i].node] = i;
  }
  const std::vector<FoundTest>& bodies() const { return bodies_; }
  const FoundTest* at(NodeId node) const {
    return node == kNoNode || body_of_[node] == kNone ? nullptr : &bodies_[body_of_[node]];
  }
  TestKey key(const FoundTest& body) const { return {body.name, graph_.node(body.node).file}; }

  using Found = std::map<TestKey, ReachingTest>;
  /// The tests that surely reach each of the symbols, each once. A way ends at a test: what runs a test is no further
  /// test of the symbol. `all`: those that possibly do, too; without it only where less than kMostListed are sure.
  std::vector<Found> reaching(const std::vector<NodeId>& symbols, bool all) const {
    std::vector<Found> found(symbols.size());
    std::vector<std::size_t> asked(symbols.size());
    std::iota(asked.begin(), asked.end(), 0U);
    add_nearest(symbols, asked, EdgeSet::exact, found);
    if (!all) std::erase_if(asked, [&](std::size_t i) { return found[i].size() >= kMostListed; });
    std::vector<NodeId> rest;
    for (const auto i : asked) rest.push_back(symbols[i]);
    add_nearest(rest, asked, EdgeSet::all, found);
    return found;
  }

 private:
  /// `place[i]`: of symbols[i] in `found`.
  void add_nearest(const std::vector<NodeId>& symbols, const std::vector<std::size_t>& place, EdgeSet edges,
                   std::vector<Found>& found) const {
    std::vector<bool> is_test(graph_.nodes().size());
    for (const FoundTest& body : bodies_) is_test[body.node] = true;
    // The nearest way to each test comes first.
    for (const NearestUser& user : nearest_users(graph_, symbols, edges, is_test)) {
      const FoundTest& test = *at(user.node);
      const Node& node = graph_.node(user.node);
      found[place[user.start]].emplace(
          key(test), ReachingTest{test.name, {node.file, node.line, 0}, user.distance, false, user.weakest});
    }
  }

  static constexpr std::uint32_t kNone = 0xffffffffU;
  const Graph& graph_;
  std::vector<FoundTest> bodies_;
  std::vector<std::uint32_t> body_of_;
};

/// On head; on the base where it is gone.
NodeId node_of_touched(const Context& context, const TouchedSymbol& symbol) {
  return symbol.head_usr == 0 ? base_node(context, symbol) : head_node(context, symbol);
}

std::vector<TestsOfGraph::Found> tests_of_touched(const Context& context, const Findings& findings,
                                                  const TestsOfGraph& on_head, const TestsOfGraph& on_base) {
  std::vector<TestsOfGraph::Found> found(findings.touched.size());
  for (const bool gone : {false, true}) {
    std::vector<NodeId> nodes;
    std::vector<std::size_t> place;
    for (std::size_t i = 0; i < findings.touched.size(); ++i) {
      const auto& symbol = findings.touched[i];
      const NodeId node = node_of_touched(context, symbol);
      if ((symbol.head_usr == 0) != gone || node == kNoNode) continue;
      nodes.push_back(node);
      place.push_back(i);
    }
    if (nodes.empty()) continue;
    auto some = (gone ? on_base : on_head).reaching(nodes, gone);
    for (std::size_t i = 0; i < place.size(); ++i) found[place[i]] = std::move(some[i]);
  }
  return found;
}

/// Tests whose own body the patch adds or changes.
std::set<TestKey> changed_tests(const Context& context, const Findings& findings, const TestsOfGraph& tests) {
  std::set<TestKey> changed;
  for (const TouchedSymbol& symbol : findings.touched) {
    if (symbol.head_usr == 0) continue;
    if (const FoundTest* test = tests.at(head_node(context, symbol))) {
      changed.insert(tests.key(*test));
      continue;
    }
    // A test macro makes a class around the body: a change may be put down to either.
    for (const FoundTest& test : tests.bodies()) {
      const Node& node = context.head->node(test.node);
      if (node.file == symbol.head_file && symbol.at.line >= node.line && symbol.at.line <= node.end_line) {
        changed.insert(tests.key(test));
      }
    }
  }
  return changed;
}

std::set<TestKey> keys_of(const TestsOfGraph& tests) {
  std::set<TestKey> keys;
  for (const FoundTest& body : tests.bodies()) keys.insert(tests.key(body));
  return keys;
}

std::vector<ReachingTest> in_order(const std::map<TestKey, ReachingTest>& found) {
  std::vector<ReachingTest> tests;
  for (const auto& [key, test] : found) tests.push_back(test);
  std::sort(tests.begin(), tests.end(), [](const ReachingTest& a, const ReachingTest& b) {
    return std::tie(a.weakest, a.distance, a.name, a.at) < std::tie(b.weakest, b.distance, b.name, b.at);
  });
  return tests;
}

std::vector<Place> places_of(const std::map<TestKey, Place>& tests) {
  std::vector<Place> places;
  for (const auto& [key, at] : tests) {
    if (places.size() < kMostListed) places.push_back(at);
  }
  return places;
}

void state_unknown(Facts& facts, const std::string& why) {
  for (const char* name : {"tests.reaching.count", "tests.changed.count", "tests.removed.count"}) {
    facts.set(name, Unknown{why});
  }
}

Value count_or_unknown(std::size_t count, const std::string& unseen) {
  const auto number = static_cast<std::int64_t>(count);
  return unseen.empty() ? Value(number) : Value(Unknown{unseen, number});
}

void run(const Context& context, Findings& findings) {
  if (!context.no_graph.empty()) return state_unknown(findings.facts, context.no_graph);

  const TestsOfGraph on_head(*context.head);
  std::optional<TestsOfGraph> another;
  if (context.base != context.head) another.emplace(*context.base);
  const TestsOfGraph& on_base = another ? *another : on_head;
  auto found_of = tests_of_touched(context, findings, on_head, on_base);
  const auto still_there = keys_of(on_head);
  const auto changed = changed_tests(context, findings, on_head);
  std::map<TestKey, Place> reaching, changed_reaching, removed;
  std::string unseen, unfollowed;  // why a test of the patch, why one of the project may not have been seen
  if (!context.unread.empty()) unseen = context.unread.front().at.file + " could not be read";

  for (std::size_t i = 0; i < findings.touched.size(); ++i) {
    TouchedSymbol& symbol = findings.touched[i];
    const bool gone = symbol.head_usr == 0;
    const NodeId node = node_of_touched(context, symbol);
    if (node == kNoNode) {
      if (!symbol.in_test_code && unseen.empty()) unseen = "no unit that could be read defines " + symbol.name;
      continue;
    }
    if (!symbol.in_test_code && !symbol.seen.transitive) unfollowed = context.left_out;
    const TestsOfGraph& tests = gone ? on_base : on_head;
    if (const FoundTest* test = tests.at(node); test != nullptr && gone) {
      if (!still_there.contains(tests.key(*test))) removed.emplace(tests.key(*test), symbol.at);
    }
    auto& found = found_of[i];
    if (gone) std::erase_if(found, [&](const auto& entry) { return !still_there.contains(entry.first); });
    for (auto& [key, test] : found) {
      test.changed = changed.contains(key);
      if (test.weakest != Confidence::exact) continue;
      ++symbol.tests_total;
      if (test.changed) ++symbol.tests_changed;
      if (symbol.in_test_code) continue;
      reaching.emplace(key, test.at);
      if (test.changed) changed_reaching.emplace(key, test.at);
    }
    symbol.tests = in_order(found);
    if (symbol.tests.size() > kMostListed) symbol.tests.resize(kMostListed);
  }

  if (unfollowed.empty() || !unseen.empty()) unfollowed = unseen;
  if (on_head.bodies().empty() && context.left_out.empty()) {
    findings.blind_spots.push_back(
        "no test was recognised in this project: tests in other languages, and tests that no compile command names, "
        "are not looked at");
  }
  findings.facts.set("tests.reaching.count", count_or_unknown(reaching.size(), unfollowed), places_of(reaching));
  findings.facts.set("tests.changed.count", count_or_unknown(changed_reaching.size(), unfollowed),
                     places_of(changed_reaching));
  findings.facts.set("tests.removed.count", count_or_unknown(removed.size(), unseen), places_of(removed));
}

}  // namespace

const Analyzer tests_reaching{"tests/reaching", "which tests reach the touched code, and how directly", run};

}  // namespace patchgate
