#include "analyzers/tests/test_results.h"

#include <algorithm>
#include <set>

namespace patchgate {
namespace {

constexpr std::size_t kMostNames = 3;

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// `Suite` of `All/Suite`, `Suite/0` and `All/Suite/0`.
std::string plain_suite(std::string_view suite) {
  auto slash = suite.rfind('/');
  if (slash != std::string_view::npos && is_number(suite.substr(slash + 1))) {
    suite = suite.substr(0, slash);
    slash = suite.rfind('/');
  }
  return std::string(slash == std::string_view::npos ? suite : suite.substr(slash + 1));
}

std::string until_slash(std::string_view name) { return std::string(name.substr(0, name.find('/'))); }

std::string full_name(const RunIdentity& run) {
  return run.first.empty() || run.first == run.second ? run.second : run.first + "." + run.second;
}

struct Sum {
  std::int64_t passed = 0, failed = 0, skipped = 0, flaky = 0;
};

Sum sum_of(const std::map<RunIdentity, TestOutcome>& outcomes) {
  Sum sum;
  for (const auto& [run, outcome] : outcomes) {
    switch (outcome) {
      case TestOutcome::passed:
        ++sum.passed;
        break;
      case TestOutcome::failed:
        ++sum.failed;
        break;
      case TestOutcome::skipped:
        ++sum.skipped;
        break;
      case TestOutcome::flaky:
        ++sum.flaky;
        break;
    }
  }
  return sum;
}

std::string first_unusable(const std::vector<TestRunInput>& inputs) {
  for (const auto& input : inputs)
    if (!input.unusable.empty()) return input.unusable;
  return {};
}

std::vector<Place> places_with(const std::vector<TestRunInput>& inputs, TestOutcome outcome) {
  constexpr std::size_t kMostPlaces = 20;
  std::vector<Place> places;
  for (const auto& input : inputs)
    for (const auto& run : input.runs)
      if (run.outcome == outcome && places.size() < kMostPlaces) places.push_back({input.name, run.line, 0});
  return places;
}

void state_counts(const TestEvidenceInputs& inputs, const std::map<RunIdentity, TestOutcome>& at_head, Facts& facts) {
  const auto sum = sum_of(at_head);
  auto why = first_unusable(inputs.at_head);
  if (inputs.at_head.empty()) {
    why = "no JUnit file was given";
  } else if (why.empty() && sum.passed + sum.failed + sum.flaky == 0) {
    why = at_head.empty() ? "the JUnit files hold no test: that is no evidence"
                          : "all " + std::to_string(sum.skipped) + " tests of the JUnit files were skipped";
  }
  facts.set("tests.results.given", !inputs.at_head.empty());
  const auto set = [&](const char* name, std::int64_t count, TestOutcome outcome) {
    facts.set(name, why.empty() ? Value(count) : Value(Unknown{why, count}),
              outcome == TestOutcome::passed ? std::vector<Place>() : places_with(inputs.at_head, outcome));
  };
  set("tests.results.passed", sum.passed, TestOutcome::passed);
  set("tests.results.failed", sum.failed, TestOutcome::failed);
  set("tests.results.skipped", sum.skipped, TestOutcome::skipped);
  set("tests.results.flaky", sum.flaky, TestOutcome::flaky);
}

std::string why_not_comparable(const TestEvidenceInputs& inputs) {
  if (inputs.at_base.empty()) return "no results of the base were given (--junit-at-base)";
  if (inputs.at_head.empty()) return "no results of head were given (--junit)";
  if (const auto why = first_unusable(inputs.at_base); !why.empty()) return why;
  return first_unusable(inputs.at_head);
}

void add_names(std::vector<std::string>& names, const std::string& name) {
  if (names.size() < kMostNames && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

std::map<RunIdentity, TestOutcome> outcomes_of(const std::vector<TestRunInput>& inputs) {
  std::map<RunIdentity, TestOutcome> outcomes;
  for (const auto& input : inputs) {
    for (const auto& run : input.runs) {
      const auto [known, is_new] = outcomes.try_emplace({run.suite, run.name}, run.outcome);
      if (is_new || known->second == run.outcome) continue;
      auto& outcome = known->second;
      if (outcome == TestOutcome::skipped) {
        outcome = run.outcome;
      } else if (run.outcome != TestOutcome::skipped) {
        outcome = TestOutcome::flaky;
      }
    }
  }
  return outcomes;
}

std::vector<std::string> graph_names_of(const RunIdentity& run) {
  const auto& [suite, whole] = run;
  const auto name = whole.substr(0, whole.find(" # GetParam()"));
  std::vector<std::string> names;
  // ctest repeats the name as the class.
  if (!suite.empty() && suite != whole) names.push_back(plain_suite(suite) + "." + until_slash(name));
  if (const auto dot = name.find('.'); dot != std::string::npos)
    names.push_back(plain_suite(name.substr(0, dot)) + "." + until_slash(name.substr(dot + 1)));
  names.push_back(name);
  constexpr int kMostSections = 32;
  auto rest = name;
  for (int i = 0; i < kMostSections; ++i) {
    const auto slash = rest.rfind('/');
    if (slash == std::string::npos) break;
    rest.resize(slash);
    names.push_back(rest);
  }
  return names;
}

TestResults::TestResults(const TestEvidenceInputs& inputs, const TestsOfGraph& tests)
    : inputs_(inputs), tests_(tests), at_head_(outcomes_of(inputs.at_head)), at_base_(outcomes_of(inputs.at_base)) {
  if (at_head_.empty()) return;
  // A name of several tests names none: kNoNode.
  std::map<std::string, std::uint32_t> by_name;
  const auto add = [&](std::string name, std::uint32_t test) {
    const auto [known, is_new] = by_name.try_emplace(std::move(name), test);
    if (!is_new && known->second != test) known->second = kNoNode;
  };
  for (std::uint32_t test = 0; test < tests.size(); ++test) {
    const auto [name, file] = tests.key(test);
    add(name, test);
    if (!name.starts_with("main (")) continue;
    // A program that is one test has the name of its file, as add_test gives it.
    const auto slash = file.rfind('/');
    const auto base = slash == std::string::npos ? file : file.substr(slash + 1);
    add(base.substr(0, base.rfind('.')), test);
  }
  const bool comparable = why_not_comparable(inputs).empty();
  for (const auto& [run, outcome] : at_head_) {
    std::uint32_t test = kNoNode;
    for (const auto& name : graph_names_of(run)) {
      const auto known = by_name.find(name);
      if (known == by_name.end()) continue;
      test = known->second;
      break;
    }
    const auto before = at_base_.find(run);
    const bool pins = comparable && outcome == TestOutcome::passed && before != at_base_.end() &&
                      before->second == TestOutcome::failed;
    if (test == kNoNode) {
      if (outcome != TestOutcome::skipped && unmatched_++ == 0) example_unmatched_ = full_name(run);
      if (pins) pinning_unmatched_.push_back(run);
      continue;
    }
    auto& of_test = of_test_[test];
    of_test.passed = of_test.passed || outcome == TestOutcome::passed;
    of_test.failed = of_test.failed || outcome == TestOutcome::failed;
    of_test.flaky = of_test.flaky || outcome == TestOutcome::flaky;
    of_test.skipped = of_test.skipped || outcome == TestOutcome::skipped;
    if (pins) of_test.pinning.push_back(run);
  }
}

void TestResults::tell(TouchedSymbol& symbol, std::span<const std::uint32_t> tests) {
  auto& proof = symbol.proof;
  proof.results_given = !inputs_.at_head.empty() && first_unusable(inputs_.at_head).empty() && !at_head_.empty();
  proof.base_results_given = proof.results_given && why_not_comparable(inputs_).empty() && !at_base_.empty();
  for (const auto number : tests) {
    const auto known = of_test_.find(number);
    if (known == of_test_.end()) {
      ++proof.tests_without_result;
      continue;
    }
    auto& of_test = known->second;
    if (!symbol.in_test_code) of_test.reaches = true;
    if (of_test.failed || of_test.flaky) {
      ++proof.tests_failed;
      add_names(proof.failed, tests_.key(number).first + (of_test.failed ? "" : " (flaky)"));
    } else if (of_test.passed) {
      ++proof.tests_passed;
    } else {
      ++proof.tests_without_result;
    }
    for (const auto& run : of_test.pinning) add_names(proof.pinned_by, full_name(run));
  }
}

std::string TestResults::why_no_evidence(std::uint32_t test) const {
  const auto known = of_test_.find(test);
  if (known == of_test_.end()) return {};
  if (known->second.failed) return "failed";
  if (known->second.flaky) return "is flaky";
  return known->second.skipped && !known->second.passed ? "was skipped" : "";
}

void TestResults::state(Findings& findings) const {
  state_counts(inputs_, at_head_, findings.facts);
  auto& remarks = findings.test_evidence.remarks;
  for (const auto* side : {&inputs_.at_head, &inputs_.at_base})
    for (const auto& input : *side)
      if (!input.unusable.empty()) remarks.push_back(input.unusable);
  if (unmatched_ > 0)
    remarks.push_back(std::to_string(unmatched_) + " of " + std::to_string(at_head_.size()) +
                      " tests of the JUnit files are none that the call graph knows (" + example_unmatched_ +
                      "): which code they reach is unknown");
  if (const auto why = why_not_comparable(inputs_); !why.empty())
    return findings.facts.set("tests.pinning.count", Unknown{why});
  std::int64_t pinning = 0;
  std::vector<std::string> names, elsewhere;
  for (const auto& [test, of_test] : of_test_) {
    for (const auto& run : of_test.pinning) {
      if (of_test.reaches) ++pinning;
      (of_test.reaches ? names : elsewhere).push_back(full_name(run));
    }
  }
  if (!elsewhere.empty())
    remarks.push_back(elsewhere.front() +
                      (elsewhere.size() > 1 ? " and " + std::to_string(elsewhere.size() - 1) + " more tests" : "") +
                      " failed on the base and passed at head, but no touched code is known to be reached by " +
                      (elsewhere.size() > 1 ? "them" : "it"));
  if (pinning_unmatched_.empty()) {
    findings.facts.set("tests.pinning.count", pinning, {}, std::move(names));
  } else {
    const auto why = full_name(pinning_unmatched_.front()) +
                     " failed on the base and passed at head, but the call graph knows no such test";
    findings.facts.set("tests.pinning.count", Unknown{why, pinning}, {}, std::move(names));
  }
}

void state_results_without_graph(const Context& context, Findings& findings) {
  const auto& inputs = context.test_evidence;
  state_counts(inputs, outcomes_of(inputs.at_head), findings.facts);
  for (const auto* side : {&inputs.at_head, &inputs.at_base})
    for (const auto& input : *side)
      if (!input.unusable.empty()) findings.test_evidence.remarks.push_back(input.unusable);
  const auto why = why_not_comparable(inputs);
  findings.facts.set("tests.pinning.count", Unknown{why.empty() ? context.no_graph : why});
}

}  // namespace patchgate
