#include <gtest/gtest.h>

#include "said.h"

namespace patchgate {
namespace {

/// A file of flagd with one flag; `rest` stands behind its state.
std::string flagd(const std::string& rest, const std::string& state = "ENABLED") {
  return "{\"flags\": {\"k\": {\"state\": \"" + state + "\", \"variants\": {\"on\": true, \"off\": false},\n" + rest +
         "}}}";
}
std::string fractional(const std::string& parts) {
  return flagd("\"defaultVariant\": \"off\",\n\"targeting\": {\"fractional\": " + parts + "}");
}

/// One flag of LaunchDarkly; `environment` is the content of its only one.
std::string launchdarkly(const std::string& environment, const std::string& when = "\"2026-01-05T10:00:00Z\"") {
  return "{\"exportedAt\": " + when +
         ", \"key\": \"k\", \"variations\": [{\"value\": true}, {\"value\": false}],\n\"environments\": "
         "{\"production\": {" +
         environment + "}}}";
}
std::string rollout(int on, int off) {
  return "\"on\": true, \"fallthrough\": {\"rollout\": {\"variations\": [{\"variation\": 0, \"weight\": " +
         std::to_string(on) + "}, {\"variation\": 1, \"weight\": " + std::to_string(off) + "}]}}";
}

/// What the patch does to src/a.cpp: a guard around new code.
void guard_all(test::Story& story) {
  FileChange file;
  file.path = "src/a.cpp";
  file.c_family = true;
  file.file_class = FileClass::source;
  file.hunks = {{{1, 0}, {2, 1}}};
  story.patch.files.push_back(file);
  story.context.rollout_inputs.changed_code.push_back(
      {"src/a.cpp", "void f() {\n}\n", "void f() {\n  if (c.BoolVariation(u, \"k\", false)) g();\n}\n"});
  story.context.rollout_inputs.flag_catalogues.emplace_back("built-in", std::string(builtin_flag_catalogue()));
}

std::string with_flags(const std::string& path, const std::string& text) {
  test::Story story("src/a.cpp:1-3 function f\ntouch f\n");
  guard_all(story);
  story.context.rollouts.push_back({path, text, "head"});
  story.run(rollout_manifests);
  std::string said =
      story.fact("rollout.level").substr(8) + "; " + story.fact("rollout.first_stage.percent").substr(20);
  if (!story.findings.rollout.plans.empty()) {
    const RolloutPlan& plan = story.findings.rollout.plans.front();
    if (plan.stages.empty()) said += " | " + plan.plain_why;
    for (const auto& [at, text2] : plan.remarks) said += " | " + text2;
  }
  for (const std::string& spot : story.findings.blind_spots) said += " | " + spot;
  return said;
}

struct Case {
  const char* name;
  std::string text;
  const char* expected;
};

const Case kFlagdCases[] = {
    {"a share", fractional("[{\"var\": \"email\"}, [\"on\", 5], [\"off\", 95]]"),
     "level = staged at f.json:3; percent = 5 at f.json:3"},
    {"weights are relative", fractional("[[\"on\", 1], [\"off\", 9]]"),
     "level = staged at f.json:3; percent = 10 at f.json:3 | weights of flagd are relative: they add up to 10, 1 of it "
     "is "
     "on"},
    {"a weight that is left out is one", fractional("[[\"on\"], [\"off\", 3]]"),
     "level = staged at f.json:3; percent = 25 at f.json:3 | weights of flagd are relative: they add up to 4, 1 of it "
     "is "
     "on"},
    {"disabled", flagd("\"defaultVariant\": \"off\"", "DISABLED"),
     "level = weak at f.json:1; percent = 100 at f.json:1 | the share of the flag k is not known: it is not ENABLED, "
     "and "
     "the default that the code gives decides | rollout: f.json:1: the flag k is not ENABLED: the default that the "
     "code "
     "gives decides"},
    {"new, and on for everybody", flagd("\"defaultVariant\": \"on\""),
     "level = none at f.json:2; percent = 100 at f.json:2 | the flag k is on for everybody: the new code runs at once "
     "| "
     "rollout: f.json:2: the flag k is on for everybody: the new code runs at once"},
    {"off for everybody", flagd("\"defaultVariant\": \"off\""),
     "level = staged at f.json:2; percent = 0 at f.json:2 | nobody gets the new code until a person moves the flag k: "
     "that "
     "step is not seen here"},
    {"a default that is on behind the targeting",
     flagd("\"defaultVariant\": \"on\", \"targeting\": {\"fractional\": [[\"on\", 5], [\"off\", 95]]}"),
     "level = staged at f.json:2; percent = 5 at f.json:2 | rollout: f.json:2: the default of the flag k is on: "
     "whoever the "
     "targeting does not pick gets true"},
    {"conditions", flagd("\"defaultVariant\": \"off\", \"targeting\": {\"if\": [{\"==\": [1, 1]}, \"on\"]}"),
     "level = weak at f.json:2; percent = 100 at f.json:2 | the share of the flag k is not known: its targeting asks "
     "for "
     "more than a share"},
    {"variants of another type",
     "{\"flags\": {\"k\": {\"state\": \"ENABLED\", \"variants\": {\"a\": \"x\"}, \"defaultVariant\": \"a\"}}}",
     "level = weak at f.json:1; percent = 100 at f.json:1 | the share of the flag k is not known: its variants are not "
     "all "
     "true or false, so which of them runs the new code is not seen"},
    {"a part that is no pair", fractional("[[\"on\", \"5\"], [\"off\", 95]]"),
     "level = weak at f.json:3; percent = 100 at f.json:3 | the share of the flag k is not known: its fractional has a "
     "part "
     "that is not [variant, weight]"},
    {"no weight", fractional("[[\"on\", 0], [\"off\", 0]]"),
     "level = weak at f.json:3; percent = 100 at f.json:3 | the share of the flag k is not known: its fractional has "
     "no "
     "weight above 0"},
    {"another flag", "{\"flags\": {\"other\": {\"state\": \"ENABLED\", \"variants\": {\"on\": true}}}}",
     "level = weak at src/a.cpp:2; percent = 100 at src/a.cpp:2 | the share of the flag k is not known: it is in none "
     "of "
     "the files given"},
};

const Case kLaunchDarklyCases[] = {
    {"a share", launchdarkly(rollout(2500, 97500)),
     "level = staged at f.json:2; percent = 2.5 at f.json:2 | exported at 2026-01-05T10:00:00Z"},
    {"no time of export", launchdarkly(rollout(2500, 97500), "\"today\""),
     "level = weak at f.json:1; percent = 100 at f.json:1 | the share of the flag k is not known: the file does not "
     "say "
     "when it was exported (exportedAt, RFC 3339)"},
    {"weights that do not add up", launchdarkly(rollout(5, 95)),
     "level = weak at f.json:2; percent = 100 at f.json:2 | the share of the flag k is not known: the weights of its "
     "rollout add up to 100 and not to 100000 | exported at 2026-01-05T10:00:00Z"},
    {"switched off", launchdarkly("\"on\": false, \"offVariation\": 1"),
     "level = staged at f.json:2; percent = 0 at f.json:2 | exported at 2026-01-05T10:00:00Z | nobody gets the new "
     "code "
     "until a person moves the flag k: that step is not seen here"},
    {"switched off, which means on", launchdarkly("\"on\": false, \"offVariation\": 0"),
     "level = none at f.json:2; percent = 100 at f.json:2 | the flag k is on for everybody: the new code runs at once "
     "| "
     "exported at 2026-01-05T10:00:00Z | rollout: f.json:2: the flag k is on for everybody: the new code runs at once"},
    {"everybody", launchdarkly("\"on\": true, \"fallthrough\": {\"variation\": 0}"),
     "level = none at f.json:2; percent = 100 at f.json:2 | the flag k is on for everybody: the new code runs at once "
     "| "
     "exported at 2026-01-05T10:00:00Z | rollout: f.json:2: the flag k is on for everybody: the new code runs at once"},
    {"rules", launchdarkly(rollout(1, 99999) + ", \"rules\": [{}]"),
     "level = weak at f.json:2; percent = 100 at f.json:2 | the share of the flag k is not known: its rules pick users "
     "beside the share | exported at 2026-01-05T10:00:00Z"},
};

TEST(Flags, Flagd) {
  for (const Case& c : kFlagdCases) EXPECT_EQ(with_flags("f.json", c.text), c.expected) << c.name;
}

TEST(Flags, LaunchDarkly) {
  for (const Case& c : kLaunchDarklyCases) EXPECT_EQ(with_flags("f.json", c.text), c.expected) << c.name;
}

TEST(Flags, TheLargestShareOfSeveralEnvironments) {
  const std::string text =
      "{\"exportedAt\": \"2026-01-05T10:00:00Z\", \"items\": [{\"key\": \"k\", \"variations\": "
      "[{\"value\": true}, {\"value\": false}],\n\"environments\": {\"eu\": {" +
      rollout(1000, 99000) + "},\n\"us\": {" + rollout(5000, 95000) + "}}}]}";
  EXPECT_EQ(with_flags("f.json", text),
            "level = staged at f.json:3; percent = 5 at f.json:3 | exported at 2026-01-05T10:00:00Z | no environment "
            "is named "
            "production: the largest share counts");
}

TEST(Flags, TheStrongerOfManifestAndFlagCounts) {
  test::Story story("src/a.cpp:1-3 function f\ntouch f\n");
  guard_all(story);
  story.context.rollouts.push_back({"f.json", fractional("[[\"on\", 5], [\"off\", 95]]"), "head"});
  story.context.rollouts.push_back({"d.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec: {}\n", "head"});
  story.run(rollout_manifests);
  EXPECT_EQ(story.fact("rollout.system"), "rollout.system = flagd at f.json:3");
  EXPECT_EQ(story.fact("rollout.linked"), "rollout.linked = yes at f.json:3");
  ASSERT_EQ(story.findings.rollout.plans.size(), 2U);
  story.context.rollouts.push_back(
      {"r.json", R"({"rollout": 1, "stages": [{"percent": 1, "bake": "1h", "abort": {"metric": "m", "when": "> 1"}}]})",
       "head"});
  story.findings = {};
  story.run(rollout_manifests);
  EXPECT_EQ(story.fact("rollout.system"), "rollout.system = stages at r.json:1");
}

TEST(Flags, AreNothingWhereNoneGuards) {
  EXPECT_EQ(in_short({{"f.json", fractional("[[\"on\", 5], [\"off\", 95]]")}}), "level = none");
}

TEST(Flags, ACatalogueThatCannotBeRead) {
  test::Story story("src/a.cpp:1-3 function f\ntouch f\n");
  guard_all(story);
  story.context.rollout_inputs.flag_catalogues.emplace_back(".patchgate/flags.json", "{\"flags\": 1,\n\"group\": []}");
  story.run(rollout_manifests);
  EXPECT_EQ(story.fact("rollout.level"),
            "rollout.level ? .patchgate/flags.json:2: unknown key \"group\" at .patchgate/flags.json:2");
}

}  // namespace
}  // namespace patchgate
