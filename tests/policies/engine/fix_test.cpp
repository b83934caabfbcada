#include "policies/engine/fix.h"

#include <gtest/gtest.h>

#include "policies/engine/evaluate.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

std::string rule_with(const std::string& fix) {
  return R"({"policy": 1, "rules": [{"id": "r", "level": "block", "fix": )" + fix +
         R"(, "require": {"fact": "analysis.unread.count", "at_most": 0}}]})";
}

const std::string kInactive =
    R"({"when": {"fact": "analysis.unread.inactive.count", "at_least": 1}, "text": "I {details}"})";
const std::string kFailed =
    R"({"when": {"fact": "analysis.unread.failed.count", "at_least": 1}, "text": "F {details}"})";

/// What the rule asks for, and `fix`.
std::string said(const std::string& fix, const Facts& facts) {
  const auto verdict = evaluate(good_policy(rule_with(fix)), facts, {});
  std::string text;
  for (const auto& line : verdict.rules.at(0).to_pass) text += line + "\n";
  return text + "fix: " + verdict.rules.at(0).fix;
}

Facts unread(std::int64_t inactive, std::int64_t failed, std::vector<std::string> inactive_details) {
  Facts facts;
  facts.set("analysis.unread.count", inactive + failed);
  facts.set("analysis.unread.inactive.count", inactive, {}, std::move(inactive_details));
  facts.set("analysis.unread.failed.count", failed, {}, {"b.cpp (no x.h)"});
  return facts;
}

const std::string kNow1 = "analysis.unread.count at most 0 (now 1: lower it by 1)\n";
const std::string kNow2 = "analysis.unread.count at most 0 (now 2: lower it by 2)\n";

TEST(Fix, SaysWhatFitsTheFacts) {
  const std::string both = "[" + kInactive + ", " + kFailed + "]";
  EXPECT_EQ(said(both, unread(1, 0, {"a.cpp:3-9"})), kNow1 + "I a.cpp:3-9\nfix: ");
  EXPECT_EQ(said(both, unread(0, 1, {})), kNow1 + "F b.cpp (no x.h)\nfix: ");
  EXPECT_EQ(said(both, unread(1, 1, {"a.cpp:3-9"})), kNow2 + "I a.cpp:3-9\nF b.cpp (no x.h)\nfix: ");
  EXPECT_EQ(said("[" + kInactive + R"(, {"text": "always"}])", unread(0, 1, {})), kNow1 + "fix: always");
  EXPECT_EQ(said(R"("always")", unread(0, 1, {})), kNow1 + "fix: always");
  Facts none;
  none.set("analysis.unread.count", std::int64_t{1});
  EXPECT_EQ(said(both, none), kNow1 + "fix: ");
  EXPECT_EQ(said(both, unread(0, 0, {})), "fix: ");
}

TEST(Fix, NamesFiveDetailsAndCountsTheRest) {
  EXPECT_EQ(said("[" + kInactive + "]", unread(1, 0, {"a", "b", "c", "d", "e", "f", "g"})),
            kNow1 + "I a, b, c, d, e and 2 more\nfix: ");
  EXPECT_EQ(said("[" + kInactive + "]", unread(1, 0, {"a\n::error::b"})), kNow1 + "I a?::error::b\nfix: ");
  EXPECT_EQ(said("[" + kInactive + "]", unread(1, 0, {})), kNow1 + "I what could not be read\nfix: ");
}

TEST(Fix, DetailsOfAllFactsThatTheConditionAsksAbout) {
  const std::string all =
      R"([{"text": "{details}", "when": {"all": [{"fact": "analysis.unread.inactive.count", "at_least": 1},
                                                {"fact": "analysis.unread.failed.count", "at_least": 1}]}}])";
  EXPECT_EQ(said(all, unread(1, 1, {"a"})), kNow2 + "a, b.cpp (no x.h)\nfix: ");
}

TEST(Fix, WrongOnesAreErrors) {
  struct Case {
    const char* fix;
    const char* error;
  };
  for (const auto& [fix, error] : std::vector<Case>{
           {"3", "p.json:1:62: 'fix' must be a text in quotes\n"},
           {"[]", "p.json:1:62: 'fix' is empty\n"},
           {R"(["a"])", "p.json:1:63: element 1 of 'fix' must be an object in braces\n"},
           {R"([{"when": {"fact": "patch.hotfix", "is": true}}])", "p.json:1:63: this fix has no 'text'\n"},
           {R"([{"text": "a", "txet": "b"}])", "p.json:1:77: unknown key 'txet'; did you mean 'text'?\n"},
           {R"([{"text": "{details}"}])", "p.json:1:72: {details} needs a 'when' that says of which facts\n"},
           {R"([{"text": "{value}"}])", "p.json:1:72: no placeholder '{value}'; there is {details}\n"},
           {R"([{"text": "a", "when": {"fact": "patch.hotfx", "is": true}}])",
            "p.json:1:94: no fact 'patch.hotfx'; did you mean 'patch.hotfix'?\n"},
       }) {
    EXPECT_EQ(lines(load_text(rule_with(fix)).errors), error) << fix;
  }
}

}  // namespace
}  // namespace patchgate
