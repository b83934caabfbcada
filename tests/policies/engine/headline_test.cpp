#include "policies/engine/headline.h"

#include <gtest/gtest.h>

#include "policies/engine/evaluate.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

Facts some_facts(int rows = 1) {
  Facts facts;
  facts.set("patch.files.count", std::int64_t{4});
  facts.set("patch.hotfix", true);
  facts.set("impact.level", Unknown{"code is unread"});
  facts.set("risk.level", Unknown{"code is unread"});
  std::vector<Row> touched;
  for (int i = 0; i < rows; ++i) {
    touched.push_back({"f" + std::to_string(i),
                       {"a.cpp", 1, 0},
                       {{"tests.reaching", std::int64_t{0}}, {"sinks.count", std::int64_t{i}}}});
  }
  facts.set_list("symbols.touched", touched);
  return facts;
}

const std::string kFails = R"("require": {"fact": "patch.hotfix", "is": false})";
const std::string kHolds = R"("require": {"fact": "patch.hotfix", "is": true})";
const std::string kUnknown = R"("require": {"fact": "impact.level", "is": "low"})";
const std::string kUntested =
    R"("require": {"every": "symbols.touched", "has": {"field": "tests.reaching", "at_least": 1}})";

/// Rules from "LEVEL members".
std::string headline_of(const std::vector<std::pair<std::string, std::string>>& rules, int rows = 1) {
  std::string text;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::string(R"({"id": "r)") + std::to_string(i) + R"(", "level": ")" +
            rules[i].first + "\", " + rules[i].second + "}";
  }
  return evaluate(good_policy(R"({"policy": 1, "rules": [)" + text + "]}"), some_facts(rows), {}).headline;
}

TEST(Headline, Table) {
  const auto says = [](const std::string& words) { return R"("missing": ")" + words + "\", " + kFails; };
  struct Case {
    std::vector<std::pair<std::string, std::string>> rules;
    const char* headline;
  };
  for (
      const auto& [rules, expected] : std::vector<Case>{
          {{{"block", kHolds}}, "ALLOW: 1 of 1 rule applied, none objects"},
          {{{"block", kHolds}, {"warn", R"("when": {"fact": "patch.hotfix", "is": false}, )" + kFails}},
           "ALLOW: 1 of 2 rules applied, none objects"},
          {{{"observe", kFails}, {"observe", kUnknown}},
           "ALLOW: 2 of 2 rules applied, none objects; 1 rule at observe would object"},
          {{{"observe", kFails}, {"observe", kFails}},
           "ALLOW: 2 of 2 rules applied, none objects; 2 rules at observe would object"},
          {{{"block", R"("unknown": "observe", )" + kUnknown}}, "ALLOW: 1 of 1 rule applied, none objects"},
          {{{"block", says("a is missing")}}, "BLOCK: a is missing"},
          {{{"block", says("a")}, {"final", says("b")}}, "BLOCK: a, and b"},
          {{{"block", says("a")}, {"block", says("b")}, {"block", says("c")}}, "BLOCK: a, b, and c"},
          {{{"block", says("a")},
            {"block", says("b")},
            {"block", says("c")},
            {"block", says("d")},
            {"block", says("e")}},
           "BLOCK: a, b, c, and 2 more"},
          {{{"warn", says("w")}, {"block", says("a")}, {"observe", says("o")}}, "BLOCK: a; 1 rule warns"},
          {{{"warn", says("w")}, {"block", says("a")}, {"warn", says("v")}}, "BLOCK: a; 2 rules warn"},
          {{{"warn", says("w")}, {"observe", says("o")}}, "WARN: w"},
          {{{"warn", R"("title": "no hotfix", )" + kFails}}, "WARN: no hotfix: hotfix: yes, needed: no"},
          {{{"warn", R"("title": "low impact", "missing": "m", )" + kUnknown}}, "WARN: not known whether low impact"},
          {{{"warn", R"("title": "low impact", )" + kUnknown},
            {"warn", R"("missing": "m", "when": {"fact": "impact.level", "is": "low"}, )" + kFails},
            {"warn", says("certain")}},
           "WARN: certain, m, and not known whether low impact (impact not known)"},
          {{{"warn", R"("missing": "m", "when": {"fact": "impact.level", "is": "low"}, )" + kFails}},
           "WARN: m (impact not known)"},
          {{{"warn",
             R"("missing": "m", "when": {"all": [{"fact": "impact.level", "is": "low"}, {"fact": "risk.level", "is": "low"}]}, )" +
                 kFails},
            {"warn", R"("missing": "n", "when": {"fact": "impact.level", "is": "low"}, )" + kFails}},
           "WARN: m, and n (impact and risk not known)"},
          {{{"warn",
             R"("missing": "{value} files, {count}{offenders}", "require": {"fact": "patch.files.count", "at_most": 1})"}},
           "WARN: 4 files, 0"},
          {{{"warn",
             R"("missing": "rule", "require": {"fact": "patch.files.count", "at_most": 1, "missing": "{value} files"})"}},
           "WARN: 4 files"},
          {{{"warn",
             R"("missing": "rule", "require": {"all": [{"fact": "impact.level", "is": "low", "missing": "unsure"},
                          {"fact": "patch.hotfix", "is": false}, {"fact": "patch.files.count", "at_most": 1, "missing": "{value} files"}]})"}},
           "WARN: 4 files"},
          {{{"warn",
             R"("require": {"all": [{"fact": "patch.hotfix", "is": false}, {"fact": "patch.files.count", "at_most": 1}],
                          "missing": "both"})"}},
           "WARN: both"},
      }) {
    EXPECT_EQ(headline_of(rules), expected);
  }
}

