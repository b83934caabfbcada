#include <gtest/gtest.h>

#include "said.h"

namespace patchgate {
namespace {

TEST(StagesFile, StagedWithAbort) {
  EXPECT_EQ(said({{"rollout.json", R"({
  "$schema": "rollout.schema.json",
  "rollout": 1,
  "stages": [
    {"percent": 1,
     "bake": "30m",
     "abort": {"metric": "null_fields", "when": "> 0"}},
    {"percent": 50, "bake": "2h"}
  ]
})"}}),
            "level = staged_abort at rollout.json:4\n"
            "stages.count = 2 at rollout.json:4\n"
            "first_stage.percent = 1 at rollout.json:5\n"
            "bake.minutes = 30 at rollout.json:6\n"
            "abort = true at rollout.json:7\n");
}

struct Case {
  const char* name;
  const char* stages;
  const char* expected;  ///< the level, or why it is unknown
};

const Case kCases[] = {
    {"no abort", R"([{"percent": 5, "bake": "30m"}])", "level = staged at rollout.json:1"},
    {"an abort that comes too late",
     R"([{"percent": 5, "bake": "30m"}, {"percent": 50, "bake": "1h", "abort": {"metric": "m", "when": "> 1"}}])",
     "level = staged at rollout.json:1"},
    {"everything at once", R"([{"percent": 100, "bake": "30m", "abort": {"metric": "m", "when": "> 1"}}])",
     "level = weak at rollout.json:1"},
    {"an abort that measures nothing", R"([{"percent": 5, "bake": "30m", "abort": {"metric": "m", "when": "1 == 2"}}])",
     "level = staged at rollout.json:1"},
    {"no stage", "[]", "level ? rollout.json:1: \"stages\" must be a list with at least one stage at rollout.json:1"},
    {"a percent that does not rise", R"([{"percent": 5, "bake": "1m"}, {"percent": 5, "bake": "1m"}])",
     "level ? rollout.json:1: the percent of each stage must be higher than that before it at rollout.json:1"},
    {"no percent", R"([{"bake": "1m"}])",
     "level ? rollout.json:1: \"percent\" must be a number above 0 and at most 100 at rollout.json:1"},
    {"a percent in quotes", R"([{"percent": "5", "bake": "1m"}])",
     "level ? rollout.json:1: \"percent\" must be a number above 0 and at most 100 at rollout.json:1"},
    {"percent 0", R"([{"percent": 0, "bake": "1m"}])",
     "level ? rollout.json:1: \"percent\" must be a number above 0 and at most 100 at rollout.json:1"},
    {"percent 101", R"([{"percent": 101, "bake": "1m"}])",
     "level ? rollout.json:1: \"percent\" must be a number above 0 and at most 100 at rollout.json:1"},
    {"no bake", R"([{"percent": 5}])",
     "level ? rollout.json:1: \"bake\" must be a time above zero such as \"30m\", \"2h\" or \"1h30m\" at "
     "rollout.json:1"},
    {"a bake without a unit", R"([{"percent": 5, "bake": 30}])",
     "level ? rollout.json:1: \"bake\" must be a time above zero such as \"30m\", \"2h\" or \"1h30m\" at "
     "rollout.json:1"},
    {"a bake of nothing", R"([{"percent": 5, "bake": "0m"}])",
     "level ? rollout.json:1: \"bake\" must be a time above zero such as \"30m\", \"2h\" or \"1h30m\" at "
     "rollout.json:1"},
    {"a misspelt key", R"([{"percent": 5, "bake": "1m", "abbort": {}}])",
     "level ? rollout.json:1: unknown key \"abbort\"; known are percent, bake, abort at rollout.json:1"},
    {"an abort that says nothing", R"([{"percent": 5, "bake": "1m", "abort": {"metric": "m", "when": ""}}])",
     "level ? rollout.json:1: \"when\" must be a text at rollout.json:1"},
    {"an abort that is only true", R"([{"percent": 5, "bake": "1m", "abort": true}])",
     "level ? rollout.json:1: must be an object at rollout.json:1"},
};

TEST(StagesFile, Cases) {
  for (const Case& c : kCases) {
    const std::string text = std::string(R"({"rollout": 1, "stages": )") + c.stages + "}";
    const std::string result = said({{"rollout.json", text}});
    EXPECT_EQ(result.substr(0, result.find('\n')), c.expected) << c.name;
  }
}

TEST(StagesFile, AnotherVersionIsRefused) {
  const std::string result = said({{"rollout.json", R"({"rollout": 2, "stages": []})"}});
  EXPECT_EQ(result.substr(0, result.find('\n')),
            "level ? rollout.json:1: \"rollout\" must be 1, the version of this format at rollout.json:1");
}

}  // namespace
}  // namespace patchgate
