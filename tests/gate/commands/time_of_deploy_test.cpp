#include "gate/commands/time_of_deploy.h"

#include <gtest/gtest.h>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/load.h"

namespace patchgate {
namespace {

Policy policy_of(const std::string& level) {
  const std::string text = R"({ "policy": 1, "rules": [
    { "id": "a/freeze", "title": "no freeze", "level": ")" +
                           level + R"(",
      "require": { "fact": "calendar.frozen", "is": false }, "fix": "Wait." },
    { "id": "a/late", "title": "not late", "level": "block", "when": { "fact": "risk.level", "at_least": "high" },
      "require": { "fact": "clock.hour", "at_most": 15 }, "fix": "Wait." },
    { "id": "a/size", "title": "small", "level": "block",
      "require": { "fact": "patch.files.count", "at_most": 0 }, "fix": "Less." }] })";
  const auto loaded = load_policy(PolicyText{"policy.json", text}, [](const std::string& /*name*/) {
    return Result<std::string>(fail(Error::Kind::config, "nothing to extend"));
  });
  EXPECT_TRUE(loaded.policy);
  return loaded.policy.value_or(Policy());
}

OpenedCalendar calendar_of(const char* now, bool frozen) {
  OpenedCalendar opened;
  opened.calendar.emplace();
  opened.clock = Clock{parse_rfc3339(now).value_or(0), 0};
  if (frozen) {
    WindowState window;
    window.id = "winter";
    window.ends = "2030-01-01T00:00:00Z";
    opened.state.frozen.push_back(window);
  }
  return opened;
}

struct Case {
  const char* name;
  const char* level;
  const char* now;
  bool frozen, overridden;
  const char* risk;
  std::vector<std::string> lines;
};

TEST(TimeOfDeploy, RulesThatAskForTheTimeAreJudgedAgain) {
  const auto* noon = "2026-06-16T12:00:00Z";
  const auto* evening = "2026-06-16T20:00:00Z";
  const std::string frozen = "release/2.4 is frozen until 2030-01-01 00:00 UTC (window now: winter); a/freeze blocks";
  const std::string late =
      "at 2026-06-16T20:00:00Z a/late blocks a deploy to release/2.4: clock.hour = 20, need at most 15 (lower it by 5)";
  const Case cases[] = {
      {"open", "block", noon, false, false, "low", {}},
      {"frozen", "block", noon, true, false, "low", {frozen}},
      {"a freeze that only warns", "warn", noon, true, false, "low", {}},
      {"overridden", "block", noon, true, true, "low", {}},
      {"late, of high risk as the report says", "block", evening, false, false, "high", {late}},
      {"late, of low risk", "block", evening, false, false, "low", {}},
      {"both", "block", evening, true, false, "high", {frozen, late}},
  };
  for (const auto& one : cases) {
    ReportedVerdict verdict;
    verdict.rules = {{"a/freeze", "block", "pass", "none", one.overridden}};
    verdict.facts.set("risk.level", std::string(one.risk));
    EXPECT_EQ(blocked_now(verdict, policy_of(one.level), calendar_of(one.now, one.frozen), "release/2.4"), one.lines)
        << one.name;
  }
  EXPECT_TRUE(time_may_block(policy_of("warn")));
}

}  // namespace
}  // namespace patchgate