TEST(Headline, AReasonIsWithTheRuleAndNotHere) {
  const std::string why = "2 changed places could not be read, among them src/billing/tax.cpp:117 (inactive)";
  Facts facts;
  facts.set("impact.level", Unknown{why});
  facts.set_list_unknown("symbols.touched", why);
  for (const auto& require : {kUnknown, kUntested}) {
    const auto judged =
        evaluate(good_policy(R"({"policy": 1, "rules": [{"id": "r", "title": "all is well", "level": "block", )" +
                             require + "}]}"),
                 facts, {});
    EXPECT_EQ(judged.headline, "BLOCK: not known whether all is well");
    EXPECT_NE(judged.rules.at(0).because.at(0).find("(" + why + ")"), std::string::npos);
    EXPECT_NE(judged.rules.at(0).plain.missing.at(0).find("(" + why + ")"), std::string::npos);
  }
}

TEST(Headline, IsNeverMuchLongerThanALine) {
  const std::string title = R"("title": ")" + std::string(60, 't') + R"(", )";
  const std::string words = R"("missing": ")" + std::string(45, 'm') + R"(", )";
  const std::string endless = R"("missing": "long )" + std::string(300, 'x') + R"(", )";
  const std::string open = R"("when": {"fact": "risk.level", "is": "low"}, )";
  EXPECT_EQ(headline_of({{"block", title + kUnknown}, {"block", words + open + kFails}, {"block", words + kFails}}),
            "BLOCK: " + std::string(45, 'm') + ", " + std::string(45, 'm') + ", and 1 more (risk not known)");
  for (const auto& rule : {endless + kFails, endless + open + kFails, title + endless + kUnknown}) {
    const auto text = headline_of({{"block", rule}, {"block", rule}, {"warn", rule}});
    EXPECT_LE(text.size(), 145U) << text;
    EXPECT_NE(text.find(", and 1 more"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("; 1 rule warns")) << text;
  }
}

TEST(Headline, NamesThreeOffendersAndCountsTheRest) {
  const std::vector<std::pair<std::string, std::string>> rule{
      {"block", R"x("missing": "no test reaches {offenders} ({count})", )x" + kUntested}};
  EXPECT_EQ(headline_of(rule, 1), "BLOCK: no test reaches f0 (1)");
  EXPECT_EQ(headline_of(rule, 3), "BLOCK: no test reaches f0, f1, f2 (3)");
  EXPECT_EQ(headline_of(rule, 7), "BLOCK: no test reaches f0, f1, f2 and 4 more (7)");
  EXPECT_EQ(headline_of({{"block", R"("missing": "{offenders}", "require": {"every": "symbols.touched", "has":
                           {"all": [{"field": "tests.reaching", "at_least": 1}, {"field": "sinks.count", "at_least": 9}]}})"}},
                        2),
            "BLOCK: f0, f1")
      << "each once";
  EXPECT_EQ(headline_of({{"block", R"("missing": "{offenders}", "require": {"every": "symbols.touched", "has":
                           {"field": "sinks.count", "at_most": 1, "missing": "{value} sinks behind {offenders}"}})"}},
                        3),
            "BLOCK: 2 sinks behind f2");
}

TEST(Headline, AConditionWithoutPartsHasNothingToSayButTheTitle) {
  Policy policy;
  policy.rules.emplace_back();
  policy.rules[0].title = "one of nothing";
  policy.rules[0].level = RuleLevel::block;
  policy.rules[0].require.kind = Condition::Kind::any;
  EXPECT_EQ(evaluate(policy, {}, {}).headline, "BLOCK: one of nothing");
}

TEST(Headline, AdviceKeepsTheReasonsButNotTheForce) {
  const auto policy = good_policy(R"({"policy": 1, "rules": [{"id": "r", "level": "final", "missing": "m", )" + kFails +
                                  R"(}, {"id": "s", "level": "block", )" + kHolds + "}]}");
  const auto advice = as_advice(evaluate(policy, some_facts(), {}), "no policy on main yet");
  EXPECT_EQ(advice.decision, Decision::warn);
  EXPECT_EQ(advice.headline, "WARN: no policy on main yet; the rules would say BLOCK: m");
  EXPECT_EQ(lines(advice.notes), "no policy on main yet: the rules were only observed\n");
  EXPECT_EQ(advice.rules.at(0).level, RuleLevel::observe);
  EXPECT_EQ(advice.rules.at(0).effect, Effect::observe);
  EXPECT_EQ(advice.rules.at(0).result, RuleResult::fail);
  EXPECT_EQ(advice.rules.at(1).effect, Effect::none);
  EXPECT_EQ(as_advice(evaluate(Policy{}, some_facts(), {}), "x").decision, Decision::none);
}

}  // namespace
}  // namespace patchgate
