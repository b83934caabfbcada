#include "tests/gate/reports/sample_report.h"

namespace patchgate {

const std::vector<std::string>& hostile_texts() {
  using namespace std::string_literals;
  static const std::vector<std::string> texts{
      "::stop-commands::x",
      "  ::add-mask::a",
      "x##[error]y",
      "##vso[task.setvariable variable=x]y",
      "##teamcity[x]",
      "a\n::error::b\r::error::c",
      "\xc2\x85::x",
      "\x1b]0;owned\x07\x1b[2J",
      "\xc2\x9b"
      "2J\x9b"
      "2J",
      "\xe2\x80\xae\xe2\x81\xa6\xff\xc0\xaf",
      "nul\0nul"s,
      "`x` [a](javascript:x) <img onerror=x> @org/team #1 www.evil.tld http://evil.tld mailto:a@evil.tld </details>",
      "``` <script>x</script>",
      "\\` <b>x</b> \\",
      "![x](http://evil.tld/x.png) [y][1] <http://evil.tld>",
      "--> <!-- patchgate:sticky:v1 -->",
      "a | b \\| c \\\\| <i>d</i>",
      "|---|\n\n# heading\n\n    code",
      "\"},{\"a\":\"b",
      "* * *",
      "]]> <![CDATA[x]]> <?xml?> &lt; &#60; </script></style></svg><svg onload=x>",
      "' onmouseover='x\" style=\"x",
      "{{ x }} ${{ github.token }} $(id) `id` %{x}",
      "graph TD; a-->b; click a \"javascript:x\" %%{init: {}}%% subgraph end",
      "",
  };
  return texts;
}

Report report_of(const std::string& text) {
  Report report = sample_report();
  report.version = report.target_ref = report.source_ref = report.policy_source = text;
  report.input_notes = report.blind_spots = report.recovery_watch = {text, text};
  report.recovery_steps = {{text, text}, {text}};
  for (auto& finding : report.data_at_risk.sql) {
    finding.what = finding.text = finding.was = finding.in = text;
    finding.at.file = finding.was_at.file = text;
  }
  for (auto& migration : report.data_at_risk.migrations) migration.layout = migration.why = migration.at.file = text;
  report.recovery_who = {text, text};
  report.irreversible = {{text, {text, 3, 0}, text}};
  for (auto& file : report.files) file.path = file.old_path = text;
  for (auto& symbol : report.symbols) {
    symbol.name = symbol.at.file = symbol.why_unknown = symbol.impact = text;
    symbol.callers = {{text, {text, 1, 1}}};
    symbol.tests = {{text, {text, 1, 1}, 1, false, Confidence::exact}};
    symbol.sinks = {{text, text, false, {text, text}, Confidence::possible, {text, 1, 1}, text}};
    symbol.proof.coverage_given = symbol.proof.results_given = true;
    symbol.proof.why_uncovered = text;
    symbol.proof.coverage.unknown = symbol.proof.tests_failed = 1;
    symbol.proof.failed = symbol.proof.pinned_by = {text};
  }
  report.facts.set(text, text, {{text, 1, 1}});
  report.facts.set("unknown." + text, Unknown{text});
  report.impact = report.likelihood = report.risk = {text, 1.5, false, {text}, {text}};
  report.verdict.headline = report.verdict.reason = text;
  report.verdict.notes = {text};
  for (auto& rule : report.verdict.rules) {
    rule.id = rule.title = rule.fix = rule.where = text;
    rule.because = rule.to_pass = rule.applies_because = {text};
    rule.plain = {{text}, {{text, text, text}}, {text}, {text}, {text}};
    rule.asks = {text};
    rule.at = {{text, 1, 1}};
  }
  report.test_evidence.remarks = {text};
  report.test_evidence.weakened = {{text, text, {text, 1, 0}, {text, 1, 0}, text, text}};
  report.unread = {{{text, 1, 1}, text}};
  report.failed_units = {{text, text}};
  report.revert = text;
  report.rollout = rollout_of(text);
  report.pictures = pictures_of(text);
  for (auto& change : report.code_changes.found) {
    change.symbol = change.before = change.after = change.use = change.how = change.sink = text;
    change.base.file = change.head.file = text;
    change.path = {text, text};
  }
  return report;
}

}  // namespace patchgate
