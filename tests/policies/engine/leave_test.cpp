#include "policies/engine/leave.h"

#include <gtest/gtest.h>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/evaluate.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

const std::int64_t kNow = *parse_rfc3339("2026-01-05T12:00:00Z");

constexpr const char* kPolicy = R"({"policy": 1, "rules": [
  {"id": "tested", "title": "each is tested", "level": "block",
   "require": {"every": "symbols.touched", "has": {"field": "tests.reaching", "at_least": 1}}},
  {"id": "gate", "title": "gate kept", "level": "block", "require": {"fact": "patch.gate_files.count", "at_most": 0}},
  {"id": "rollout", "title": "staged", "level": "block", "require": {"fact": "rollout.level", "at_least": "staged"}},
  {"id": "soft", "title": "few", "level": "warn", "require": {"fact": "patch.files.count", "at_most": 1}},
  {"id": "hard", "title": "no revert", "level": "final", "require": {"fact": "patch.revert", "is": false}}]})";

Row symbol(const char* name, const char* file, Value tests) {
  return {name, {file, 3, 0}, {{"tests.reaching", std::move(tests)}, {"name", std::string(name)}}};
}

Facts facts() {
  Facts all;
  all.set_list("symbols.touched",
               {symbol("a::f", "a/f.cpp", std::int64_t{0}), symbol("a::g", "a/f.cpp", Unknown{"no graph"}),
                symbol("b::h", "b/h.cpp", std::int64_t{0}), symbol("b::ok", "b/h.cpp", std::int64_t{2})});
  all.set("patch.gate_files.count", std::int64_t{2}, {{".patchgate/policy.json", 0, 0}, {"a/CODEOWNERS", 0, 0}});
  all.set("rollout.level", std::string("none"));
  all.set("patch.files.count", std::int64_t{3});
  all.set("patch.revert", false);
  return all;
}

std::string exception(const std::string& rule, const std::string& path, const std::string& symbol = "",
                      const std::string& expires = "2026-02-01") {
  return R"({"rule": ")" + rule + R"(", "paths": [")" + path + "\"]" +
         (symbol.empty() ? "" : R"(, "symbol": ")" + symbol + "\"") +
         R"(, "reason": "why", "owner": "ana", "ticket": "T-1", "expires": ")" + expires + "\"}";
}

Leave leave_of(const Policy& policy, const std::string& list) {
  auto loaded = load_exceptions("e.json", "{\"exceptions\": [" + list + "]}", policy.rules, kNow);
  EXPECT_EQ(lines(loaded.errors), "");
  Leave leave;
  leave.exceptions = std::move(loaded.list);
  leave.now = kNow;
  return leave;
}

const std::vector<std::string> kPaths{"a/f.cpp", "b/h.cpp", ".patchgate/policy.json", "a/CODEOWNERS"};

/// Each rule in a line: "tested fail block", what exceptions cover of it, and the states of the exceptions.
std::string told(const VerdictWithLeave& judged) {
  std::string text;
  for (const auto& rule : judged.verdict.rules) {
    text += rule.id + " " + name_of(rule.result) + " " + name_of(rule.effect) + (rule.excepted ? " excepted" : "");
    for (const auto& use : rule.exceptions)
      for (const auto& covered : use.covered) text += " " + covered;
    text += rule.overridden ? " overridden\n" : "\n";
  }
  for (const auto state : judged.exceptions) text += std::string(name_of(state)) + "\n";
  return text + name_of(judged.verdict.decision);
}

TEST(Exceptions, CoverTheirOffendersOnly) {
  const auto policy = good_policy(kPolicy);
  struct Case {
    std::string list;
    const char* says;
  };
  const char* rest = "rollout fail block\nsoft fail warn\nhard pass none\n";
  const Case cases[] = {
      {"", "tested fail block\ngate fail block\n"},
      {exception("tested", "a/**"), "tested fail block a::f a::g\ngate fail block\n"},
      {exception("tested", "a/**") + "," + exception("tested", "b/*"),
       "tested fail none excepted a::f a::g b::h b::ok\ngate fail block\n"},
      {exception("tested", "**", "b::h"), "tested fail block b::h\ngate fail block\n"},
      {exception("tested", "a/**", "b::h"), "tested fail block\ngate fail block\n"},
      {exception("tested", "b/**", "b::ok"), "tested fail block b::ok\ngate fail block\n"},
      {exception("gate", "a/*"), "tested fail block\ngate fail block a/CODEOWNERS\n"},
      {exception("gate", "a/*") + "," + exception("gate", ".patchgate/**"),
       "tested fail block\ngate fail none excepted a/CODEOWNERS .patchgate/policy.json\n"},
      {exception("tested", "**", "", "2026-01-04"), "tested fail block\ngate fail block\n"},
      {exception("tested", "**", "", "2026-01-05"),
       "tested fail none excepted a::f a::g b::h b::ok\ngate fail block\n"},
  };
  for (const auto& [list, says] : cases) {
    const auto text = told(evaluate(policy, facts(), kPaths, leave_of(policy, list)));
    EXPECT_TRUE(text.starts_with(std::string(says) + rest)) << list << "\n" << text;
  }
}

