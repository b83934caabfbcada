#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string>

#include "analyzers/graph/touched_node.h"
#include "analyzers/tests/test_results.h"
#include "analyzers/tests/test_worth.h"
#include "analyzers/tests/tests.h"
#include "analyzers/tests/tests_of_graph.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostListed = 20;

/// On head; on the base where it is gone.
NodeId node_of_touched(const Context& context, const TouchedSymbol& symbol) {
  return symbol.head_usr == 0 ? base_node(context, symbol) : head_node(context, symbol);
}

/// By number: tests whose own body the patch adds or changes.
std::vector<bool> changed_tests(const Context& context, const Findings& findings, const TestsOfGraph& tests) {
  std::vector<bool> changed(tests.size());
  for (const TouchedSymbol& symbol : findings.touched) {
    if (symbol.head_usr == 0) continue;
    if (const auto test = tests.at(head_node(context, symbol)); test != kNoNode) {
      changed[test] = true;
      continue;
    }
    // A test macro makes a class around the body: a change may be put down to either.
    for (const auto test : tests.around(symbol.head_file, symbol.at.line)) changed[test] = true;
  }
  return changed;
}

/// For each test of the base its number on head; kNoNode where it is gone.
std::vector<std::uint32_t> numbers_on_head(const TestsOfGraph& on_base, const TestsOfGraph& on_head) {
  std::map<TestKey, std::uint32_t> numbers;
  for (std::uint32_t test = 0; test < on_head.size(); ++test) numbers.emplace(on_head.key(test), test);
  std::vector<std::uint32_t> on_the_other(on_base.size(), kNoNode);
  for (std::uint32_t test = 0; test < on_base.size(); ++test) {
    if (const auto found = numbers.find(on_base.key(test)); found != numbers.end()) on_the_other[test] = found->second;
  }
  return on_the_other;
}

/// One side of the patch, and the touched symbols that are looked up there.
struct Side {
  const Graph& graph;
  const TestsOfGraph& tests;
  std::vector<std::uint32_t> number_on_head;  ///< of each test
  std::vector<NodeId> nodes{};
  std::vector<TestsOfGraph::Reaching> found{};  ///< for each of the nodes

  void ask() {
    if (nodes.empty()) return;
    std::vector<bool> counts;
    for (const auto number : number_on_head) counts.push_back(number != kNoNode);
    found = tests.reaching(nodes, counts, kMostListed);
  }
};

/// Distinct tests of head, each with the place where it was found first.
class DistinctTests {
 public:
  explicit DistinctTests(const TestsOfGraph& tests) : tests_(tests), at_(tests.size()) {}
  void add(std::uint32_t test, const Node& body) {
    if (at_[test] != nullptr) return;
    at_[test] = &body;
    found_.push_back(test);
  }
  std::size_t size() const { return found_.size(); }
  /// Of the first ones by name and file.
  std::vector<Place> places() {
    const auto shown = found_.begin() + static_cast<std::ptrdiff_t>(std::min(found_.size(), kMostListed));
    std::partial_sort(found_.begin(), shown, found_.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return tests_.key_before(a, b); });
    std::vector<Place> places;
    for (auto test = found_.begin(); test != shown; ++test) places.push_back({at_[*test]->file, at_[*test]->line, 0});
    return places;
  }

 private:
  const TestsOfGraph& tests_;
  std::vector<const Node*> at_;
  std::vector<std::uint32_t> found_;
};

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
  if (!context.no_graph.empty()) {
    state_unknown(findings.facts, context.no_graph);
    return state_results_without_graph(context, findings);
  }

  const TestsOfGraph on_head(*context.head);
  std::optional<TestsOfGraph> another;
  if (context.base != context.head) another.emplace(*context.base);
  const TestsOfGraph& on_base = another ? *another : on_head;
  const auto changed = changed_tests(context, findings, on_head);
  std::vector<std::uint32_t> itself(on_head.size());
  std::iota(itself.begin(), itself.end(), 0U);
  Side head{*context.head, on_head, std::move(itself)};
  Side base{*context.base, on_base, {}};
  DistinctTests reaching(on_head), changed_reaching(on_head);
  std::map<TestKey, Place> removed;
  std::string unseen, unfollowed;  // why a test of the patch, why one of the project may not have been seen
  if (!context.unread.empty()) unseen = context.unread.front().at.file + " could not be read";

  struct Asked {
    TouchedSymbol& symbol;
    const Side& side;
    std::size_t place;  ///< among those of the side
  };
  std::vector<Asked> asked;
  for (TouchedSymbol& symbol : findings.touched) {
    const bool gone = symbol.head_usr == 0;
    const NodeId node = node_of_touched(context, symbol);
    if (node == kNoNode) {
      if (!symbol.in_test_code && unseen.empty()) unseen = "no unit that could be read defines " + symbol.name;
      continue;
    }
    if (!symbol.in_test_code && !symbol.seen.transitive) unfollowed = context.left_out;
    auto& side = gone ? base : head;
    asked.push_back({symbol, side, side.nodes.size()});
    side.nodes.push_back(node);
    if (!gone) continue;
    if (base.number_on_head.empty()) base.number_on_head = numbers_on_head(on_base, on_head);
    if (const auto test = on_base.at(node); test != kNoNode && base.number_on_head[test] == kNoNode)
      removed.emplace(on_base.key(test), symbol.at);
  }
  head.ask();
  base.ask();
  TestResults results(context.test_evidence, on_head);
  auto no_evidence = why_no_evidence(*context.head, on_head, context.test_evidence);
  for (std::uint32_t test = 0; test < on_head.size(); ++test)
    if (no_evidence[test].empty()) no_evidence[test] = results.why_no_evidence(test);
  for (const auto& [symbol, side, place] : asked) {
    std::vector<std::uint32_t> numbers;
    for (const auto& [test, body] : side.found[place].sure) {
      const auto number = side.number_on_head[test];
      numbers.push_back(number);
      if (!no_evidence[number].empty()) continue;
      ++symbol.tests_total;
      if (changed[number]) ++symbol.tests_changed;
      if (symbol.in_test_code) continue;
      reaching.add(number, side.graph.node(body));
      if (changed[number]) changed_reaching.add(number, side.graph.node(body));
    }
    results.tell(symbol, numbers);
    for (const auto& [test, row] : side.found[place].nearest) {
      if (symbol.tests.size() == kMostListed) break;
      symbol.tests.push_back(row);
      symbol.tests.back().changed = changed[side.number_on_head[test]];
      symbol.tests.back().no_evidence = no_evidence[side.number_on_head[test]];
    }
    std::stable_partition(symbol.tests.begin(), symbol.tests.end(),
                          [](const ReachingTest& test) { return test.no_evidence.empty(); });
  }

  results.state(findings);
  if (unfollowed.empty() || !unseen.empty()) unfollowed = unseen;
  if (on_head.bodies().empty() && context.left_out.empty()) {
    findings.blind_spots.push_back(
        "no test was recognised in this project: tests in other languages, and tests that no compile command names, "
        "are not looked at");
  }
  findings.facts.set("tests.reaching.count", count_or_unknown(reaching.size(), unfollowed), reaching.places());
  findings.facts.set("tests.changed.count", count_or_unknown(changed_reaching.size(), unfollowed),
                     changed_reaching.places());
  findings.facts.set("tests.removed.count", count_or_unknown(removed.size(), unseen), places_of(removed));
}

}  // namespace

const Analyzer tests_reaching{"tests/reaching", "which tests reach the touched code, and how directly", run};

}  // namespace patchgate
