#include "tests/gate/reports/sample_report.h"

namespace patchgate {

namespace {

TouchedSymbol encoder() {
  TouchedSymbol symbol;
  symbol.name = "crm::to_patch";
  symbol.at = {"src/patch.cpp", 41, 6};
  symbol.end_line = 60;
  symbol.known_fan_in = true;
  symbol.direct = {41, 44};
  symbol.transitive = {210, 260};
  symbol.widened_by = {{EdgeRule::override_, 3, 12}, {EdgeRule::type, 0, 38}};
  symbol.percentile = 99.2157;
  symbol.rank = 3;
  symbol.of = 312;
  symbol.entry_points = 2;
  symbol.source_folders = 5;
  symbol.callers = {{"crm::send", {"src/client.cpp", 18, 0}}, {"crm::sync_all", {"src/sync/all.cpp", 77, 0}}};
  symbol.impact = "critical";
  symbol.sinks = {{"http_write",
                   "curl_easy_perform",
                   true,
                   {"crm::sync_all", "crm::send", "curl_easy_perform"},
                   Confidence::exact}};
  symbol.sinks_total = 1;
  return symbol;
}

TouchedSymbol hostile_symbol() {
  TouchedSymbol symbol;
  symbol.name =
      "operator|<b>`x`\xe2\x80\xae"
      "evil\x1b[2J";
  symbol.kind = SymbolKind::operator_;
  symbol.change = ChangeKind::signature;
  symbol.at = {
      "src/with space/gr\xc3\xb6\xc3\x9f"
      "e \xff.cpp",
      7, 1};
  symbol.end_line = 9;
  symbol.known_fan_in = true;
  symbol.direct = {6, 6};
  symbol.transitive = {12, 31};
  symbol.widened_by = {{EdgeRule::slot, 0, 19}};
  symbol.percentile = 88;
  symbol.rank = 4;
  symbol.of = 21;
  symbol.impact = "moderate";
  symbol.tests = {{"FormatTest.Pipes", {"tests/format test.cpp", 12, 0}, 1, true, Confidence::exact},
                  {"FormatTest.All", {"tests/format test.cpp", 30, 0}, 3, false, Confidence::possible}};
  symbol.tests_total = 2;
  symbol.tests_changed = 1;
  symbol.proof.coverage_given = symbol.proof.results_given = symbol.proof.base_results_given = true;
  symbol.proof.coverage = {4, 2, 0, 4, 3};
  symbol.proof.tests_passed = 2;
  symbol.proof.pinned_by = {"FormatTest.Pipes"};
  return symbol;
}

TouchedSymbol unseen_symbol() {
  TouchedSymbol symbol;
  symbol.name =
      "Gr\xc3\xb6\xc3\x9f"
      "e";
  symbol.kind = SymbolKind::type;
  symbol.side = Side::base;
  symbol.change = ChangeKind::removed;
  symbol.at = {"include/size.h", 3, 8};
  symbol.end_line = 12;
  symbol.why_unknown = "no unit that includes include/size.h could be parsed";
  return symbol;
}

RuleOutcome rule(std::string id, RuleLevel level, RuleResult result, Effect effect) {
  RuleOutcome outcome;
  outcome.id = std::move(id);
  outcome.level = level;
  outcome.result = result;
  outcome.effect = effect;
  return outcome;
}

std::vector<RuleOutcome> sample_rules() {
  RuleOutcome reach = rule("hotfix/tests-reach", RuleLevel::block, RuleResult::fail, Effect::block);
  reach.title = "a test reaches every touched symbol of high impact";
  reach.because = {"1 of 3 symbols.touched: tests.reaching = 0, need at least 1"};
  reach.to_pass = {"1 test that reaches crm::to_patch"};
  reach.applies_because = {"target.ref = release/2.4", "risk.level = critical"};
  reach.plain.missing = {"tests that reach it: 0, needed: at least 1, for crm::to_patch"};
  reach.plain.applies = {"target branch: release/2.4", "risk: critical"};
  reach.plain.advice = {"Add a test that calls it, or take it out of this change."};
  reach.fix = "Add a test that calls it, or take it out of this change.";
  reach.at = {{"src/patch.cpp", 41, 6}};
  reach.where = "builtin:hotfix@1:12";

  RuleOutcome unread = rule("hotfix/all-read", RuleLevel::block, RuleResult::unknown, Effect::block);
  unread.title = "all of the changed code was read";
  unread.because = {"analysis.unread.count is unknown (include/size.h could not be parsed)"};
  unread.to_pass = {"a compile command for a file that includes include/size.h"};
  unread.plain.missing = {"unread places of the patch: 1, needed: none"};
  unread.plain.doubts = {{"patch.hotfix", "hotfix: yes", "no policy says what a hotfix is"}};
  unread.plain.advice = {"a compile command for a file that includes include/size.h"};
  unread.where = "builtin:hotfix@1:31";

  RuleOutcome gate = rule("baseline/gate-files", RuleLevel::warn, RuleResult::fail, Effect::warn);
  gate.title = "a change of the gate's own files is seen by its owners";
  gate.because = {"patch.gate_files.count = 1, need at most 0 (lower it by 1)"};
  gate.plain.missing = {"changed files of the gate: 1, needed: none"};
  gate.at = {{".patchgate/policy.json", 0, 0}};
  gate.floor = true;
  gate.where = "builtin:baseline@1:8";

  RuleOutcome weak = rule("team/small", RuleLevel::observe, RuleResult::fail, Effect::observe);
  weak.because = {"patch.lines.added = 34, need at most 20 (lower it by 14)"};
  weak.fix = "Ask @crm-team, see #42 or www.example.org <script>alert(1)</script>";
  weak.plain.missing = {"added lines: 34, needed: at most 20"};
  weak.plain.advice = {weak.fix};
  weak.where = ".patchgate/policy.json:9";

  RuleOutcome sql = rule("baseline/sql", RuleLevel::block, RuleResult::pass, Effect::none);
  RuleOutcome freeze = rule("baseline/freeze", RuleLevel::final_, RuleResult::not_applicable, Effect::none);
  RuleOutcome all = rule("baseline/all-read", RuleLevel::warn, RuleResult::fail, Effect::warn);
  all.title = "all changed code was read";
  all.because = {"analysis.unread.count = 1, need at most 0 (lower it by 1)"};
  all.plain.missing = unread.plain.missing;
  all.plain.advice = unread.plain.advice;

  RuleOutcome kept = rule("baseline/tests-kept", RuleLevel::warn, RuleResult::unknown, Effect::observe);
  kept.title = "the patch removes no test";
  kept.because = {"tests.removed.count is unknown (not measured), need at most 0"};
  kept.plain.missing = {"tests removed: not known (not measured), needed: none"};
  kept.plain.advice = {"Keep the tests."};
  return {reach, unread, gate, weak, all, kept, sql, freeze};
}

FileChange file(std::string path, FileStatus status, FileClass file_class, std::uint64_t added, std::uint64_t deleted) {
  FileChange change;
  change.path = std::move(path);
  change.status = status;
  change.file_class = file_class;
  change.added = added;
  change.deleted = deleted;
  change.c_family = file_class == FileClass::source;
  return change;
}

void add_files(Report& report) {
  FileChange gate = file(".patchgate/policy.json", FileStatus::modified, FileClass::gate, 0, 0);
  gate.unread = "too large";
  FileChange moved = file(
      "src/with space/gr\xc3\xb6\xc3\x9f"
      "e \xff.cpp",
      FileStatus::renamed, FileClass::source, 30, 0);
  moved.old_path = "src/old name.cpp";
  report.files = {gate, file("deploy/::stop-commands::x.yaml", FileStatus::added, FileClass::config, 1, 0),
                  file("src/patch.cpp", FileStatus::modified, FileClass::source, 3, 5), moved};
  report.lines_added = 34;
  report.lines_deleted = 5;
}

void add_facts(Facts& facts) {
  facts.set("impact.level", std::string("critical"), {{"src/patch.cpp", 41, 6}});
  facts.set("impact.percentile", 99.2157);
  facts.set("patch.hotfix", true);
  facts.set("patch.lines.added", std::int64_t{34});
  facts.set("sinks.count", Unknown{"2 of the 9 units of the base were not read", 3}, {{"src/patch.cpp", 41, 6}});
  facts.set("tests.results.failed", Unknown{"no JUnit file was given"});
}

DataAtRisk sample_data_at_risk() {
  DataAtRisk risk;
  SqlFinding removed;
  removed.kind = SqlEffectKind::where_weakened;
  removed.what = "DELETE of sessions lost its WHERE";
  removed.text = "DELETE FROM sessions";
  removed.at = {"src/patch.cpp", 44, 0};
  removed.was = "DELETE FROM sessions WHERE id = ?";
  removed.was_at = {"src/patch.cpp", 43, 0};
  removed.in = "crm::to_patch";
  removed.change = SqlChange::changed;
  SqlFinding all = removed;
  all.kind = SqlEffectKind::delete_all;
  all.what = "DELETE FROM sessions has no WHERE";
  all.loses_data = true;
  SqlFinding perhaps;
  perhaps.kind = SqlEffectKind::change_type;
  perhaps.what = "ALTER TABLE t may change the type of a column";
  perhaps.text = "ALTER TABLE t MODIFY c INT";
  perhaps.at = {"db/V2__x.sql", 3, 0};
  perhaps.confidence = Confidence::possible;
  SqlFinding unread;
  unread.what = "not PostgreSQL's SQL: syntax error at or near \"PRAGMA\"";
  unread.text = "PRAGMA x";
  unread.at = {"db/V2__x.sql", 4, 0};
  risk.sql = {all, removed, perhaps, unread};
  risk.migrations = {
      {"Flyway", {"db/V2__x.sql", 1, 0}, MigrationFinding::Down::no, "the patch has no db/U2__*.sql", true},
      {"dbmate", {"db/migrations/3.sql", 1, 0}, MigrationFinding::Down::yes, "`-- migrate:down`", false}};
  return risk;
}

}  // namespace

Report sample_report() {
  Report report;
  report.version = "1.2.3";
  report.base = std::string(40, 'b');
  report.head = std::string(40, 'a');
  report.merge_base = std::string(40, 'c');
  report.target_ref = "release/2.4";
  report.source_ref = "hotfix/empty-fields";
  report.policy_source = "base:.patchgate/policy.json";
  report.policy_oid = std::string(40, 'd');
  report.policy_digest = "sha256:" + std::string(64, '5');
  report.now = "2026-11-23T09:00:00Z";
  report.calendar.there = report.calendar.looked = true;
  report.calendar.source = "base:.patchgate/calendar.json";
  report.calendar.tz = "Europe/Berlin";
  report.calendar.tzdata = "2025b";
  report.calendar.next = WindowState{"year-end",
                                     "few people are there",
                                     "Europe/Berlin",
                                     "2026-12-18T18:00:00+01:00",
                                     "2027-01-04T08:00:00+01:00",
                                     60'420,
                                     36'540};
  report.digest = "sha256:" + std::string(64, '0');
  report.input_notes = {"the compile command of src/old name.cpp was taken for its renamed counterpart"};
  add_files(report);
  report.hotfix = true;
  report.symbols = {encoder(), hostile_symbol(), unseen_symbol()};
  report.test_evidence.remarks = {"cov.info (lcov) is of head: its commit is named"};
  report.test_evidence.weakened = {
      {"TrimTest.Empty", "an assertion is gone", {"tests/trim_test.cpp", 7, 0}, {}, "EXPECT_EQ(trim(\" \"), \"\")", ""},
      {"TrimTest.Near",
       "a tolerance is raised",
       {"tests/trim_test.cpp", 9, 0},
       {"tests/trim_test.cpp", 8, 0},
       "EXPECT_NEAR(width(), 1, 0.1)",
       "EXPECT_NEAR(width(), 1, 10)"}};
  add_facts(report.facts);
  report.impact = {"critical",
                   std::nullopt,
                   false,
                   {"crm::to_patch is at percentile 99.2 and feeds http_write", "critical by its sink"},
                   {"critical by its sink"}};
  report.likelihood = {"moderate",
                       71.04,
                       false,
                       {"more lines added than in 71 of 100 recent commits"},
                       {"more lines added than in 71 of 100 recent commits"}};
  report.risk = {"critical", std::nullopt, false, {}};
  report.verdict.decision = Decision::block;
  report.verdict.headline = "block: no test reaches crm::to_patch, and 1 more proof is missing";
  report.verdict.rules = sample_rules();
  report.verdict.rules_loaded = 8;
  report.verdict.rules_applied = 7;
  report.verdict.notes = {"rule team/small was loosened: \"trial until January\""};
  report.units_total = 12;
  report.units_parsed = 10;
  report.units_failed = 2;
  report.hunks_total = 4;
  report.hunks_mapped = 3;
  report.unread = {{{"include/size.h", 3, 0}, "no unit that includes it could be parsed"}};
  report.blind_spots = {
      "2 calls through function pointers in crm::dispatch (src/dispatch.cpp:9) have possible targets only"};
  report.failed_units = {{"src/size.cpp", "'generated.h' file not found ##[error]x"},
                         {"src/said.cpp", report.unread.front().why}};
  report.index_rev = std::string(40, 'c');
  report.index_units = 510;
  report.data_at_risk = sample_data_at_risk();
  report.revert = "conflicts";
  report.recovery_steps = {{"revert it", "git revert aaaaaaaaaaaa"}, {"resolve src/patch.cpp by hand"}};
  report.recovery_watch = {"records whose fields became null after the deploy"};
  report.recovery_who = {"Ana (12 commits)", "Bo (1 commit)"};
  report.irreversible = {{"drops the column contacts.email", {"db/7.sql", 3, 0}, "restore it from contacts_audit"}};
  report.pictures = sample_pictures();
  CodeChange check;
  check.symbol = "crm::to_patch";
  check.base = check.head = {"src/patch.cpp", 41, 0};
  check.before = "!value";
  check.use = "body.set(name, value.value_or(Json()))";
  check.uses = 1;
  report.code_changes.found = {check};
  return report;
}

Report allow_report() {
  Report report;
  report.version = "1.2.3";
  report.base = report.merge_base = std::string(40, 'b');
  report.head = std::string(40, 'a');
  report.target_ref = "main";
  report.policy_source = "builtin:hotfix@1";
  report.digest = "sha256:" + std::string(64, '1');
  report.files = {file("src/trim.cpp", FileStatus::modified, FileClass::source, 2, 1)};
  report.lines_added = 2;
  report.lines_deleted = 1;
  report.hotfix = false;
  TouchedSymbol trim;
  trim.name = "util::trim";
  trim.at = {"src/trim.cpp", 12, 0};
  trim.end_line = 20;
  trim.known_fan_in = true;
  trim.direct = {2, 2};
  trim.transitive = {3, 3};
  trim.percentile = 31;
  trim.rank = 210;
  trim.of = 312;
  trim.impact = "low";
  trim.tests = {{"TrimTest.Empty", {"tests/trim_test.cpp", 5, 0}, 1, false, Confidence::exact}};
  trim.tests_total = 1;
  report.symbols = {trim};
  report.impact = {"low", std::nullopt, false, {}};
  report.likelihood = {"low", 12, false, {}};
  report.risk = {"low", std::nullopt, false, {}};
  report.verdict.decision = Decision::allow;
  report.verdict.headline = "allow: 1 symbol touched, of low impact";
  report.verdict.rules = {rule("baseline/all-read", RuleLevel::block, RuleResult::pass, Effect::none)};
  report.verdict.rules_loaded = report.verdict.rules_applied = 1;
  report.units_total = report.units_parsed = 1;
  report.hunks_total = report.hunks_mapped = 1;
  report.revert = "clean";
  report.recovery_steps = {{"revert it", "git revert aaaaaaaaaaaa"}};
  return report;
}

Report proven_report() {
  Report report = allow_report();
  report.hotfix = true;
  report.target_ref = "release/2.4";
  report.impact = {"critical", std::nullopt, false, {}};
  report.risk = {"high", std::nullopt, false, {}};
  TouchedSymbol& trim = report.symbols.front();
  trim.impact = "critical";
  trim.tests.front().changed = true;
  const Place touched = trim.at;
  TouchedSymbol test;
  test.name = "TrimTest_Empty_Test";
  test.change = ChangeKind::added;
  test.at = trim.tests.front().at;
  test.in_test_code = true;
  report.symbols.push_back(test);
  report.facts.set("rollout.level", std::string("staged_abort"), {{"deploy/rollout.json", 3, 0}});
  report.facts.set("rollout.first_stage.percent", 1.0);
  report.facts.set("rollout.abort", true);
  report.rollout = sample_rollout();
  RuleOutcome reach = rule("hotfix/tests-reach", RuleLevel::block, RuleResult::pass, Effect::none);
  reach.asks = {"change", "impact", "symbols.touched", "tests.reaching"};
  reach.met_by = {touched};
  reach.plain.applies = {"risk: high"};
  RuleOutcome rollout = rule("hotfix/rollout", RuleLevel::block, RuleResult::pass, Effect::none);
  rollout.asks = {"rollout.abort", "rollout.first_stage.percent", "rollout.level"};
  rollout.plain.applies = {"risk: high"};
  report.verdict.headline = "allow: 3 of 3 rules applied, none objects";
  report.verdict.rules.push_back(reach);
  report.verdict.rules.push_back(rollout);
  report.verdict.rules_loaded = report.verdict.rules_applied = 3;
  return report;
}

Report none_report() {
  Report report;
  report.version = "1.2.3";
  report.head = std::string(40, 'a');
  report.impact.level = report.likelihood.level = report.risk.level = "unknown";
  report.verdict.decision = Decision::none;
  report.verdict.headline = "cannot judge: no merge base of main and hotfix/x";
  report.verdict.reason = "the clone is shallow: fetch the whole history (actions/checkout with fetch-depth: 0)";
  return report;
}

}  // namespace patchgate
