#include "policies/engine/load.h"

#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string errors;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class LoadError : public testing::TestWithParam<Case> {};

TEST_P(LoadError, NamesAllThatIsWrong) {
  const auto loaded = load_text(GetParam().text);
  EXPECT_EQ(lines(loaded.errors), GetParam().errors);
  EXPECT_EQ(loaded.policy.has_value(), loaded.errors.empty());
  for (const auto& error : loaded.errors) EXPECT_EQ(exit_code_of(error), 2);
}

std::string with(const std::string& members) {
  return R"({"policy": 1, "extends": ["builtin:none@1"], )" + members + "}";
}

std::string rule(const std::string& members) { return R"({"policy": 1, "rules": [)" + members + "]}"; }

constexpr const char* kRequire = R"("require": {"fact": "patch.files.count", "at_most": 3})";

std::string many_rules(int count) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    all += (i == 0 ? "" : ",\n") + std::string(R"({"id": "r)") + std::to_string(i) + R"(", "level": "warn", )" +
           kRequire + "}";
  }
  return rule(all);
}

const std::string kNoPack = "p.json:1:27: there is no builtin:none@1; there are others\n";

INSTANTIATE_TEST_SUITE_P(
    Table, LoadError,
    testing::Values(
        Case{"good", rule(std::string(R"({"id": "a/b-c_d.1", "level": "warn", )") + kRequire + "}"), ""},
        Case{"not_json", "{", "p.json:1:2: the file ends here, too early\n"},
        Case{"bad_escape", "{\n \"\\q\": 1}",
             "p.json:2:4: this is not JSON: invalid string: forbidden character after backslash\n"},
        Case{"bad_utf8", "{\"a\": \"\xff\"}", "p.json:1:8: this is not JSON: invalid string: ill-formed UTF-8 byte\n"},
        Case{"leading_zero", "[01]", "p.json:1:3: this is not JSON: unexpected number literal; expected ']'\n"},
        Case{"a_list", "[]", "p.json:1:1: the file must be an object in braces\n"},
        Case{"no_version", "{}", "p.json:1:1: this is not a policy: '\"policy\": 1' is missing\n"},
        Case{"other_version", R"({"policy": 2})",
             "p.json:1:12: this program reads version 1 of the policy format; 'policy' must be 1\n"},
        Case{"version_as_text", R"({"policy": "1"})",
             "p.json:1:12: this program reads version 1 of the policy format; 'policy' must be 1\n"},
        Case{"nothing", R"({"policy": 1})", "p.json:1:1: this policy has no rules: it needs 'rules' or 'extends'\n"},
        Case{"no_rules", R"({"policy": 1, "rules": []})",
             "p.json:1:24: this policy has no rules: 'rules' is empty and there is no 'extends'\n"},
        Case{"rules_no_list", R"({"policy": 1, "rules": {}})", "p.json:1:24: 'rules' must be a list\n"},
        Case{"unknown_key", with(R"("ruels": [], "x-mine": 1, "$schema": "s", "title": "t")"),
             kNoPack + "p.json:1:46: unknown key 'ruels'; did you mean 'rules'?\n"},
        Case{"wrong_texts", with(R"("$schema": 1, "title": "")"),
             kNoPack + "p.json:1:57: '$schema' must be a text in quotes\np.json:1:69: 'title' is empty\n"},
        Case{"extends_no_list", R"({"policy": 1, "extends": "builtin:hotfix@1"})",
             "p.json:1:26: 'extends' must be a list\n"},
        Case{"extends_empty", R"({"policy": 1, "extends": []})", "p.json:1:26: 'extends' is empty\n"},
        Case{
            "extends_names",
            R"({"policy": 1, "extends": [1, "builtin:hotfix", "builtin:@1", "builtin:a@", "builtin:A@1", "/a", "../a", "a//b", "a\\b", "./a", ""]})",
            "p.json:1:27: element 1 of 'extends' must be a text in quotes\n"
            "p.json:1:30: 'builtin:hotfix' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"
            "p.json:1:48: 'builtin:@1' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"
            "p.json:1:62: 'builtin:a@' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"
            "p.json:1:76: 'builtin:A@1' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"
            "p.json:1:91: '/a' is not a path below the folder of this file\n"
            "p.json:1:97: '../a' is not a path below the folder of this file\n"
            "p.json:1:105: 'a//b' is not a path below the folder of this file\n"
            "p.json:1:113: 'a\\b' is not a path below the folder of this file\n"
            "p.json:1:121: './a' is not a path below the folder of this file\n"
            "p.json:1:128: element 11 of 'extends' is empty\n"},
        Case{"hotfix", with(R"("hotfix": {"target": ["a**", 3], "source": [], "from": ["x"]})"),
             kNoPack + "p.json:1:68: '**' must be a whole segment, as in src/**/x or release/**\n"
                       "p.json:1:75: element 2 of 'target' must be a text in quotes\n"
                       "p.json:1:89: 'source' is empty\n"
                       "p.json:1:93: unknown key 'from'\n"},
        Case{"hotfix_no_object", with(R"("hotfix": [])"),
             kNoPack + "p.json:1:56: 'hotfix' must be an object in braces\n"},
        Case{"rollouts", with(R"("rollouts": ["a/b.yaml", "/etc/x", "a/../b", 1])"),
             kNoPack + "p.json:1:71: '/etc/x' is not a path inside of the repository\n"
                       "p.json:1:81: 'a/../b' is not a path inside of the repository\n"
                       "p.json:1:91: element 4 of 'rollouts' must be a text in quotes\n"},
        Case{"rollouts_no_list", with(R"("rollouts": "a")"), kNoPack + "p.json:1:58: 'rollouts' must be a list\n"},
        Case{"if_no_rule_applies", with(R"("if_no_rule_applies": "alow")"),
             kNoPack + "p.json:1:68: 'alow' is not a value of 'if_no_rule_applies'; did you mean 'allow'?\n"},
        Case{"risk_no_object", with(R"("risk": 1)"), kNoPack + "p.json:1:54: 'risk' must be an object in braces\n"},
        Case{"risk_parts_no_objects",
             with(R"("risk": {"impact": 1, "likelihood": 2, "table": 3, "x-y": 4, "tabel": 5})"),
             kNoPack + "p.json:1:65: 'impact' must be an object in braces\np.json:1:82: 'likelihood' must be an object "
                       "in braces\n"
                       "p.json:1:94: 'table' must be an object in braces\np.json:1:107: unknown key 'tabel'; did you "
                       "mean 'table'?\n"},
        Case{"risk_bands", with(R"("risk": {"impact": {"moderate": {"percentile": 101, "transitive": -1}, "high": 3,
 "critical": {"percentile": "99", "transitive": 1.5, "symbols": 3}, "high_feeding_a_sink_is_critical": 1}})"),
             kNoPack + "p.json:1:93: 'percentile' is 101, outside of 0 to 100\n"
                       "p.json:1:112: 'transitive' is -1, outside of 0 to 1000000000\n"
                       "p.json:1:125: 'high' must be an object in braces\n"
                       "p.json:2:29: 'percentile' must be a number from 0 to 100\n"
                       "p.json:2:49: 'transitive' must be a whole number\n"
                       "p.json:2:54: unknown key 'symbols'\n"
                       "p.json:2:104: 'high_feeding_a_sink_is_critical' must be true or false\n"},
        Case{"risk_bands_cross",
             with(R"("risk": {"impact": {"moderate": {"percentile": 96}, "critical": {"transitive": 10}}})"),
             kNoPack + "p.json:1:65: 'moderate' begins above 'high'\np.json:1:65: 'high' begins above 'critical'\n"},
        Case{"risk_likelihood",
             with(R"("risk": {"likelihood": {"moderate": 95, "high": 90, "min_commits": 10, "low": 1}})"),
             kNoPack + "p.json:1:69: 'moderate' begins above 'high'\np.json:1:117: unknown key 'low'\n"},
        Case{"risk_table",
             with(R"("risk": {"table": {"low": ["low", "low"], "moderate": ["low", "hihg", "high"], "high": "x"}})"),
             kNoPack + "p.json:1:72: 'low' must have 3 levels: for likelihood low, moderate and high\n"
                       "p.json:1:108: 'hihg' is not a value of element 2 of 'moderate'; did you mean 'high'?\n"
                       "p.json:1:133: 'high' must be a list\n"},
        Case{"risk_table_falls", with(R"("risk": {"table": {"high": ["critical", "low", "critical"]}})"),
             kNoPack + "p.json:1:64: at impact high the risk falls from likelihood low to moderate\n"
                       "p.json:1:64: at likelihood moderate the risk falls from impact moderate to high\n"
                       "p.json:1:64: at likelihood low the risk falls from impact high to critical\n"},
        Case{"rule_no_object", rule("1"), "p.json:1:25: element 1 of 'rules' must be an object in braces\n"},
        Case{"rule_no_id", rule(std::string(R"({"level": "warn", )") + kRequire + "}"),
             "p.json:1:25: this rule has no 'id'\n"},
        Case{"rule_bad_id", rule(std::string(R"({"id": "A b", "level": "warn", )") + kRequire + "}"),
             "p.json:1:32: 'A b' is not a rule id: lower-case letters, digits and - _ . / only, at most 80\n"},
        Case{
            "hotfix_source_only",
            R"({"policy": 1, "hotfix": {"source": ["a"]}, "risk": {"likelihood": {"high": 95}}, "extends": ["builtin:a@/"]})",
            "p.json:1:94: 'builtin:a@/' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"},
        Case{"rule_two_wrong", rule(R"({"id": 1, "title": 2, "level": "warm", "unknown": "wran", "require": 3})"),
             "p.json:1:32: 'id' must be a text in quotes\np.json:1:44: 'title' must be a text in quotes\n"
             "p.json:1:56: 'warm' is not a value of 'level'; did you mean 'warn'?\n"
             "p.json:1:75: 'wran' is not a value of 'unknown'; did you mean 'warn'?\n"
             "p.json:1:94: 'require' must be an object in braces\n"},
        Case{"rule_long_id", rule("{\"id\": \"" + std::string(81, 'a') + R"(", "level": "warn", )" + kRequire + "}"),
             "p.json:1:32: '" + std::string(80, 'a') +
                 "…' is not a rule id: lower-case letters, digits and - _ . / only, at most 80\n"},
        Case{"risk_likelihood_parts",
             with(R"("risk": {"likelihood": {"moderate": -1}, "impact": {"x-why": 1}, "table": {}})"),
             kNoPack + "p.json:1:82: 'moderate' is -1, outside of 0 to 100\n"},
        Case{
            "extends_more_names",
            R"({"policy": 1, "extends": ["builtin:a@1x", "builtin:a{@1", "builtin:a_b@1", "a\u0001", "a\u007f", "a/", "."]})",
            "p.json:1:27: 'builtin:a@1x' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"
            "p.json:1:43: 'builtin:a{@1' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"
            "p.json:1:59: 'builtin:a_b@1' is not the name of a built-in policy; it has the form builtin:NAME@MAJOR\n"
            "p.json:1:76: 'a?' is not a path below the folder of this file\n"
            "p.json:1:87: 'a?' is not a path below the folder of this file\n"
            "p.json:1:98: 'a/' is not a path below the folder of this file\n"
            "p.json:1:104: '.' is not a path below the folder of this file\n"},
        Case{"rule_no_require", rule(R"({"id": "a", "level": "warn"})"), "p.json:1:32: rule 'a' has no 'require'\n"},
        Case{"rule_no_level", rule(std::string(R"({"id": "a", )") + kRequire + "}"),
             "p.json:1:32: rule 'a' has no 'level'\n"},
        Case{
            "rule_members",
            rule(
                R"({"id": "a", "level": "error", "unknown": "final", "title": "", "fix": 3, "missing": "{who}", "loosens": "",
 "paths": ["["], "requires": {}})"),
            "p.json:1:46: 'error' is not a value of 'level'; it is one of observe, warn, block, final\n"
            "p.json:1:66: 'final' is not a value of 'unknown'; it is one of observe, warn, block\n"
            "p.json:1:84: 'title' is empty\n"
            "p.json:1:95: 'fix' must be a text in quotes\n"
            "p.json:1:109: no placeholder '{who}'; there are {count}, {offenders}, {value}\n"
            "p.json:1:129: 'loosens' is empty\n"
            "p.json:2:12: '[' has no meaning in a pattern; write \\[ for the character itself\n"
            "p.json:2:18: unknown key 'requires'; did you mean 'require'?\n"},
        Case{"placeholder",
             rule(std::string(R"({"id": "a", "level": "warn", "missing": "{offender} } {", )") + kRequire + "}"),
             "p.json:1:65: no placeholder '{offender}'; did you mean '{offenders}'?\n"},
        Case{"placeholder_open",
             rule(std::string(R"({"id": "a", "level": "warn", "missing": "{value} {x", )") + kRequire + "}"), ""},
        Case{"twice",
             rule(std::string(R"({"id": "a", "level": "warn", )") + kRequire + "},\n" +
                  R"({"id": "a", "level": "warn", )" + kRequire + "}"),
             "p.json:2:8: rule 'a' stands in this file twice; the first is in line 1\n"},
        Case{"final_unknown",
             rule(std::string(R"({"id": "a", "level": "final", "unknown": "warn", )") + kRequire + "}"),
             "p.json:1:66: a rule of level 'final' blocks where it is unknown; it cannot say otherwise\n"},
        Case{"final_unknown_block",
             rule(std::string(R"({"id": "a", "level": "final", "unknown": "block", )") + kRequire + "}"), ""},
        Case{"observe_unknown",
             rule(std::string(R"({"id": "a", "level": "observe", "unknown": "warn", )") + kRequire + "}"),
             "p.json:1:68: a rule of level 'observe' only records; its 'unknown' cannot do more\n"},
        Case{"observe_unknown_observe",
             rule(std::string(R"({"id": "a", "level": "observe", "unknown": "observe", )") + kRequire + "}"), ""},
        Case{"nothing_to_loosen",
             rule(std::string(R"({"id": "a", "level": "warn", "loosens": "why", )") + kRequire + "}"),
             "p.json:1:54: no extended policy has a rule 'a' to loosen\n"},
        Case{"rules_500", many_rules(500), ""},
        Case{"rules_501", many_rules(501), "p.json:501:1: more than 500 rules in all\n"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Load, LimitsOfTextsAndLists) {
  EXPECT_EQ(lines(load_text(with("\"title\": \"" + std::string(1001, 'a') + "\"")).errors),
            kNoPack + "p.json:1:55: 'title' is longer than 1000 bytes\n");
  std::string paths = "\"a\"";
  for (int i = 0; i < 1000; ++i) paths += ",\"a\"";
  EXPECT_EQ(lines(load_text(with("\"rollouts\": [" + paths + "]")).errors),
            kNoPack + "p.json:1:58: 'rollouts' has more than 1000 elements\n");
}

TEST(Load, ReadsWhatIsWritten) {
  const auto policy = good_policy(R"({
  "policy": 1, "title": "mine", "if_no_rule_applies": "warn",
  "hotfix": {"target": ["release/**"], "source": ["hotfix/**", "fix/*"]},
  "rollouts": ["deploy/a.yaml"],
  "risk": {"impact": {"high": {"transitive": 30}, "high_feeding_a_sink_is_critical": false},
           "likelihood": {"moderate": 40, "high": 80, "min_commits": 10},
           "table": {"low": ["low", "moderate", "moderate"], "moderate": ["low", "moderate", "critical"],
                     "high": ["moderate", "high", "critical"]}},
  "rules": [
    {"id": "a", "title": "t", "level": "final", "fix": "f", "missing": "m {value}", "paths": ["src/**"],
     "when": {"fact": "patch.hotfix", "is": true}, "require": {"fact": "patch.files.count", "at_most": 3}},
    {"id": "b", "level": "block", "unknown": "warn", "require": {"fact": "target.ref", "matches": ["a", "b"]}}]})");
  EXPECT_EQ(policy.name, "p.json");
  EXPECT_EQ(lines(policy.sources), "p.json\n");
  EXPECT_EQ(policy.if_no_rule_applies, Decision::warn);
  EXPECT_EQ(policy.hotfix.target.size(), 1U);
  EXPECT_EQ(policy.hotfix.source.at(1).pattern(), "fix/*");
  EXPECT_EQ(lines(policy.rollouts), "deploy/a.yaml\n");
  EXPECT_EQ(policy.risk.high.transitive, 30U);
  EXPECT_EQ(policy.risk.high.percentile, 95);
  EXPECT_FALSE(policy.risk.high_feeding_a_sink_is_critical);
  EXPECT_EQ(policy.risk.likelihood_moderate, 40);
  EXPECT_EQ(policy.risk.likelihood_high, 80);
  EXPECT_EQ(policy.risk.likelihood_min_commits, 10U);
  EXPECT_EQ(policy.risk.risk[0][1], 1);
  EXPECT_EQ(policy.risk.risk[1][2], 3);
  ASSERT_EQ(policy.rules.size(), 2U);
  const auto& first = policy.rules[0];
  EXPECT_EQ(first.title + first.fixes.at(0).text + first.missing, "tfm {value}");
  EXPECT_EQ(first.level, RuleLevel::final_);
  EXPECT_EQ(first.at, (Place{"p.json", 10, 12}));
  EXPECT_EQ(describe(*first.when), "patch.hotfix true");
  EXPECT_EQ(describe(first.require), "patch.files.count at most 3");
  EXPECT_EQ(policy.rules[1].title, "b");
  EXPECT_EQ(policy.rules[1].unknown, Effect::warn);
  EXPECT_EQ(describe(policy.rules[1].require), "target.ref like a or b");
}

}  // namespace
}  // namespace patchgate
