#include "policies/engine/judge.h"

#include <cmath>

#include <gtest/gtest.h>

#include "policies/engine/evaluate.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

Value text(const char* word) { return std::string(word); }
Value whole(std::int64_t number) { return number; }

Row row(const char* name, const char* impact, Value tests) {
  return {name,
          {std::string("src/") + name + ".cpp", 7, 0},
          {{"impact", text(impact)}, {"tests.reaching", std::move(tests)}}};
}

Facts some_facts() {
  Facts facts;
  facts.set("patch.files.count", whole(4));
  facts.set("patch.hotfix", true);
  facts.set("patch.revert", false);
  facts.set("risk.level", text("high"));
  facts.set("impact.level", Unknown{"code is unread"});
  facts.set("target.ref", text("release/2.4"));
  facts.set("rollout.first_stage.percent", 10.0);
  facts.set("coverage.changed_lines.percent", 61.5);
  facts.set("recovery.revert", text("conflicts"));
  facts.set_list("symbols.touched", {row("b", "high", whole(0)), row("a", "high", whole(0)), row("c", "low", whole(0)),
                                     row("d", "critical", whole(3))});
  return facts;
}

std::string indented(const char* head, const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& one : texts) all += std::string("  ") + head + one + "\n";
  return all;
}

/// All that a rule's outcome says, as a text.
std::string told(const RuleOutcome& outcome) {
  return std::string(name_of(outcome.result)) + " " + name_of(outcome.effect) + "\n" + indented("", outcome.because) +
         indented("pass: ", outcome.to_pass) + indented("applies: ", outcome.applies_because);
}

RuleOutcome outcome_of(const std::string& require, const Facts& facts = some_facts()) {
  return evaluate(good_policy(requiring(require)), facts, {}).rules.at(0);
}

struct Case {
  std::string require, told;
};

void expect_told(const std::vector<Case>& cases, const Facts& facts = some_facts()) {
  for (const auto& [require, expected] : cases) EXPECT_EQ(told(outcome_of(require, facts)), expected) << require;
}

