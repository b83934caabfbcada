#include <gtest/gtest.h>

#include "analyzers/model/facts_version.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

const std::string kParent = R"({"policy": 1,
 "parameters": {
  "most": {"about": "files", "default": 5},
  "level": {"default": "block"},
  "where": {"default": ["include/**", "api/**"], "local": true}},
 "rules": [
  {"id": "size", "level": {"parameter": "level"}, "require": {"fact": "patch.files.count", "at_most": {"parameter": "most"}}},
  {"id": "api", "level": "warn", "paths": {"parameter": "where"}, "require": {"fact": "patch.revert", "is": false}}]})";

Files parent(const std::string& text = kParent) { return {{"builtin:parent@1", text}}; }

std::string child(const std::string& set) {
  return "{\"policy\": 1, \"extends\": [\"builtin:parent@1\"],\n \"set\": {" + set + "}}";
}

TEST(Parameters, StandForTheirDefault) {
  const auto policy = good_policy(R"({"policy": 1, "extends": ["builtin:parent@1"]})", parent());
  EXPECT_EQ(describe(policy.rules[0].require), "patch.files.count at most 5");
  EXPECT_EQ(policy.rules[0].level, RuleLevel::block);
  EXPECT_EQ(policy.rules[1].paths.at(1).pattern(), "api/**");
  std::string all;
  for (const auto& one : policy.parameters) {
    all += one.name + " = " + one.value + " (" + one.about + ") line " + std::to_string(one.at.line) + "; ";
  }
  EXPECT_EQ(all,
            "level = \"block\" () line 4; most = 5 (files) line 3; where = [\"include/**\",\"api/**\"] () line 5; ");
}

struct Case {
  std::string set, errors, notes;
};

