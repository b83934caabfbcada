// There is no standard; what is read here is what the runners write: cmCTestTestHandler.cxx (WriteJUnitXML), gtest.cc
// (XmlUnitTestResultPrinter), catch_reporter_junit.cpp, pytest's junitxml.py, surefire-test-report.xsd.
#include "analyzers/results/junit.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "analyzers/xml/strict_xml.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostRuns = 1'000'000;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Every word that a runner is known to write for what became of a case; no word at all is for the elements below it.
bool is_known_status(std::string_view status) {
  return status.empty() ||
         is_one_of(status, {"run", "notrun", "disabled", "skipped", "fail", "failed", "pass", "passed"});
}
bool is_known_result(std::string_view result) {
  return result.empty() || is_one_of(result, {"completed", "suppressed", "skipped"});
}

TestOutcome outcome_of(const pugi::xml_node& run) {
  const std::string_view status = run.attribute("status").value(), result = run.attribute("result").value();
  bool skipped = is_one_of(status, {"notrun", "disabled", "skipped"}) || is_one_of(result, {"suppressed", "skipped"});
  bool failed = is_one_of(status, {"fail", "failed"}), flaky = false;
  for (const auto child : run.children()) {
    const std::string_view name = child.name();
    failed = failed || is_one_of(name, {"failure", "error"});
    skipped = skipped || is_one_of(name, {"skipped", "disabled"});
    flaky = flaky || is_one_of(name, {"flakyFailure", "flakyError"});
  }
  if (failed) return TestOutcome::failed;
  if (skipped) return TestOutcome::skipped;
  return flaky ? TestOutcome::flaky : TestOutcome::passed;
}

class JUnitReader {
 public:
  JUnitReader(const std::string& name, const StrictXml& xml) : name_(name), xml_(xml) {}

  struct Below {
    std::size_t cases = 0, failed = 0;
    bool of_catch = true;  ///< every case has a class that begins with the name of its suite, as Catch2 writes it
  };

  Result<void> suite(const pugi::xml_node& node, const std::string& around, Below& above) {
    const std::string named = node.attribute("name").value();
    const std::string& suite_name = named.empty() ? around : named;
    Below below;
    const auto first = runs.size();
    for (const auto child : node.children()) {
      const std::string_view kind = child.name();
      if (kind == "testsuite") {
        PATCHGATE_CHECK(suite(child, suite_name, below));
      } else if (kind == "testcase") {
        PATCHGATE_CHECK(run(child, suite_name, below));
      }
    }
    PATCHGATE_CHECK(count(node, suite_name.substr(0, 100), first, below));
    above.cases += below.cases;
    above.failed += below.failed;
    above.of_catch = above.of_catch && below.of_catch;
    return {};
  }

  std::vector<TestRun> runs;

 private:
  Result<std::optional<std::size_t>> number(const pugi::xml_node& node, const char* attribute) const {
    const std::string_view text = node.attribute(attribute).value();
    std::size_t value = 0;
    if (text.empty()) return std::optional<std::size_t>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
      return wrong(node, std::string(attribute) + "=\"" + std::string(text.substr(0, 40)) + "\" is no number");
    return std::optional(value);
  }

  /// What the suite says of itself against what is in it. Catch2 counts checks there: of these only none is comparable.
  Result<void> count(const pugi::xml_node& node, const std::string& suite, std::size_t first,
                     const Below& below) const {
    PATCHGATE_TRY(const auto tests, number(node, "tests"));
    PATCHGATE_TRY(const auto failures, number(node, "failures"));
    PATCHGATE_TRY(const auto errors, number(node, "errors"));
    const auto told = failures.value_or(0) + errors.value_or(0);
    if (below.failed == 0 && told != 0)
      return wrong(node,
                   "the suite '" + suite + "' counts failures, none of its cases has one: a part of it is missing");
    if (below.cases > 0 && below.of_catch) return {};
    if (tests && *tests != below.cases && *tests != distinct(first))
      return wrong(node, "the suite '" + suite + "' says " + std::to_string(*tests) + " tests and holds " +
                             std::to_string(below.cases) + ": something is missing or was put in");
    if (failures && told != below.failed)
      return wrong(node, "the suite '" + suite + "' says " + std::to_string(told) + " failures and holds " +
                             std::to_string(below.failed) + ": something is missing or was put in");
    return {};
  }

  /// pytest writes a test that fails and then can not be torn down as two cases, and counts one.
  std::size_t distinct(std::size_t first) const {
    std::set<std::pair<std::string_view, std::string_view>> names;
    for (auto at = first; at < runs.size(); ++at) names.emplace(runs[at].suite, runs[at].name);
    return names.size();
  }

  tl::unexpected<Error> wrong(const pugi::xml_node& node, const std::string& what) const {
    return fail_at(Error::Kind::config, {name_, xml_.line_of(node), 0}, what);
  }

  Result<void> run(const pugi::xml_node& node, const std::string& around, Below& below) {
    for (const auto& [attribute, known] :
         {std::pair("status", &is_known_status), std::pair("result", &is_known_result)})
      if (const std::string_view word = node.attribute(attribute).value(); !known(word))
        return wrong(node, std::string(attribute) + "=\"" + std::string(word.substr(0, 40)) +
                               "\" is no word that is known for what became of a test");
    TestRun run{node.attribute("classname").value(), node.attribute("name").value(), outcome_of(node),
                xml_.line_of(node)};
    if (run.name.empty()) return wrong(node, "a <testcase> without a name");
    below.of_catch = below.of_catch && !around.empty() && run.suite.starts_with(around + ".");
    if (run.suite.empty()) run.suite = around;
    ++below.cases;
    if (run.outcome == TestOutcome::failed) ++below.failed;
    if (runs.size() == kMostRuns) return wrong(node, "has more than a million test cases");
    runs.push_back(std::move(run));
    return {};
  }

  const std::string& name_;
  const StrictXml& xml_;
};

}  // namespace

Result<std::vector<TestRun>> read_junit(const std::string& name, std::string&& text) {
  PATCHGATE_TRY(const auto xml, StrictXml::parse(name, std::move(text)));
  const auto root = xml.root();
  const std::string_view kind = root.name();
  if (!is_one_of(kind, {"testsuites", "testsuite"}))
    return fail_at(Error::Kind::config, {name, xml.line_of(root), 0},
                   "is no JUnit: the root is neither <testsuites> nor <testsuite>");
  JUnitReader reader(name, xml);
  JUnitReader::Below all;
  PATCHGATE_CHECK(reader.suite(root, "", all));
  return std::move(reader.runs);
}

}  // namespace patchgate