TEST(Judge, LeavesThatHold) {
  expect_told({
      {R"({"fact": "patch.hotfix", "is": true})", "pass none\n  patch.hotfix = true [claimed]\n"},
      {R"({"fact": "patch.hotfix", "is_not": false})", "pass none\n  patch.hotfix = true [claimed]\n"},
      {R"({"fact": "patch.files.count", "is": 4})", "pass none\n  patch.files.count = 4\n"},
      {R"({"fact": "patch.files.count", "at_least": 4})", "pass none\n  patch.files.count = 4\n"},
      {R"({"fact": "patch.files.count", "at_most": 4})", "pass none\n  patch.files.count = 4\n"},
      {R"({"fact": "patch.files.count", "in": [3, 4]})", "pass none\n  patch.files.count = 4\n"},
      {R"({"fact": "rollout.first_stage.percent", "is": 10})",
       "pass none\n  rollout.first_stage.percent = 10 [claimed]\n"},
      {R"({"fact": "risk.level", "at_least": "moderate"})", "pass none\n  risk.level = high\n"},
      {R"({"fact": "risk.level", "at_most": "high"})", "pass none\n  risk.level = high\n"},
      {R"({"fact": "target.ref", "matches": ["main", "release/**"]})", "pass none\n  target.ref = release/2.4\n"},
      {R"({"fact": "target.ref", "includes": "2."})", "pass none\n  target.ref = release/2.4\n"},
      {R"({"fact": "recovery.revert", "in": ["clean", "conflicts"]})", "pass none\n  recovery.revert = conflicts\n"},
  });
}

TEST(Judge, LeavesThatDoNotHoldSayByHowMuch) {
  const auto fails = [](const std::string& because, const std::string& pass) {
    return "fail block\n  " + because + "\n  pass: " + pass + "\n";
  };
  expect_told({
      {R"({"fact": "patch.hotfix", "is": false})",
       fails("patch.hotfix = true [claimed], need false", "patch.hotfix false (now true)")},
      {R"({"fact": "patch.hotfix", "is_not": true})",
       fails("patch.hotfix = true [claimed], need not true", "patch.hotfix not true (now true)")},
      {R"({"fact": "patch.files.count", "at_least": 7})",
       fails("patch.files.count = 4, need at least 7 (raise it by 3)",
             "patch.files.count at least 7 (now 4: raise it by 3)")},
      {R"({"fact": "patch.files.count", "at_most": 1})", fails("patch.files.count = 4, need at most 1 (lower it by 3)",
                                                               "patch.files.count at most 1 (now 4: lower it by 3)")},
      {R"({"fact": "patch.files.count", "in": [1, 2]})",
       fails("patch.files.count = 4, need 1 or 2", "patch.files.count 1 or 2 (now 4)")},
      {R"({"fact": "rollout.first_stage.percent", "at_most": 5})",
       fails("rollout.first_stage.percent = 10 [claimed], need at most 5 (lower it by 5)",
             "rollout.first_stage.percent at most 5 (now 10: lower it by 5)")},
      {R"({"fact": "coverage.changed_lines.percent", "at_least": 80})",
       fails("coverage.changed_lines.percent = 61.5 [claimed], need at least 80 (raise it by 18.5)",
             "coverage.changed_lines.percent at least 80 (now 61.5: raise it by 18.5)")},
      {R"({"fact": "risk.level", "at_most": "low"})",
       fails("risk.level = high, need at most low", "risk.level at most low (now high)")},
      {R"({"fact": "target.ref", "matches": "main"})",
       fails("target.ref = release/2.4, need like main", "target.ref like main (now release/2.4)")},
      {R"({"fact": "target.ref", "includes": "x"})",
       fails("target.ref = release/2.4, need with 'x' in it", "target.ref with 'x' in it (now release/2.4)")},
      {R"({"none": [{"fact": "patch.files.count", "at_least": 2}]})",
       fails("patch.files.count = 4, need less than 2", "patch.files.count less than 2 (now 4)")},
      {R"({"none": [{"fact": "patch.files.count", "at_most": 5}]})",
       fails("patch.files.count = 4, need more than 5", "patch.files.count more than 5 (now 4)")},
      {R"({"none": [{"fact": "target.ref", "matches": "release/*"}]})",
       fails("target.ref = release/2.4, need not like release/*", "target.ref not like release/* (now release/2.4)")},
      {R"({"none": [{"fact": "target.ref", "includes": "rel"}]})",
       fails("target.ref = release/2.4, need without 'rel' in it", "target.ref without 'rel' in it (now release/2.4)")},
      {R"({"none": [{"fact": "risk.level", "in": ["high"]}]})",
       fails("risk.level = high, need not high", "risk.level not high (now high)")},
      {R"({"none": [{"fact": "risk.level", "is": "high"}]})",
       fails("risk.level = high, need not high", "risk.level not high (now high)")},
      {R"({"none": [{"fact": "risk.level", "is_not": "low"}]})",
       fails("risk.level = high, need low", "risk.level low (now high)")},
  });
}

TEST(Judge, WhatCannotBeJudgedIsUnknown) {
  Facts facts = some_facts();
  const auto unknown = [](const std::string& fact, const std::string& why, const std::string& need) {
    return "unknown block\n  " + fact + " is unknown (" + why + "), need " + need + "\n  pass: " + fact + " " + need +
           " (now unknown: " + why + ")\n";
  };
  facts.set("risk.level", text("enormous"));
  facts.set("patch.files.count", text("4"));
  facts.set("patch.hotfix", whole(1));
  facts.set("target.ref", true);
  facts.set("likelihood.level", true);
  facts.set("rollout.first_stage.percent", std::nan(""));
  expect_told(
      {
          {R"({"fact": "impact.level", "is": "low"})", unknown("impact.level", "code is unread", "low")},
          {R"({"fact": "sinks.count", "at_most": 0})", unknown("sinks.count", "not measured", "at most 0")},
          {R"({"fact": "risk.level", "at_least": "low"})",
           unknown("risk.level", "'enormous' is not among its values", "at least low")},
          {R"({"fact": "patch.files.count", "is_not": 5})",
           unknown("patch.files.count", "its value is no integer", "not 5")},
          {R"({"fact": "patch.hotfix", "is": true})", unknown("patch.hotfix", "its value is no boolean", "true")},
          {R"({"fact": "target.ref", "is_not": "x"})", unknown("target.ref", "its value is no string", "not x")},
          {R"({"fact": "likelihood.level", "is": "low"})",
           unknown("likelihood.level", "its value is no choice", "low")},
          {R"({"fact": "rollout.first_stage.percent", "at_most": 5})",
           unknown("rollout.first_stage.percent", "its value is no finite number", "at most 5")},
      },
      facts);
}

TEST(Judge, OfACountOfWhichOnlyAPartWasSeenItsLowerBoundDecidesWhatItCan) {
  Facts facts = some_facts();
  facts.set("tests.reaching.count", Unknown{"a part", 3});
  const auto judged = [&](const std::string& condition) {
    const auto outcome = outcome_of("{" + condition + "}", facts);
    return std::string(name_of(outcome.result)) + (outcome.because.empty() ? "" : ": " + outcome.because.front());
  };
  const std::string fact = R"("fact": "tests.reaching.count", )";
  const std::string known = "tests.reaching.count = at least 3 (a part)";
  const std::string open = "unknown: tests.reaching.count is unknown (at least 3; a part), need ";
  EXPECT_EQ(judged(fact + R"("at_least": 3)"), "pass: " + known);
  EXPECT_EQ(judged(fact + R"("at_least": 4)"), open + "at least 4");
  EXPECT_EQ(judged(fact + R"("at_most": 2)"), "fail: " + known + ", need at most 2");
  EXPECT_EQ(judged(fact + R"("at_most": 3)"), open + "at most 3");
  EXPECT_EQ(judged(fact + R"("is": 2)"), "fail: " + known + ", need 2");
  EXPECT_EQ(judged(fact + R"("is": 3)"), open + "3");
  EXPECT_EQ(judged(fact + R"("is_not": 2)"), "pass: " + known);
  EXPECT_EQ(judged(fact + R"("is_not": 3)"), open + "not 3");
  EXPECT_EQ(judged(fact + R"("in": [1, 2])"), "fail: " + known + ", need 1 or 2");
  EXPECT_EQ(judged(fact + R"("in": [1, 9])"), open + "1 or 9");
  EXPECT_EQ(judged(R"("none": [{)" + fact + R"("at_least": 3}])"), "fail: " + known + ", need less than 3");
  EXPECT_EQ(judged(R"("none": [{)" + fact + R"("at_least": 4}])"), open + "less than 4");
  EXPECT_EQ(judged(R"("none": [{)" + fact + R"("at_most": 2}])"), "pass: " + known);
}

TEST(Judge, AllNamesEachFailingLeafAndTheWayOutOfUnknownOnes) {
  expect_told({
      {R"({"all": [{"fact": "patch.hotfix", "is": true}, {"fact": "risk.level", "is": "high"}]})",
       "pass none\n  patch.hotfix = true [claimed]\n  risk.level = high\n"},
      {R"({"all": [{"fact": "patch.files.count", "at_most": 1}, {"fact": "patch.hotfix", "is": true},
                   {"fact": "impact.level", "is": "low"}, {"fact": "risk.level", "is": "low"}]})",
       "fail block\n"
       "  patch.files.count = 4, need at most 1 (lower it by 3)\n"
       "  risk.level = high, need low\n"
       "  pass: patch.files.count at most 1 (now 4: lower it by 3)\n"
       "  pass: risk.level low (now high)\n"
       "  pass: impact.level low (now unknown: code is unread)\n"},
      {R"({"all": [{"fact": "patch.hotfix", "is": true}, {"fact": "impact.level", "is": "low"}]})",
       "unknown block\n  impact.level is unknown (code is unread), need low\n  pass: impact.level low (now unknown: "
       "code is unread)\n"},
      {R"({"none": [{"fact": "patch.revert", "is": true}, {"fact": "impact.level", "is": "low"}, {"fact": "patch.hotfix", "is": true}]})",
       "fail block\n  patch.hotfix = true [claimed], need not true\n"
       "  pass: patch.hotfix not true (now true)\n  pass: impact.level not low (now unknown: code is unread)\n"},
  });
}

TEST(Judge, AnyShowsTheShortestWayOut) {
  expect_told({
      {R"({"any": [{"fact": "patch.revert", "is": true}, {"fact": "risk.level", "is": "high"}, {"fact": "impact.level", "is": "low"}]})",
       "pass none\n  risk.level = high\n"},
      {R"({"any": [{"all": [{"fact": "patch.files.count", "is": 1}, {"fact": "patch.hotfix", "is": false}]}, {"fact": "risk.level", "is": "low"},
                   {"fact": "patch.revert", "is": true}]})",
       "fail block\n"
       "  either patch.files.count = 4, need 1\n"
       "  and patch.hotfix = true [claimed], need false\n"
       "  or risk.level = high, need low\n"
       "  or patch.revert = false, need true\n"
       "  pass: risk.level low (now high)\n"},
      {R"({"any": [{"fact": "patch.revert", "is": true}, {"fact": "impact.level", "is": "low"}]})",
       "unknown block\n  either patch.revert = false, need true\n  or impact.level is unknown (code is unread), need "
       "low\n"
       "  pass: patch.revert true (now false)\n"},
      {R"({"any": [{"fact": "patch.revert", "is": true}]})",
       "fail block\n  patch.revert = false, need true\n  pass: patch.revert true (now false)\n"},
      {R"({"none": [{"all": [{"fact": "patch.hotfix", "is": true}, {"fact": "risk.level", "is": "high"}]}]})",
       "fail block\n  either patch.hotfix = true [claimed], need not true\n  or risk.level = high, need not high\n"
       "  pass: patch.hotfix not true (now true)\n"},
      {R"({"none": [{"any": [{"fact": "patch.hotfix", "is": true}, {"fact": "patch.revert", "is": true}]}]})",
       "fail block\n  patch.hotfix = true [claimed], need not true\n  pass: patch.hotfix not true (now true)\n"},
      {R"({"none": [{"none": [{"fact": "patch.revert", "is": true}, {"fact": "patch.hotfix", "is": false}]}]})",
       "fail block\n  either patch.revert = false, need true\n  or patch.hotfix = true [claimed], need false\n"
       "  pass: patch.revert true (now false)\n"},
  });
}

TEST(Judge, EveryNamesTheRowsInTheWay) {
  const std::string tested = R"("has": {"field": "tests.reaching", "at_least": 1}})";
  const std::string every = R"({"every": "symbols.touched", )";
  expect_told({
      {every + R"("where": {"field": "impact", "at_least": "high"}, )" + tested,
       "fail block\n"
       "  tests.reaching = 0, need at least 1 (raise it by 1) — 2 of 3 symbols.touched: a (src/a.cpp:7), b "
       "(src/b.cpp:7)\n"
       "  pass: tests.reaching at least 1 (now 0: raise it by 1) for a (src/a.cpp:7), b (src/b.cpp:7)\n"},
      {every + R"("where": {"field": "impact", "is": "critical"}, )" + tested,
       "pass none\n  1 of 4 symbols.touched concerned, all with tests.reaching at least 1\n"},
      {every + R"("where": {"field": "impact", "is": "moderate"}, )" + tested,
       "pass none\n  none of 4 symbols.touched has impact moderate\n"},
      {every +
           R"("has": {"all": [{"field": "tests.reaching", "at_least": 1}, {"field": "impact", "at_most": "high"}]}})",
       "fail block\n"
       "  impact = critical, need at most high — 1 of 4 symbols.touched: d (src/d.cpp:7)\n"
       "  tests.reaching = 0, need at least 1 (raise it by 1) — 3 of 4 symbols.touched: a (src/a.cpp:7), b "
       "(src/b.cpp:7), c (src/c.cpp:7)\n"
       "  pass: impact at most high (now critical) for d (src/d.cpp:7)\n"
       "  pass: tests.reaching at least 1 (now 0: raise it by 1) for a (src/a.cpp:7), b (src/b.cpp:7), c "
       "(src/c.cpp:7)\n"},
      {R"({"none": [)" + every + R"("has": {"field": "impact", "at_least": "low"}}]})",
       "fail block\n  none of 4 symbols.touched is known to fit, need one with not (impact at least low)\n"
       "  pass: impact less than low (now critical) for d (src/d.cpp:7)\n"},
      {R"({"none": [)" + every + tested + "]}", "pass none\n  tests.reaching = 0 — a (src/a.cpp:7)\n"},
  });
}

TEST(Judge, SomeNamesTheNearestRow) {
  const std::string some = R"({"some": "symbols.touched", )";
  expect_told({
      {some + R"("has": {"field": "impact", "is": "high"}})", "pass none\n  impact = high — a (src/a.cpp:7)\n"},
      {some + R"("where": {"field": "impact", "is": "high"}, "has": {"field": "tests.reaching", "at_least": 1}})",
       "fail block\n"
       "  none of 4 symbols.touched is known to fit, need one with tests.reaching at least 1 among those with impact "
       "high\n"
       "  pass: impact high (now critical) for d (src/d.cpp:7)\n"},
      {R"({"none": [)" + some + R"("has": {"field": "impact", "is": "high"}}]})",
       "fail block\n  impact = high, need not high — 2 of 4 symbols.touched: a (src/a.cpp:7), b (src/b.cpp:7)\n"
       "  pass: impact not high (now high) for a (src/a.cpp:7), b (src/b.cpp:7)\n"},
      {R"({"none": [)" + some + R"("has": {"field": "impact", "is": "moderate"}}]})",
       "pass none\n  4 of 4 symbols.touched concerned, all with not (impact moderate)\n"},
  });
}

TEST(Judge, EmptyListsSaySo) {
  Facts facts = some_facts();
  facts.set_list("symbols.touched", {});
  expect_told({{R"({"every": "symbols.touched", "has": {"field": "impact", "is": "low"}})",
                "pass none\n  symbols.touched is empty\n"},
               {R"({"some": "symbols.touched", "has": {"field": "impact", "is": "low"}})",
                "fail block\n  symbols.touched is empty, need one with impact low\n  pass: one of symbols.touched with "
                "impact low\n"}},
              facts);
}

TEST(Judge, UnknownListsAndRowsAreUnknown) {
  Facts facts = some_facts();
  facts.set_list_unknown("symbols.touched", "no compile database");
  const std::string unknown_list =
      "unknown block\n  symbols.touched is unknown (no compile database)\n  pass: symbols.touched known (now unknown: "
      "no compile database)\n";
  expect_told({{R"({"every": "symbols.touched", "has": {"field": "impact", "is": "low"}})", unknown_list},
               {R"({"some": "symbols.touched", "has": {"field": "impact", "is": "low"}})", unknown_list}},
              facts);
  const std::string every =
      R"({"every": "symbols.touched", "where": {"field": "impact", "at_least": "high"}, "has": {"field": "tests.reaching", "at_least": 1}})";
  auto unsure = row("u", "high", whole(0));
  unsure.fields["impact"] = Unknown{"no graph"};
  facts.set_list("symbols.touched", {unsure, row("a", "high", whole(1))});
  expect_told({{every,
                "unknown block\n"
                "  impact is unknown (no graph), need at least high — 1 of 2 symbols.touched: u (src/u.cpp:7)\n"
                "  tests.reaching = 0, need at least 1 (raise it by 1) — 1 of 2 symbols.touched: u (src/u.cpp:7)\n"
                "  pass: impact at least high (now unknown: no graph) for u (src/u.cpp:7)\n"
                "  pass: tests.reaching at least 1 (now 0: raise it by 1) for u (src/u.cpp:7)\n"},
               {R"({"some": "symbols.touched", "has": {"field": "impact", "is": "low"}})",
                "unknown block\n  none of 2 symbols.touched is known to fit, need one with impact low\n"
                "  pass: impact low (now unknown: no graph) for u (src/u.cpp:7)\n"}},
              facts);
  facts.set_list("symbols.touched", {unsure, row("a", "high", whole(0))});
  expect_told({{every,
                "fail block\n"
                "  tests.reaching = 0, need at least 1 (raise it by 1) — 1 of 2 symbols.touched: a (src/a.cpp:7)\n"
                "  pass: tests.reaching at least 1 (now 0: raise it by 1) for a (src/a.cpp:7)\n"
                "  pass: impact at least high (now unknown: no graph) for u (src/u.cpp:7)\n"
                "  pass: tests.reaching at least 1 (now 0: raise it by 1) for u (src/u.cpp:7)\n"}},
              facts);
  unsure.fields["tests.reaching"] = whole(2);
  unsure.fields.erase("impact");
  facts.set_list("symbols.touched", {unsure});
  EXPECT_EQ(outcome_of(every, facts).result, RuleResult::pass) << "whatever its impact is";
}

TEST(Judge, AtMostTwentyOffendersAreNamedButAllAreCounted) {
  std::vector<Row> rows;
  for (int i = 10; i < 35; ++i) rows.push_back(row(("f" + std::to_string(i)).c_str(), "high", whole(0)));
  rows[0].at = {};
  rows[1].at.line = 0;
  rows[2].at = rows[3].at;
  Facts facts;
  facts.set_list("symbols.touched", rows);
  const auto outcome =
      outcome_of(R"({"every": "symbols.touched", "has": {"field": "tests.reaching", "at_least": 1}})", facts);
  EXPECT_EQ(outcome.because.size(), 1U);
  EXPECT_NE(outcome.because[0].find(
                "— 25 of 25 symbols.touched: f10, f11 (src/f11.cpp), f12 (src/f13.cpp:7), f13 (src/f13.cpp:7), "),
            std::string::npos)
      << outcome.because[0];
  EXPECT_TRUE(outcome.because[0].ends_with("f29 (src/f29.cpp:7) and 5 more")) << outcome.because[0];
  EXPECT_EQ(outcome.at.size(), 20U);
  EXPECT_EQ(outcome.at.front(), (Place{"src/f11.cpp", 0, 0}));
}

TEST(Judge, HostileNamesStayOnOneLine) {
  Facts facts;
  facts.set("target.ref", text("a\nBLOCK\x1b[0m"));
  facts.set_list("symbols.touched", {row("x\ny", "high", whole(0))});
  EXPECT_EQ(outcome_of(R"({"fact": "target.ref", "is": "x"})", facts).because[0], "target.ref = a?BLOCK?[0m, need x");
  EXPECT_EQ(outcome_of(R"({"every": "symbols.touched", "has": {"field": "tests.reaching", "at_least": 1}})", facts)
                .because[0],
            "tests.reaching = 0, need at least 1 (raise it by 1) — 1 of 1 symbols.touched: x?y (src/x?y.cpp:7)");
}

}  // namespace
}  // namespace patchgate