TEST(Exceptions, OfWhatHasNoPlaceTheyCoverTheWholePatchOrNothing) {
  const auto policy = good_policy(kPolicy);
  const auto rollout = [&](const std::string& list, const std::vector<std::string>& paths) {
    return std::string(evaluate(policy, facts(), paths, leave_of(policy, list)).verdict.rules.at(2).excepted ? "yes"
                                                                                                             : "no");
  };
  EXPECT_EQ(rollout(exception("rollout", "a/**"), {"a/f.cpp", "a/g.cpp"}), "yes");
  EXPECT_EQ(rollout(exception("rollout", "a/**"), {"a/f.cpp", "b/g.cpp"}), "no");
  EXPECT_EQ(rollout(exception("rollout", "a/**") + "," + exception("rollout", "b/**"), {"a/f.cpp", "b/g.cpp"}), "yes");
  EXPECT_EQ(rollout(exception("rollout", "a/**", "a::f"), {"a/f.cpp"}), "no");
  EXPECT_EQ(rollout(exception("rollout", "**"), {}), "no");
}

TEST(Exceptions, DoNotCoverWhatThePatchMovesIntoThem) {
  const auto policy = good_policy(kPolicy);
  auto leave = leave_of(policy, exception("tested", "a/**"));
  leave.moved = {{"a/f.cpp", {"a/old.cpp", "c/f.cpp"}}};
  EXPECT_TRUE(evaluate(policy, facts(), kPaths, leave).verdict.rules.at(0).exceptions.empty());
  leave.moved = {{"a/f.cpp", {"a/old.cpp"}}};
  EXPECT_EQ(evaluate(policy, facts(), kPaths, leave).verdict.rules.at(0).exceptions.size(), 1U);
}

TEST(Exceptions, ACountWithoutAllItsPlacesIsNotLowered) {
  const auto policy = good_policy(kPolicy);
  auto some = facts();
  some.set("patch.gate_files.count", std::int64_t{3}, {{".patchgate/policy.json", 0, 0}, {"a/CODEOWNERS", 0, 0}});
  EXPECT_TRUE(evaluate(policy, some, kPaths, leave_of(policy, exception("gate", "a/**")))
                  .verdict.rules.at(1)
                  .exceptions.empty());
}

TEST(Exceptions, TouchNoOtherRule) {
  const auto policy = good_policy(kPolicy);
  const auto before = evaluate(policy, facts(), kPaths);
  for (const char* rule : {"tested", "gate", "rollout", "soft"}) {
    const auto after = evaluate(policy, facts(), kPaths, leave_of(policy, exception(rule, "**"))).verdict;
    for (std::size_t i = 0; i < before.rules.size(); ++i) {
      if (before.rules[i].id == rule) continue;
      EXPECT_EQ(before.rules[i].effect, after.rules[i].effect) << rule;
      EXPECT_EQ(before.rules[i].because, after.rules[i].because) << rule;
      EXPECT_FALSE(after.rules[i].excepted) << rule;
    }
  }
}

TEST(Exceptions, States) {
  const auto policy = good_policy(kPolicy);
  const auto judged =
      evaluate(policy, facts(), kPaths,
               leave_of(policy, exception("tested", "a/**") + "," + exception("tested", "c/**") + "," +
                                    exception("gate", "b/**") + "," + exception("tested", "a/**", "", "2026-01-01")));
  std::string states;
  for (const auto state : judged.exceptions) states += std::string(name_of(state)) + " ";
  EXPECT_EQ(states, "used idle not_needed expired ");
}

