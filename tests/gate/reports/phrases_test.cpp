#include "gate/reports/phrases.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

TEST(PhrasesTest, TheHeadlineLosesTheVerdictThatIsWrittenAnyway) {
  struct Case {
    Decision decision;
    const char* headline;
    const char* rest;
  };
  const Case cases[] = {
      {Decision::block, "block: no test", "no test"},
      {Decision::block, "BLOCK  no test", "no test"},
      {Decision::block, "no test", "no test"},
      {Decision::block, "blocked by a rule", "blocked by a rule"},
      {Decision::block, "block", ""},
      {Decision::allow, "allow, nothing touched", "nothing touched"},
      {Decision::none, "cannot judge: shallow", "shallow"},
      {Decision::none, "none: shallow", "shallow"},
  };
  for (const auto& row : cases) {
    Verdict verdict;
    verdict.decision = row.decision;
    verdict.headline = row.headline;
    EXPECT_EQ(verdict_rest(verdict), row.rest) << row.headline;
  }
}

TEST(PhrasesTest, ARolloutManifestThatWasReadIsNotAmongWhatWasNotSeen) {
  Report report;
  FileChange manifest, script;
  manifest.path = "deploy/rollout.json";
  script.path = "deploy/run.py";
  report.files = {manifest, script};
  report.facts.set("patch.unanalysed.count", std::int64_t{2}, {{manifest.path, 0, 0}, {script.path, 0, 0}});
  EXPECT_EQ(not_seen(report),
            (std::vector<std::string>{"not analysed: deploy/rollout.json", "not analysed: deploy/run.py"}));
  report.facts.set("rollout.level", std::string("staged"), {{manifest.path, 3, 0}});
  EXPECT_EQ(not_seen(report), (std::vector<std::string>{"not analysed: deploy/run.py"}));
}

TEST(PhrasesTest, AReasonIsSaidOnce) {
  Verdict verdict;
  verdict.headline = "cannot judge: no merge base";
  verdict.reason = "no merge base";
  EXPECT_EQ(further_reason(verdict), "");
  verdict.reason = "the clone is shallow";
  EXPECT_EQ(further_reason(verdict), "the clone is shallow");
  verdict.headline.clear();
  EXPECT_EQ(further_reason(verdict), "");
}

TEST(PhrasesTest, TheAccountSaysWhatIsKnown) {
  Report report;
  EXPECT_EQ(account(report), (std::vector<std::string>{"0 rules, 0 applied", "hunks 0/0", "units 0/0"}));
  report.base = std::string(40, 'b');
  report.target_ref = "main";
  report.hotfix = true;
  report.revert_of = std::string(40, 'e');
  EXPECT_EQ(account(report),
            (std::vector<std::string>{"bbbbbbbbbbbb.. → main", "hotfix", "exact revert of eeeeeeeeeeee",
                                      "0 rules, 0 applied", "hunks 0/0", "units 0/0"}));
}

TEST(PhrasesTest, AnExactRevertSaysOfWhatAndByWhom) {
  Report report;
  report.revert_of = std::string(40, 'e');
  EXPECT_EQ(exact_revert(report), "exact revert of eeeeeeeeeeee");
  report.reverted = {{*report.revert_of, "Ana"}};
  EXPECT_EQ(exact_revert(report), "exact revert of eeeeeeeeeeee by Ana");
  report.reverted.push_back({std::string(40, 'd'), "Bo"});
  EXPECT_EQ(exact_revert(report), "exact revert of eeeeeeeeeeee by Ana and 1 more commit");
}

TEST(PhrasesTest, Numbers) {
  EXPECT_EQ(interval({41, 41}), "41");
  EXPECT_EQ(interval({41, 44}), "41..44");
  EXPECT_EQ(counted(1, "call"), "1 call");
  EXPECT_EQ(counted(0, "call"), "0 calls");
  EXPECT_EQ(one_decimal(99.25), "99.2");
  EXPECT_EQ(one_decimal(71.04), "71");
  EXPECT_EQ(one_decimal(std::nan("")), "unknown");
  EXPECT_EQ(at_place({"a b.cpp", 0, 0}), "a b.cpp");
  EXPECT_EQ(at_place({"a b.cpp", 3, 9}), "a b.cpp:3");
}

TEST(PhrasesTest, ZeroAndUnknownAreDifferentAnswers) {
  TouchedSymbol symbol;
  symbol.known_fan_in = true;
  EXPECT_EQ(use_of(symbol), "used by 0");
  EXPECT_EQ(tests_of(symbol), "no test reaches it");
  symbol.seen.transitive = false;
  symbol.transitive_open = true;
  EXPECT_EQ(use_of(symbol), "used by 0 directly, 0 or more in all");
  EXPECT_EQ(tests_of(symbol), "not known which tests reach it");
  symbol.direct_open = true;
  EXPECT_EQ(use_of(symbol), "used by 0 or more");
  symbol.known_fan_in = false;
  symbol.why_unknown = "no compile command";
  EXPECT_EQ(use_of(symbol), "not known who uses it: no compile command");
  EXPECT_EQ(tests_of(symbol), "not known which tests reach it");
  symbol.in_test_code = true;
  EXPECT_EQ(tests_of(symbol), "is test code");
}

