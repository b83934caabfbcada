#include <algorithm>

#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/objections.h"
#include "gate/reports/open_rules.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongest = 4000;

/// The text of a rule's case, a line each; may be empty.
std::string lines_of(const Report& report, const RuleOutcome& rule) {
  std::string text;
  const auto add = [&](const char* lead, const std::vector<std::string>& lines) {
    for (const auto& line : lines) text += xml_text(lead + clipped(visible(line), kLongest)) + "\n";
  };
  if (is_open(rule))
    if (const auto required = what_is_required(report, rule); !required.empty()) add("", {required});
  add("", rule.result == RuleResult::pass ? rule.plain.holds : rule.plain.missing);
  for (const auto& doubt : rule.plain.doubts)
    add("", {"applies only with " + doubt.condition + ", which is not known: " + doubt.why});
  if (const auto lifted = lifted_in_short(rule); !lifted.empty()) add("", {lifted});
  add("to pass: ", rule.plain.advice);
  return text;
}

bool fails(const RuleOutcome& rule) { return rule.effect == Effect::block; }

std::string case_of(const Report& report, const RuleOutcome& rule) {
  std::string text = "    <testcase classname=\"patchgate\" name=\"" + xml_text(visible(rule.id)) + "\"";
  const auto lines = lines_of(report, rule);
  const auto wrong = xml_text(clipped(visible(what_is_wrong(report, rule)), kLongest));
  if (rule.result == RuleResult::not_applicable)
    return text + ">\n      <skipped>does not apply</skipped>\n    </testcase>\n";
  if (fails(rule))
    return text + ">\n      <failure type=\"" + name_of(rule.result) + "\" message=\"" + wrong + "\">" + lines +
           "</failure>\n    </testcase>\n";
  if (lines.empty()) return text + "/>\n";
  return text + ">\n      <system-out>" + name_of(rule.result) + ", " + name_of(rule.effect) + "\n" + lines +
         "</system-out>\n    </testcase>\n";
}

}  // namespace

std::string write_junit(const Report& report, bool /*color*/) {
  const auto& verdict = report.verdict;
  const auto count = [&](const auto& is) { return std::count_if(verdict.rules.begin(), verdict.rules.end(), is); };
  const bool judged = verdict.decision != Decision::none;
  const auto counts = "tests=\"" + std::to_string(verdict.rules.size() + (judged ? 0 : 1)) + "\" failures=\"" +
                      std::to_string(count(fails)) + "\" errors=\"" + (judged ? "0" : "1") + "\"";
  const auto skipped = count([](const auto& rule) { return rule.result == RuleResult::not_applicable; });
  // The schema that Jenkins reads by has no `skipped` of all suites together.
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts +
                     ">\n  <testsuite name=\"patchgate\" " + counts + " skipped=\"" + std::to_string(skipped) + "\">\n";
  if (!judged)
    text +=
        "    <testcase classname=\"patchgate\" name=\"judged\">\n      <error type=\"none\" message=\"cannot judge\">" +
        xml_text(clipped(visible(verdict_rest(verdict)), kLongest)) + "</error>\n    </testcase>\n";
  for (const auto& rule : verdict.rules) text += case_of(report, rule);
  return without_workflow_commands(text + "  </testsuite>\n</testsuites>\n");
}

}  // namespace patchgate
