#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

const std::string kParent = R"({"policy": 1, "hotfix": {"target": ["release/**"]}, "rules": [
 {"id": "a/size", "level": "warn", "title": "small", "require": {"fact": "patch.files.count", "at_most": 10}},
 {"id": "a/tests", "level": "block", "unknown": "block", "paths": ["src/**"], "when": {"fact": "risk.level", "at_least": "high"},
  "require": {"every": "symbols.touched", "has": {"field": "tests.reaching", "at_least": 1}}}]})";

std::string child(const std::string& rules, const std::string& more = "") {
  return "{\"policy\": 1, \"extends\": [\"builtin:parent@1\"]" + more + ", \"rules\": [\n" + rules + "]}";
}

Files files() { return {{"builtin:parent@1", kParent}}; }

TEST(Extends, RulesOfTheParentComeFirst) {
  const auto policy =
      good_policy(child(R"({"id": "own", "level": "warn", "require": {"fact": "patch.hotfix", "is": false}},
               {"id": "a/size", "level": "block", "title": "very small", "fix": "split it", "missing": "too large",
                "require": {"fact": "patch.files.count", "at_most": 5}})"),
                  files());
  std::string ids;
  for (const auto& rule : policy.rules) ids += rule.id + " ";
  EXPECT_EQ(ids, "a/size a/tests own ");
  EXPECT_EQ(policy.rules[0].level, RuleLevel::block);
  EXPECT_EQ(policy.rules[0].title + "; " + policy.rules[0].fixes.at(0).text + "; " + policy.rules[0].missing,
            "very small; split it; too large");
  EXPECT_EQ(describe(policy.rules[0].require), "patch.files.count at most 5");
  EXPECT_EQ(policy.rules[0].at.file, "p.json");
  EXPECT_EQ(policy.rules[1].at.file, "builtin:parent@1");
  EXPECT_EQ(lines(policy.notes), "");
  EXPECT_EQ(lines(policy.sources), "builtin:parent@1\np.json\n");
  EXPECT_EQ(policy.hotfix.target.at(0).pattern(), "release/**");
}

TEST(Extends, AnEmptyListOfOwnRulesIsFine) {
  EXPECT_EQ(good_policy(child(""), files()).rules.size(), 2U);
  EXPECT_EQ(good_policy(R"({"policy": 1, "extends": ["builtin:parent@1"]})", files()).rules.size(), 2U);
}

struct Loosening {
  const char *rule, *what;
};

TEST(Extends, LooseningNeedsAReasonAndIsNoted) {
  for (const auto& [rule, what] : {
           Loosening{R"("id": "a/tests", "level": "warn", "unknown": "block")", "level block → warn"},
           Loosening{R"("id": "a/tests", "level": "observe")", "level block → observe, unknown block → observe"},
           Loosening{R"("id": "a/tests", "unknown": "warn")", "unknown block → warn"},
           Loosening{R"("id": "a/tests", "paths": ["src/a/**"])", "paths"},
           Loosening{R"("id": "a/size", "paths": ["src/**"])", "paths"},
           Loosening{R"("id": "a/tests", "when": {"fact": "risk.level", "at_least": "critical"})", "when"},
           Loosening{R"("id": "a/size", "when": {"fact": "risk.level", "at_least": "high"})", "when"},
           Loosening{R"("id": "a/size", "require": {"fact": "patch.files.count", "at_most": 11})", "require"},
           Loosening{R"("id": "a/size", "require": {"fact": "patch.lines.added", "at_most": 1})", "require"},
           Loosening{R"("id": "a/size", "require": {"any": [{"fact": "patch.files.count", "at_most": 1}]})", "require"},
       }) {
    EXPECT_EQ(lines(load_text(child(std::string("{") + rule + "}"), files()).errors),
              std::string("p.json:2:8: this loosens rule '") +
                  (std::string(rule).find("a/size") != std::string::npos ? "a/size" : "a/tests") + "' (" + what +
                  "); say why with 'loosens': \"reason\"\n");
    const auto policy = good_policy(child(std::string("{") + rule + R"(, "loosens": "because\nof it"})"), files());
    const auto& changed = std::string(rule).find("a/size") != std::string::npos ? "a/size" : "a/tests";
    EXPECT_EQ(lines(policy.notes),
              std::string("rule ") + changed + " is loosened by p.json:2 (" + what + "): because?of it\n");
  }
}

TEST(Extends, AMilderFrameNeedsAReasonAndIsNoted) {
  struct Case {
    const char *frame, *name, *what;
  };
  for (const auto& [frame, name, what] : {
           Case{R"("risk": {"impact": {"moderate": {"percentile": 80}}})", "risk", "moderate.percentile 75 → 80"},
           Case{R"("risk": {"impact": {"critical": {"transitive": 300}, "high": {"transitive": 30}}})", "risk",
                "high.transitive 20 → 30, critical.transitive 200 → 300"},
           Case{R"("risk": {"impact": {"high_feeding_a_sink_is_critical": false}})", "risk",
                "high_feeding_a_sink_is_critical"},
           Case{R"("risk": {"likelihood": {"moderate": 60, "high": 95}})", "risk",
                "likelihood.moderate 50 → 60, likelihood.high 90 → 95"},
           Case{R"("risk": {"table": {"low": ["low", "low", "low"]}})", "risk", "table.low"},
           Case{R"("if_no_rule_applies": "allow")", "if_no_rule_applies", "none → allow"},
       }) {
    const auto with = [&](const std::string& more) { return child("", std::string(", ") + frame + more); };
    EXPECT_EQ(lines(load_text(with(""), files()).errors), std::string("p.json:1:48: this loosens '") + name + "' (" +
                                                              what + "); say why with 'loosens': { \"" + name +
                                                              "\": \"reason\" }\n");
    const auto policy =
        good_policy(with(std::string(R"(, "loosens": {")") + name + R"(": "because\nof it"})"), files());
    EXPECT_EQ(lines(policy.notes),
              std::string("'") + name + "' (" + what + ") is loosened by p.json:1: because?of it\n");
  }
}

TEST(Extends, AFrameThatIsNotMilderNeedsNoReason) {
  for (const char* frame : {R"("risk": {"impact": {"moderate": {"percentile": 70}}})",
                            R"("risk": {"impact": {"high_feeding_a_sink_is_critical": true}})",
                            R"("risk": {"table": {"critical": ["critical", "critical", "critical"]}})",
                            R"("if_no_rule_applies": "none")"}) {
    EXPECT_EQ(lines(good_policy(child("", std::string(", ") + frame), files()).notes), "") << frame;
    const auto own = std::string(R"({"policy": 1, "if_no_rule_applies": "allow", "rules": [{"id": "r", "level": "warn",
      "require": {"fact": "patch.hotfix", "is": false}}], )") +
                     "\"x-a\": 1}";
    EXPECT_EQ(lines(good_policy(own).notes), "");
  }
  const auto idle = load_text(child("", R"(, "loosens": {"risk": "why"})"), files());
  EXPECT_EQ(lines(idle.warnings), "p.json:1:60: 'loosens' is given, but nothing about 'risk' is loosened\n");
  EXPECT_NE(lines(load_text(child("", R"(, "loosens": {"rsik": "why"})"), files()).errors).find("did you mean 'risk'"),
            std::string::npos);
  EXPECT_NE(lines(load_text(child("", R"(, "loosens": "why")"), files()).errors), "");
}

TEST(Extends, TighteningNeedsNoReason) {
  for (
      const char* rule : {
          R"("id": "a/size", "level": "final")",
          R"("id": "a/tests", "level": "final")",
          R"("id": "a/tests", "paths": ["src/**", "lib/**"])",
          R"("id": "a/tests", "when": {"fact": "risk.level", "at_least": "moderate"})",
          R"("id": "a/tests", "require": {"every": "symbols.touched", "has": {"field": "tests.reaching", "at_least": 2}})",
          R"("id": "a/size", "title": "other words")",
      }) {
    const auto loaded = load_text(child(std::string("{") + rule + "}"), files());
    EXPECT_EQ(lines(loaded.errors), "") << rule;
    EXPECT_EQ(lines(loaded.warnings), "") << rule;
    EXPECT_EQ(lines(load_text(child(std::string("{") + rule + R"(, "loosens": "why"})"), files()).warnings),
              std::string("p.json:2:") + std::to_string(std::string(rule).size() + 4) +
                  ": 'loosens' is given, but nothing about rule '" +
                  (std::string(rule).find("a/size") != std::string::npos ? "a/size" : "a/tests") + "' is loosened\n");
  }
}

TEST(Extends, AFinalRuleBlocksWhereItIsUnknown) {
  const auto soft = child(R"({"id": "a/tests", "unknown": "warn", "loosens": "w"})");
  const auto policy =
      good_policy(R"({"policy": 1, "extends": ["soft.json"], "rules": [{"id": "a/tests", "level": "final"}]})",
                  {{"builtin:parent@1", kParent}, {"soft.json", soft}});
  EXPECT_EQ(policy.rules[1].level, RuleLevel::final_);
  EXPECT_EQ(policy.rules[1].unknown, std::nullopt);
}

TEST(Extends, AMisspeltIdIsNoNewRule) {
  EXPECT_EQ(lines(load_text(child(R"({"id": "a/test", "level": "warn"})"), files()).errors),
            "p.json:2:8: rule 'a/test' has no 'require'; did you mean 'a/tests'?\n");
  EXPECT_EQ(lines(load_text(child(R"({"id": "a/test", "level": "warn", "loosens": "x"})"), files()).errors),
            "p.json:2:35: no extended policy has a rule 'a/test' to loosen; did you mean 'a/tests'?\n");
  EXPECT_EQ(lines(load_text(child(R"({"id": "a/tests", "level": "observe", "unknown": "block"})"), files()).errors),
            "p.json:2:50: a rule of level 'observe' only records; its 'unknown' cannot do more\n");
}

TEST(Extends, ErrorsOfAllFilesAreTold) {
  EXPECT_EQ(
      lines(load_text(R"({"policy": 1, "extends": ["sub/a.json"], "rule": []})",
                      {{"sub/a.json", R"({"policy": 1, "extends": ["b.json"], "ruls": []})"}, {"sub/b.json", "{"}})
                .errors),
      "p.json:1:42: unknown key 'rule'; did you mean 'rules'?\n"
      "sub/a.json:1:38: unknown key 'ruls'; did you mean 'rules'?\n"
      "sub/b.json:1:2: the file ends here, too early\n");
}

TEST(Extends, ThePathIsThatOfTheFolder) {
  std::vector<std::string> asked;
  const PolicySource source = [&](const std::string& name) -> Result<std::string> {
    asked.push_back(name);
    if (name.ends_with("a.json")) return std::string(R"({"policy": 1, "extends": ["deep/b.json", "builtin:x@1"]})");
    return kParent;
  };
  (void)load_policy({".patchgate/policy.json", R"({"policy": 1, "extends": ["team/a.json"]})"}, source);
  EXPECT_EQ(lines(asked), ".patchgate/team/a.json\n.patchgate/team/deep/b.json\nbuiltin:x@1\n");
}

TEST(Extends, ABuiltInPolicyStaysAmongItsKind) {
  EXPECT_EQ(lines(load_text(R"({"policy": 1, "extends": ["builtin:x@1"]})",
                            {{"builtin:x@1", R"({"policy": 1, "extends": ["a.json"]})"}})
                      .errors),
            "builtin:x@1:1:27: a built-in policy can extend built-in policies only\n");
}

TEST(Extends, CirclesAreErrors) {
  EXPECT_EQ(lines(load_text(R"({"policy": 1, "extends": ["a.json"]})",
                            {{"a.json", R"({"policy": 1, "extends": ["p.json"]})"}})
                      .errors),
            "a.json:1:27: these policies extend each other in a circle: p.json → a.json → p.json\n");
  EXPECT_EQ(lines(load_text(R"({"policy": 1, "extends": ["p.json"]})").errors),
            "p.json:1:27: these policies extend each other in a circle: p.json → p.json\n");
}

TEST(Extends, DepthAndNumberAreLimited) {
  const auto chain = [](int length) {
    Files files{{"f" + std::to_string(length) + ".json", kParent}};
    for (int i = 1; i < length; ++i) {
      files["f" + std::to_string(i) + ".json"] =
          R"({"policy": 1, "extends": ["f)" + std::to_string(i + 1) + R"(.json"]})";
    }
    return lines(load_text(R"({"policy": 1, "extends": ["f1.json"]})", files).errors);
  };
  EXPECT_EQ(chain(4), "");
  EXPECT_EQ(chain(5), "f4.json:1:27: policies extend each other more than 4 deep\n");
  Files many;
  std::string names;
  for (int i = 0; i < 32; ++i) {
    const auto name = "f" + std::to_string(i) + ".json";
    many[name] = R"({"policy": 1, "rules": [{"id": "r)" + std::to_string(i) +
                 R"(", "level": "warn", "require": {"fact": "patch.hotfix", "is": true}}]})";
    names += (i == 0 ? "\"" : ",\n\"") + name + "\"";
  }
  EXPECT_EQ(lines(load_text("{\"policy\": 1, \"extends\": [" + names + "]}", many).errors),
            "p.json:32:1: more than 32 policies in all\n");
}

TEST(Extends, APolicyThatTwoExtendCountsOnce) {
  const auto policy =
      good_policy(R"({"policy": 1, "extends": ["stricter.json", "builtin:parent@1"]})",
                  {{"builtin:parent@1", kParent}, {"stricter.json", child(R"({"id": "a/size", "level": "block"})")}});
  EXPECT_EQ(policy.rules[0].level, RuleLevel::block);
  EXPECT_EQ(lines(policy.notes), "");
}

}  // namespace
}  // namespace patchgate