TEST(LoadExceptions, SaysWhatIsWrong) {
  const auto policy = good_policy(kPolicy);
  const auto wrong = [&](const std::string& text) {
    return lines(load_exceptions("e.json", text, policy.rules, kNow).errors);
  };
  const auto list = [](const std::string& one) { return "{\"exceptions\": [" + one + "]}"; };
  EXPECT_EQ(wrong("{\"exceptions\": []}"), "");
  EXPECT_EQ(wrong("{}"), "e.json:1:1: this is not a file of exceptions: 'exceptions' is missing\n");
  EXPECT_EQ(wrong("{\"exceptions\": {}}"), "e.json:1:16: 'exceptions' must be a list\n");
  EXPECT_EQ(wrong(list("{\"rule\": \"tested\"}")),
            "e.json:1:17: this exception has no 'paths'; for the whole repository: [\"**\"]\n"
            "e.json:1:17: this exception has no 'reason'\ne.json:1:17: this exception has no 'owner'\n"
            "e.json:1:17: this exception has no 'ticket'\ne.json:1:17: this exception has no 'expires'\n");
  EXPECT_EQ(wrong(list(exception("tessted", "**"))),
            "e.json:1:26: the policy has no rule 'tessted'; did you mean 'tested'?\n");
  EXPECT_EQ(wrong(list(exception("hard", "**"))),
            "e.json:1:26: rule 'hard' is final: it has no exceptions; only a change of the policy lifts it\n");
  EXPECT_EQ(wrong(list(exception("tested", "**", "", "2026-07-04"))), "");
  EXPECT_EQ(wrong(list(exception("tested", "**", "", "2026-07-05"))),
            "e.json:1:114: 'expires' is more than 180 days away; the latest day is 2026-07-04\n");
  EXPECT_EQ(wrong(list(exception("tested", "**", "", "soon"))),
            "e.json:1:114: 'expires' must be a day such as 2026-11-30\n");
  EXPECT_NE(wrong(list(exception("tested", "a**b"))), "");
}

BreakGlass lifting(std::vector<std::string> rules) {
  BreakGlass one;
  for (auto& rule : rules) one.rules.push_back({std::move(rule), {}});
  one.approved_by = "bo@example.org";
  one.not_after = kNow;
  return one;
}

TEST(Overrides, LiftNamedRulesThatBlock) {
  const auto policy = good_policy(kPolicy);
  auto with_revert = facts();
  with_revert.set("patch.revert", true);
  const auto told_with = [&](const Facts& seen, std::vector<std::string> rules) {
    Leave leave;
    leave.overrides = {lifting(std::move(rules))};
    leave.now = kNow;
    const auto judged = evaluate(policy, seen, kPaths, leave);
    return told(judged) + "\n" + judged.verdict.headline;
  };
  EXPECT_EQ(told_with(facts(), {"tested", "gate", "rollout", "soft", "hard"}),
            "tested fail warn overridden\ngate fail warn overridden\nrollout fail warn overridden\nsoft fail warn\n"
            "hard pass none\nwarn\nOVERRIDDEN: each is tested: tests that reach it: 0, needed: at least 1, for a::f "
            "(a/f.cpp:3), b::h (b/h.cpp:3), and 2 more; bo@example.org approved it until 2026-01-05T12:00:00Z");
  EXPECT_TRUE(told_with(facts(), {"tested"}).find("OVERRIDDEN") == std::string::npos);
  EXPECT_TRUE(told_with(facts(), {"tested"}).starts_with("tested fail warn overridden\ngate fail block\n"));
  const auto hard = told_with(with_revert, {"tested", "gate", "rollout", "hard"});
  EXPECT_TRUE(hard.find("hard fail block\nblock\nBLOCK: ") != std::string::npos) << hard;
}

TEST(Overrides, LiftARuleThatIsNotKnownToHold) {
  const auto policy = good_policy(requiring(R"({"fact": "impact.level", "is": "low"})"));
  Leave leave;
  leave.overrides = {lifting({"r"})};
  EXPECT_EQ(told(evaluate(policy, {}, {}, leave)), "r unknown warn overridden\nwarn");
}

TEST(Leave, NothingOfItIsTheSameAsWithout) {
  const auto policy = good_policy(kPolicy);
  const auto without = evaluate(policy, facts(), kPaths);
  const auto with = evaluate(policy, facts(), kPaths, {}).verdict;
  EXPECT_EQ(without.headline, with.headline);
  EXPECT_EQ(without.decision, with.decision);
}

}  // namespace
}  // namespace patchgate
