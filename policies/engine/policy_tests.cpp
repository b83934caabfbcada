#include "policies/engine/policy_tests.h"

#include <algorithm>
#include <map>
#include <set>

#include "policies/engine/document.h"
#include "policies/engine/evaluate.h"
#include "policies/engine/mutation_run.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/test_facts.h"

namespace patchgate {

namespace {

const std::vector<std::string> kDecisions{"allow", "warn", "block", "none"};
const std::vector<std::string> kResults{"pass", "fail", "unknown", "not_applicable"};

class Runner {
 public:
  Runner(const Policy& policy, const FactsSource& source) : policy_(policy), source_(source) {
    for (const auto& rule : policy.rules) {
      ids_.push_back(rule.id);
      if (is_own(rule)) own_.push_back(&rule);
    }
  }

  PolicyTestReport run(const std::vector<PolicyTestFile>& files) {
    for (const auto& file : files) {
      if (const auto document = read_document(file.name, file.text, report_.errors)) tests(*document);
    }
    if (report_.cases.empty() && report_.errors.empty()) {
      report_.errors.push_back(Error{Error::Kind::config, "there are no policy tests", std::nullopt, {}, {}});
    }
    for (const auto* rule : own_) {
      if (passes_.count(rule->id) == 0) report_.rules_without_pass.push_back(rule->id);
      if (fails_.count(rule->id) == 0) report_.rules_without_fail.push_back(rule->id);
    }
    if (report_.passed()) try_mistakes(policy_, own_, cases_, report_);
    return std::move(report_);
  }

 private:
  bool is_own(const Rule& rule) const { return rule.at.file == policy_.name || !rule.at.file.starts_with("builtin:"); }

  void tests(const Document& document) {
    const JsonNode node(document, report_.errors);
    if (!node.object()) return;
    node.only({"$schema", "tests"});
    if (!node.has("tests")) return node.error("there are no tests in this file: 'tests' is missing");
    const auto elements = node["tests"].list();
    for (std::size_t i = 0; elements && i < elements->size(); ++i) test(document, i);
  }

  /// What is wrong with a test is the state of that test, and leaves the others alone.
  void test(const Document& document, std::size_t index) {
    std::vector<Error> errors;
    const JsonNode node = JsonNode(document, errors)["tests"][index];
    PolicyTestCase result{document.file, "test " + std::to_string(index + 1), PolicyTestCase::State::pass, {}};
    Facts facts;
    std::vector<std::string> paths;
    Expectation expected;
    if (node.object()) {
      node.only({"name", "facts", "paths", "expect"});
      if (node.has("name")) result.name = node["name"].text().value_or(result.name);
      if (node.has("facts")) read_case_facts(node["facts"], facts, errors);
      if (node.has("paths")) read_paths(node["paths"], paths);
      if (node.has("expect")) {
        read_expectation(node["expect"], expected);
      } else {
        node.error("this test expects nothing: 'expect' is missing");
      }
    }
    if (errors.empty()) {
      auto verdict = evaluate(policy_, facts, paths);
      compare(verdict, expected, result);
      cases_.push_back({std::move(facts), std::move(paths), std::move(expected), std::move(verdict)});
    } else {
      result.state = PolicyTestCase::State::error;
      std::stable_sort(errors.begin(), errors.end(), [](const Error& a, const Error& b) { return a.at < b.at; });
      for (const auto& error : errors) result.differences.push_back(to_string(error));
    }
    report_.cases.push_back(std::move(result));
  }

  void read_case_facts(const JsonNode& node, Facts& facts, std::vector<Error>& errors) const {
    if (!node.object()) return;
    node.only({"base", "set"});
    if (node.has("base")) read_base(node["base"], facts, errors);
    if (node.has("set")) read_set(node["set"], facts);
  }

