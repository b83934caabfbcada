// There is no standard; what is read here is what the runners write: cmCTestTestHandler.cxx (WriteJUnitXML), gtest.cc
// (XmlUnitTestResultPrinter), catch_reporter_junit.cpp, pytest's junitxml.py, surefire-test-report.xsd.
#include "analyzers/results/junit.h"

#include <algorithm>
#include <string_view>

#include "analyzers/xml/strict_xml.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostRuns = 1'000'000;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
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

  /// The failed runs below it, in `failed`.
  Result<void> suite(const pugi::xml_node& node, const std::string& around, std::size_t& failed) {
    const std::string named = node.attribute("name").value();
    const std::string& suite_name = named.empty() ? around : named;
    std::size_t below = 0;
    for (const auto child : node.children()) {
      const std::string_view kind = child.name();
      if (kind == "testsuite") {
        PATCHGATE_CHECK(suite(child, suite_name, below));
      } else if (kind == "testcase") {
        PATCHGATE_CHECK(run(child, suite_name, below));
      }
    }
    if (below == 0 && (counts(node, "failures") || counts(node, "errors"))) {
      return wrong(node, "the suite '" + suite_name.substr(0, 100) +
                             "' counts failures, none of its cases has one: a part of it is missing");
    }
    failed += below;
    return {};
  }

  std::vector<TestRun> runs;

 private:
  static bool counts(const pugi::xml_node& node, const char* attribute) {
    const std::string_view text = node.attribute(attribute).value();
    return !text.empty() && text.find_first_not_of('0') != std::string_view::npos;
  }

  Result<void> wrong(const pugi::xml_node& node, const std::string& what) const {
    return fail_at(Error::Kind::config, {name_, xml_.line_of(node), 0}, what);
  }

  Result<void> run(const pugi::xml_node& node, const std::string& around, std::size_t& failed) {
    TestRun run{node.attribute("classname").value(), node.attribute("name").value(), outcome_of(node),
                xml_.line_of(node)};
    if (run.name.empty()) return wrong(node, "a <testcase> without a name");
    if (run.suite.empty()) run.suite = around;
    if (run.outcome == TestOutcome::failed) ++failed;
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
  std::size_t failed = 0;
  PATCHGATE_CHECK(reader.suite(root, "", failed));
  return std::move(reader.runs);
}

}  // namespace patchgate