TEST(Parameters, AreSetByPoliciesThatExtend) {
  for (const auto& [set, errors, notes] : {
           Case{R"("most": 4)", "", ""},
           Case{R"("most": 6)",
                "p.json:2:18: this loosens rule 'size' (require); say why: {\"value\": 6, \"loosens\": \"reason\"}\n",
                ""},
           Case{R"("most": {"value": 6, "loosens": "large files"})", "",
                "rule size is loosened by p.json:2 (most is 6): large files\n"},
           Case{R"("where": ["lib/**"])", "", ""},
           Case{R"("level": "warn")",
                "p.json:2:19: this loosens rule 'size' (level block → warn, unknown block → warn); say why: "
                "{\"value\": \"warn\", \"loosens\": \"reason\"}\n",
                ""},
           Case{R"("mots": 4)", "p.json:2:10: no extended policy has a parameter 'mots'; did you mean 'most'?\n", ""},
           Case{R"("most": "many")",
                "p.json:2:18: 'patch.files.count' is an integer; 'at_most' must be a whole number (rule 'size', "
                "builtin:parent@1:7)\n",
                ""},
           Case{R"("most": -1)",
                "p.json:2:18: 'patch.files.count' is never below 0 (rule 'size', builtin:parent@1:7)\n", ""},
           Case{R"("most": null)", "p.json:2:18: 'most' must be a number, true, false, a text or a list of texts\n",
                ""},
           Case{R"("most": {"loosens": "why"})", "p.json:2:18: this setting has no 'value'\n", ""},
           Case{R"("most": {"value": 4, "reason": "why"})", "p.json:2:31: unknown key 'reason'\n", ""},
           Case{R"("x-why": "a comment", "most": 3)", "", ""},
       }) {
    SCOPED_TRACE(set);
    const auto loaded = load_text(child(set), parent());
    EXPECT_EQ(lines(loaded.errors), errors);
    if (loaded.policy) {
      EXPECT_EQ(lines(loaded.policy->notes), notes);
    }
  }
}

TEST(Parameters, TheOutermostSettingCounts) {
  const Files files{{"builtin:parent@1", kParent},
                    {"builtin:middle@1", R"({"policy": 1, "extends": ["builtin:parent@1"], "set": {"most": 2}})"}};
  const auto policy = [&](const std::string& set) {
    return good_policy("{\"policy\": 1, \"extends\": [\"builtin:middle@1\"], \"set\": {" + set + "}}", files);
  };
  EXPECT_EQ(describe(policy(R"("most": 1)").rules[0].require), "patch.files.count at most 1");
  const auto looser = policy(R"("most": {"value": 3, "loosens": "than the one in the middle"})");
  EXPECT_EQ(describe(looser.rules[0].require), "patch.files.count at most 3");
  EXPECT_EQ(lines(looser.notes), "rule size is loosened by p.json:1 (most is 3): than the one in the middle\n");
}

TEST(Parameters, SettledByAnEarlierPolicyCannotBeSetByALaterOne) {
  const Files files{{"builtin:parent@1", kParent},
                    {"builtin:a@1", R"({"policy": 1, "extends": ["builtin:parent@1"]})"},
                    {"builtin:b@1", R"({"policy": 1, "extends": ["builtin:parent@1"], "set": {"most": 1}})"}};
  const auto loaded = load_text(R"({"policy": 1, "extends": ["builtin:a@1", "builtin:b@1"]})", files);
  EXPECT_EQ(lines(loaded.errors),
            "builtin:b@1:1:56: the parameter 'most' was settled by a policy that is extended before; set it in the "
            "policy that extends them all\n");
}

TEST(Parameters, DeclarationsAreChecked) {
  const auto errors = [](const std::string& parameters, const std::string& value) {
    return lines(load_text("{\"policy\": 1, \"parameters\": {" + parameters +
                           "},\n\"rules\": [{\"id\": \"r\", \"level\": \"warn\", \"require\": {\"fact\": "
                           "\"patch.files.count\", \"at_most\": " +
                           value + "}}]}")
                     .errors);
  };
  EXPECT_EQ(errors(R"("n": {"default": 1})", R"({"parameter": "n"})"), "");
  EXPECT_EQ(errors(R"("N": {"default": 1})", "1"),
            "p.json:1:30: 'N' is not the name of a parameter: lower-case letters, digits and - only\n");
  EXPECT_EQ(errors(R"("n": 1)", "1"), "p.json:1:35: 'n' must be an object in braces\n");
  EXPECT_EQ(errors(R"("n": {"about": "x"})", "1"), "p.json:1:35: the parameter 'n' has no 'default'\n");
  EXPECT_EQ(errors(R"("n": {"default": []})", "1"),
            "p.json:1:47: 'default' must be a number, true, false, a text or a list of texts\n");
  EXPECT_EQ(errors(R"("n": {"default": [1]})", "1"),
            "p.json:1:47: 'default' must be a number, true, false, a text or a list of texts\n");
  EXPECT_EQ(errors("\"n\": {\"default\": \"" + std::string(4100, 'x') + "\"}", "1"),
            "p.json:1:47: 'default' is longer than 4096 bytes\n");
  EXPECT_EQ(errors(R"("name": {"default": 1})", R"({"parameter": "nmae"})"),
            "p.json:2:106: no parameter 'nmae'; did you mean 'name'?\n");
  EXPECT_EQ(errors(R"("n": {"default": 1})", R"({"parameter": 1})"),
            "p.json:2:106: no parameter ''; did you mean 'n'?\n");
  EXPECT_EQ(errors(R"("n": {"default": 1.5})", R"({"parameter": "n"})"),
            "p.json:2:92: 'patch.files.count' is an integer; 'at_most' must be a whole number\n");
  EXPECT_EQ(lines(load_text(R"({"policy": 1, "extends": ["builtin:parent@1"], "parameters": {"most": {"default": 1}}})",
                            parent())
                      .errors),
            "p.json:1:63: an extended policy has a parameter 'most'; 'set' gives it another value\n");
  std::string many;
  for (int i = 0; i < 65; ++i) many += (i == 0 ? "" : ", ") + ("\"n" + std::to_string(i) + "\": {\"default\": 1}");
  EXPECT_EQ(errors(many, "1"), "p.json:1:228: more than 64 parameters in all\n");
  std::string uses = "[";
  for (int i = 0; i < 1001; ++i) uses += std::string(i == 0 ? "" : ", ") + R"({"parameter": "n"})";
  EXPECT_EQ(errors(R"("n": {"default": 1})", uses + "]"), "p.json:1:1: parameters are used more than 1000 times\n");
}

TEST(Cap, LowersAllRulesBeforeIt) {
  const std::string capped =
      R"({"policy": 1, "extends": ["builtin:parent@1"], "cap": {"level": "observe", "loosens": "first weeks"}})";
  const auto policy = good_policy(capped, parent());
  for (const auto& rule : policy.rules) EXPECT_EQ(rule.level, RuleLevel::observe) << rule.id;
  EXPECT_EQ(lines(policy.notes), "2 rules are lowered to observe by p.json:1: first weeks\n");
  auto files = parent();
  files["builtin:capped@1"] = capped;
  const auto raised = good_policy(
      R"({"policy": 1, "extends": ["builtin:capped@1"], "rules": [{"id": "size", "level": "block"}]})", files);
  EXPECT_EQ(raised.rules[0].level, RuleLevel::block);
  EXPECT_EQ(raised.rules[1].level, RuleLevel::observe);
  EXPECT_EQ(
      good_policy(R"({"policy": 1, "extends": ["builtin:capped@1"], "cap": {"level": "warn", "loosens": "x"}})", files)
          .notes.size(),
      1U);
}

TEST(Cap, LowersWhatUnknownDoes) {
  const auto policy = good_policy(
      R"({"policy": 1, "cap": {"level": "warn", "loosens": "so"}, "rules": [{"id": "r", "level": "block", "unknown": "block", "require": {"fact": "patch.revert", "is": true}}]})");
  EXPECT_EQ(policy.rules[0].level, RuleLevel::warn);
  EXPECT_EQ(policy.rules[0].unknown, Effect::warn);
  EXPECT_EQ(lines(policy.notes), "1 rule is lowered to warn by p.json:1: so\n");
}

TEST(Cap, NeedsBothOfItsParts) {
  for (const auto& [cap, error] : {
           std::pair<std::string, std::string>{R"({"level": "warn"})",
                                               "22: 'cap' needs 'level' and 'loosens', the reason"},
           {R"({"loosens": "x"})", "22: 'cap' needs 'level' and 'loosens', the reason"},
           {R"({"level": "wran", "loosens": "x"})", "32: 'wran' is not a value of 'level'; did you mean 'warn'?"},
           {R"({"level": "warn", "loosens": ""})", "51: 'loosens' is empty"},
           {R"(1)", "22: 'cap' must be an object in braces"},
       }) {
    EXPECT_EQ(
        lines(load_text(R"({"policy": 1, "cap": )" + cap + R"(, "extends": ["builtin:parent@1"]})", parent()).errors),
        "p.json:1:" + error + "\n");
  }
}

TEST(NeedsFacts, AnOlderProgramSaysSo) {
  const auto errors = [](const std::string& version) {
    return lines(load_text("{\"policy\": 1, \"needs_facts\": " + version +
                           ", \"rules\": [{\"id\": \"r\", \"level\": \"warn\", \"require\": {\"fact\": "
                           "\"not.yet.known\", \"is\": 1}}]}")
                     .errors);
  };
  EXPECT_EQ(errors("1000"), "p.json:1:30: this policy needs version 1000 of the facts, and this program has version " +
                                std::to_string(kFactsVersion) +
                                "; a newer one is "
                                "needed\n");
  EXPECT_EQ(errors("2"), "p.json:1:92: no fact 'not.yet.known'\n");
  EXPECT_EQ(errors("\"2\""), "p.json:1:30: 'needs_facts' must be a number from 0 to 1000000\n");
}

}  // namespace
}  // namespace patchgate