TEST(PhrasesTest, AWideIntervalSaysWhy) {
  TouchedSymbol symbol;
  symbol.known_fan_in = true;
  symbol.direct = {1, 3};
  symbol.transitive = {4, 9};
  symbol.widened_by = {{EdgeRule::override_, 0, 1}, {EdgeRule::slot, 2, 4}};
  EXPECT_EQ(use_of(symbol),
            "used by 1..3 directly, 4..9 in all (possible: 1 by virtual overrides, 4 by stored pointers)");
  // All are surely there further away: only how near they are is in doubt.
  symbol.transitive = {4, 4};
  symbol.widened_by = {{EdgeRule::name, 2, 0}};
  EXPECT_EQ(use_of(symbol), "used by 1..3 directly, 4 in all (possible: 2 by name only)");
  symbol.transitive_open = true;
  EXPECT_EQ(use_of(symbol), "used by 1..3 directly, 4 or more in all");
}

TEST(PhrasesTest, Tests) {
  TouchedSymbol symbol = sample_report().symbols[1];
  EXPECT_EQ(
      tests_of(symbol),
      "nearest test FormatTest.Pipes (tests/format test.cpp:12), 1 call away, changed by this patch; 2 tests in all");
  symbol.tests.erase(symbol.tests.begin());
  symbol.tests_total = 1;
  EXPECT_EQ(tests_of(symbol), "nearest test FormatTest.All (tests/format test.cpp:30), 3 calls away (possible)");
}

TEST(PhrasesTest, WhatIsOnlyPossiblyFedTakesOneLine) {
  TouchedSymbol symbol;
  EXPECT_TRUE(feeds_in_short(symbol).empty());
  symbol.sinks = {{"http_write", "send", true, {"a", "send"}, Confidence::exact},
                  {"file_write", "open", false, {}, Confidence::possible},
                  {"file_remove", "unlink", false, {}, Confidence::name},
                  {"file_write", "write", false, {}, Confidence::possible},
                  {"http_write", "post", false, {}, Confidence::possible}};
  EXPECT_EQ(feeds_in_short(symbol),
            (std::vector<std::string>{"feeds http_write by data: a → send",
                                      "may feed file_write, file_remove, by calls that are only possible"}));
}

TEST(PhrasesTest, PlacesThatAreUnreadForOneReasonShareALine) {
  Report report;
  for (std::uint32_t line = 1; line <= 8; ++line) {
    report.unread.push_back({{"a.cpp", line, 0}, "inactive", UnreadCause::inactive});
  }
  report.unread.push_back({{"b.cpp", 1, 0}, "no 'x.h'", UnreadCause::failed});
  report.failed_units = {{"b.cpp", "no 'x.h'"}, {"c.cpp", "no 'y.h'"}};
  report.units_failed = 2;
  report.impact.level = "unknown";
  report.likelihood.remarks = {"not known: 1 earlier commit"};
  EXPECT_EQ(not_seen(report),
            (std::vector<std::string>{
                "unread a.cpp:1, a.cpp:2, a.cpp:3, a.cpp:4, a.cpp:5, a.cpp:6 and 2 more places: inactive",
                "unread b.cpp:1: no 'x.h'", "unit c.cpp failed: no 'y.h'"}));
  EXPECT_EQ(remarks(report), (std::vector<std::string>{"impact not known: 9 changed places could not be read",
                                                       "likelihood not known: 1 earlier commit"}));
}

TEST(PhrasesTest, WhatWasLeftOutIsSaidFirstAndOnce) {
  Report report;
  report.left_out = "2 of the 9 units of the base were not read; the time was over (--budget 1)";
  report.unread = {{{"a.cpp", 1, 0}, "inactive"}};
  report.failed_units = {{"b.cpp", "the time was over (--budget 1)"}, {"c.cpp", "no 'y.h'"}};
  report.units_failed = 2;
  EXPECT_EQ(not_seen(report),
            (std::vector<std::string>{report.left_out, "unread a.cpp:1: inactive", "unit c.cpp failed: no 'y.h'"}));
}

TEST(PhrasesTest, Sinks) {
  EXPECT_EQ(feeds({"sql_write", "sqlite3_exec", false, {}, Confidence::possible}),
            "feeds sql_write by call: sqlite3_exec (possible)");
  EXPECT_EQ(feeds({"sql_write", "sqlite3_exec", true, {"a", "sqlite3_exec"}, Confidence::exact}),
            "feeds sql_write by data: a → sqlite3_exec");
  EXPECT_EQ(feeds({"sql_write",
                   "sqlite3_exec",
                   false,
                   {"a", "sqlite3_exec"},
                   Confidence::possible,
                   {"a.cpp", 7, 1},
                   "table audit"}),
            "feeds sql_write by call: a → sqlite3_exec at a.cpp:7 (possible); audit: table audit");
}

TEST(PhrasesTest, AFileOfSqlIsReadAsSql) {
  Report report;
  FileChange change;
  change.path = "db/V1__x.sql";
  change.file_class = FileClass::migration;
  report.files = {change};
  EXPECT_EQ(not_seen(report), std::vector<std::string>{"read as SQL and not otherwise: db/V1__x.sql"});
  report.files.front().unread = "too large";
  EXPECT_EQ(not_seen(report), std::vector<std::string>{"not analysed: db/V1__x.sql (too large)"});
}

TEST(PhrasesTest, WayBack) {
  Report report;
  EXPECT_EQ(way_back(report), "not known whether a plain revert applies");
  report.revert = "clean";
  EXPECT_EQ(way_back(report), "a plain revert applies cleanly");
  report.revert = "conflicts";
  EXPECT_EQ(way_back(report), "a plain revert runs into conflicts");
}

TEST(PhrasesTest, UnitsThatAreNotListedAreCounted) {
  Report report;
  report.failed_units = {{"a.cpp", "no such file"}};
  report.units_failed = 3;
  EXPECT_EQ(not_seen(report), (std::vector<std::string>{"unit a.cpp failed: no such file", "2 more units failed"}));
}

}  // namespace
}  // namespace patchgate