  void read_base(const JsonNode& node, Facts& facts, std::vector<Error>& errors) const {
    if (node.json().is_object()) return read_facts(node, facts);
    const auto path = node.text();
    if (!path) return;
    const auto slash = node.document().file.rfind('/');
    const auto name = (slash == std::string::npos ? "" : node.document().file.substr(0, slash + 1)) + *path;
    auto text = source_(name);
    if (!text) return node.error(text.error().message);
    if (const auto document = read_document(name, *text, errors)) read_facts(JsonNode(*document, errors), facts);
  }

  static void read_paths(const JsonNode& node, std::vector<std::string>& paths) {
    const auto elements = node.list();
    if (!elements) return;
    for (const auto& element : *elements) {
      if (auto path = element.text()) paths.push_back(std::move(*path));
    }
  }

  void read_expectation(const JsonNode& node, Expectation& expected) const {
    if (!node.object()) return;
    node.only({"verdict", "rules", "headline"});
    if (node.has("verdict")) {
      const auto word = node["verdict"].word(kDecisions);
      if (word) expected.decision = static_cast<Decision>(*word);
    }
    if (node.has("headline")) expected.headline = node["headline"].text();
    if (node.has("rules") && node["rules"].object()) {
      for (const auto& id : node["rules"].keys()) read_rule_expectation(node["rules"][id], id, expected);
    }
    if (node.keys().empty()) node.error("this test expects nothing");
  }

  void read_rule_expectation(const JsonNode& node, const std::string& id, Expectation& expected) const {
    if (std::find(ids_.begin(), ids_.end(), id) == ids_.end()) {
      return node.error_at_key("no rule " + in_quotes(id) + did_you_mean(id, ids_));
    }
    const auto word = node.word(kResults);
    if (word) expected.rules.emplace(id, static_cast<RuleResult>(*word));
  }

  void compare(const Verdict& verdict, const Expectation& expected, PolicyTestCase& result) {
    const auto differ = [&](const std::string& what, const std::string& wanted, const std::string& was) {
      result.state = PolicyTestCase::State::fail;
      result.differences.push_back(what + ": expected " + wanted + ", was " + was);
    };
    if (expected.decision && *expected.decision != verdict.decision) {
      differ("verdict", name_of(*expected.decision),
             std::string(name_of(verdict.decision)) + " (" + verdict.headline + ")");
    }
    if (expected.headline && *expected.headline != verdict.headline) {
      differ("headline", in_quotes(*expected.headline), "'" + verdict.headline + "'");
    }
    for (const auto& outcome : verdict.rules) {
      const auto wanted = expected.rules.find(outcome.id);
      if (wanted == expected.rules.end() || wanted->second == outcome.result) continue;
      differ("rule " + outcome.id, name_of(wanted->second),
             std::string(name_of(outcome.result)) +
                 (outcome.because.empty() ? "" : " (" + join(outcome.because, "; ") + ")"));
    }
    if (result.state != PolicyTestCase::State::pass) return;
    for (const auto& [id, wanted] : expected.rules) {
      if (wanted == RuleResult::pass) passes_.insert(id);
      if (wanted == RuleResult::fail) fails_.insert(id);
    }
  }

  const Policy& policy_;
  const FactsSource& source_;
  std::vector<std::string> ids_;
  std::vector<const Rule*> own_;
  std::vector<TestedCase> cases_;
  std::set<std::string> passes_, fails_;
  PolicyTestReport report_;
};

}  // namespace

bool PolicyTestReport::passed() const {
  return errors.empty() && !cases.empty() && std::all_of(cases.begin(), cases.end(), [](const PolicyTestCase& one) {
           return one.state == PolicyTestCase::State::pass;
         });
}

bool PolicyTestReport::complete() const {
  return passed() && rules_without_pass.empty() && rules_without_fail.empty() && survivors.empty();
}

PolicyTestReport run_policy_tests(const Policy& policy, const std::vector<PolicyTestFile>& files,
                                  const FactsSource& facts) {
  return Runner(policy, facts).run(files);
}

}  // namespace patchgate
