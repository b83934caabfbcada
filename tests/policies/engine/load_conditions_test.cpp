#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string require;
  std::string errors;  ///< columns count from the condition's first character
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class ConditionError : public testing::TestWithParam<Case> {};

/// The condition stands alone in line 2, so that its columns can be read off the case.
TEST_P(ConditionError, NamesAllThatIsWrong) {
  const auto text =
      "{\"policy\": 1, \"rules\": [{\"id\": \"r\", \"level\": \"warn\", \"require\":\n" + GetParam().require + "}]}";
  EXPECT_EQ(lines(load_text(text).errors), GetParam().errors);
}

std::string nested(int depth) {
  std::string text = R"({"fact": "patch.files.count", "is": 1})";
  for (int i = 1; i < depth; ++i) text = "{\"all\": [" + text + "]}";
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConditionError,
    testing::Values(
        Case{"no_object", "3", "p.json:2:1: 'require' must be an object in braces\n"},
        Case{"empty", "{}",
             "p.json:2:1: 'require' says nothing: it needs one of all, any, none, every, some, fact, field\n"},
        Case{"only_missing", R"({"missing": "x", "x-y": 1})",
             "p.json:2:1: 'require' says nothing: it needs one of all, any, none, every, some, fact, field\n"},
        Case{"two_forms", R"({"all": [], "fact": "x"})",
             "p.json:2:13: 'all' and 'fact' cannot stand in one condition\n"},
        Case{"misspelt_form", R"({"evry": "symbols.touched", "has": {}})",
             "p.json:2:2: unknown key 'evry'; did you mean 'every'?\n"},
        Case{"operator_alone", R"({"eq": 3})", "p.json:2:2: unknown key 'eq'\n"},
        Case{"foreign_form", R"({"not": []})", "p.json:2:2: unknown key 'not'; did you mean 'none'?\n"},
        Case{"all_no_list", R"({"all": {}})", "p.json:2:9: 'all' must be a list\n"},
        Case{"all_empty", R"({"all": []})", "p.json:2:9: 'all' is empty\n"},
        Case{"all_more", R"({"all": [{"fact": "patch.hotfix", "is": true}], "when": 1, "x-a": 1})",
             "p.json:2:49: unknown key 'when'\n"},
        Case{"both_children", R"({"any": [1, {"none": [2]}]})",
             "p.json:2:10: element 1 of 'any' must be an object in braces\n"
             "p.json:2:23: element 1 of 'none' must be an object in braces\n"},
        Case{"depth_8", nested(8), ""},
        Case{"depth_9", nested(9), "p.json:2:73: conditions are nested deeper than 8\n"},
        Case{"fact_unknown", R"({"fact": "rollout.first_stage.pct", "at_most": 5})",
             "p.json:2:10: no fact 'rollout.first_stage.pct'; did you mean 'rollout.first_stage.percent'?\n"},
        Case{"fact_no_text", R"({"fact": 1, "at_most": 5})", "p.json:2:10: 'fact' must be a text in quotes\n"},
        Case{"fact_and_operator_unknown", R"({"fact": "nonsense!", "atleast": 5})",
             "p.json:2:10: no fact 'nonsense!'\np.json:2:23: no operator 'atleast'; did you mean 'at_least'?\n"},
        Case{"foreign_operator", R"({"fact": "patch.files.count", "gte": 5})",
             "p.json:2:31: no operator 'gte'; did you mean 'at_least'?\n"},
        Case{"strange_operator", R"({"fact": "patch.files.count", "between": 5})",
             "p.json:2:31: no operator 'between'\n"},
        Case{"no_operator", R"({"fact": "patch.hotfix"})", "p.json:2:1: an operator is missing: one of is, is_not\n"},
        Case{"no_operator_no_fact", R"({"fact": "nonsense!"})",
             "p.json:2:1: an operator is missing: one of is, is_not, at_least, at_most, in, matches, includes\n"
             "p.json:2:10: no fact 'nonsense!'\n"},
        Case{"two_operators", R"({"fact": "patch.files.count", "at_least": 1, "at_most": 5})",
             "p.json:2:46: 'at_least' and 'at_most' cannot stand in one condition; put two of them into 'all'\n"},
        Case{"list_as_fact", R"({"fact": "symbols.touched"})",
             "p.json:2:10: 'symbols.touched' is a list; ask for its rows with 'every' or 'some'\n"},
        Case{"list_with_operator", R"({"fact": "symbols.touched", "is": 1})",
             "p.json:2:29: 'is' does not fit 'symbols.touched', which is a list; ask for its rows with 'every' or "
             "'some'\n"},
        Case{"operator_of_boolean", R"({"fact": "patch.hotfix", "at_least": 1})",
             "p.json:2:26: 'at_least' does not fit 'patch.hotfix', which is a boolean; it takes is, is_not\n"},
        Case{"operator_of_integer", R"({"fact": "patch.files.count", "matches": "1"})",
             "p.json:2:31: 'matches' does not fit 'patch.files.count', which is an integer; it takes is, is_not, "
             "at_least, "
             "at_most, in\n"},
        Case{"operator_of_text", R"({"fact": "target.ref", "at_most": "z"})",
             "p.json:2:24: 'at_most' does not fit 'target.ref', which is a string; it takes is, is_not, in, matches, "
             "includes\n"},
        Case{"operator_of_unordered", R"({"fact": "recovery.revert", "at_least": "clean"})",
             "p.json:2:29: 'at_least' does not fit 'recovery.revert', which is a choice without order; it takes is, "
             "is_not, in\n"},
        Case{"boolean_value", R"({"fact": "patch.hotfix", "is": "true"})",
             "p.json:2:32: 'patch.hotfix' is a boolean; 'is' must be true or false\n"},
        Case{"integer_fraction", R"({"fact": "patch.files.count", "at_least": 1.5})",
             "p.json:2:43: 'patch.files.count' is an integer; 'at_least' must be a whole number\n"},
        Case{"integer_text", R"({"fact": "patch.files.count", "at_least": "1"})",
             "p.json:2:43: 'patch.files.count' is an integer; 'at_least' must be a whole number\n"},
        Case{"number_text", R"({"fact": "rollout.first_stage.percent", "at_most": "5"})",
             "p.json:2:52: 'rollout.first_stage.percent' is a number; 'at_most' must be a number\n"},
        Case{"number_good", R"({"fact": "rollout.first_stage.percent", "at_most": 5.5})", ""},
        Case{"too_small", R"({"fact": "patch.files.count", "at_least": -1})",
             "p.json:2:43: 'patch.files.count' is never below 0\n"},
        Case{"too_large", R"({"fact": "rollout.first_stage.percent", "at_most": 101})",
             "p.json:2:52: 'rollout.first_stage.percent' is never above 100\n"},
        Case{"choice_misspelt", R"({"fact": "risk.level", "at_least": "hihg"})",
             "p.json:2:36: 'hihg' is not a value of risk.level; did you mean 'high'?\n"},
        Case{"choice_foreign", R"({"fact": "risk.level", "at_least": "severe"})",
             "p.json:2:36: 'severe' is not a value of risk.level; it is one of low, moderate, high, critical\n"},
        Case{"choice_number", R"({"fact": "risk.level", "at_least": 3})",
             "p.json:2:36: 'risk.level' is a choice; 'at_least' must be one of low, moderate, high, critical\n"},
        Case{"text_number", R"({"fact": "target.ref", "is": 3})",
             "p.json:2:30: 'target.ref' is a string; 'is' must be a text in quotes\n"},
        Case{"text_empty", R"({"fact": "target.ref", "is": ""})", "p.json:2:30: 'is' is empty\n"},
        Case{"in_no_list", R"({"fact": "risk.level", "in": "high"})", "p.json:2:30: 'in' must be a list\n"},
        Case{"in_two_wrong", R"({"fact": "risk.level", "in": ["lwo", "high", 3]})",
             "p.json:2:31: 'lwo' is not a value of risk.level; did you mean 'low'?\n"
             "p.json:2:46: 'risk.level' is a choice; element 3 of 'in' must be one of low, moderate, high, critical\n"},
        Case{"matches_number", R"({"fact": "target.ref", "matches": [3, "a["]})",
             "p.json:2:36: element 1 of 'matches' must be a text in quotes\n"
             "p.json:2:39: '[' has no meaning in a pattern; write \\[ for the character itself\n"},
        Case{"includes", R"({"fact": "target.ref", "includes": "rel"})", ""},
        Case{"is_list", R"({"fact": "target.ref", "is": ["a"]})",
             "p.json:2:30: 'target.ref' is a string; 'is' must be a text in quotes\n"},
        Case{"missing_wrong", R"({"fact": "target.ref", "is": "a", "missing": "{x}"})",
             "p.json:2:46: no placeholder '{x}'; there are {count}, {offenders}, {value}\n"},
        Case{"missing_on_wrong", R"({"fact": "target.rfe", "is": "a", "missing": "x"})",
             "p.json:2:10: no fact 'target.rfe'; did you mean 'target.ref'?\n"},
        Case{"field_outside", R"({"field": "impact", "is": "high"})",
             "p.json:2:2: 'field' can stand inside of 'where' and 'has' only; did you mean 'fact'?\n"},
        Case{"fact_inside", R"({"every": "symbols.touched", "has": {"fact": "risk.level", "is": "high"}})",
             "p.json:2:38: 'fact' cannot stand inside of 'where' and 'has'; a row's values are named by 'field'\n"},
        Case{"every_no_list", R"({"every": "risk.level", "has": {"field": "impact", "is": "high"}})",
             "p.json:2:11: 'risk.level' is not a list; 'every' needs one\n"},
        Case{"every_unknown", R"({"every": "symbols.tuched", "has": {"field": "impact", "is": "high"}})",
             "p.json:2:11: no fact 'symbols.tuched'; did you mean 'symbols.touched'?\n"},
        Case{"every_no_has", R"({"some": "symbols.touched", "where": {"field": "impact", "is": "high"}})",
             "p.json:2:1: 'some' needs 'has': what the rows must meet\n"},
        Case{"every_key", R"({"every": "symbols.touched", "have": 1, "has": {"field": "impact", "is": "high"}})",
             "p.json:2:30: unknown key 'have'; did you mean 'has'?\n"},
        Case{
            "every_wrong_inside",
            R"({"every": "symbols.touched", "where": {"field": "impcat", "is": "high"}, "has": {"field": "tests.reaching", "at_least": -1}})",
            "p.json:2:49: no field 'impcat'; did you mean 'impact'?\np.json:2:121: 'tests.reaching' is never below "
            "0\n"},
        Case{"every_wrong_has", R"({"every": "symbols.touched", "has": {"field": "impact"}})",
             "p.json:2:37: an operator is missing: one of is, is_not, at_least, at_most, in\n"},
        Case{"list_in_list", R"({"every": "symbols.touched", "has": {"some": "symbols.touched", "has": {}}})",
             "p.json:2:38: 'some' cannot stand inside of another list\n"},
        Case{"control_bytes", "{\"fact\": \"a\\u0007b\", \"is\": 1}", "p.json:2:10: no fact 'a?b'\n"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Describe, Table) {
  struct Described {
    const char *require, *words;
  };
  for (
      const auto& [require, words] : {
          Described{R"({"fact": "patch.files.count", "is": 3})", "patch.files.count 3"},
          Described{R"({"fact": "patch.files.count", "is_not": 3})", "patch.files.count not 3"},
          Described{R"({"fact": "patch.files.count", "in": [3, 4]})", "patch.files.count 3 or 4"},
          Described{R"({"fact": "target.ref", "matches": "a/*"})", "target.ref like a/*"},
          Described{R"({"fact": "target.ref", "includes": "a"})", "target.ref with 'a' in it"},
          Described{
              R"({"all": [{"fact": "patch.hotfix", "is": true}, {"any": [{"fact": "risk.level", "at_least": "high"},
                          {"fact": "patch.files.count", "at_most": 3}]}]})",
              "patch.hotfix true and (risk.level at least high or patch.files.count at most 3)"},
          Described{R"({"none": [{"fact": "patch.hotfix", "is": true}, {"fact": "patch.revert", "is": true}]})",
                    "not (patch.hotfix true or patch.revert true)"},
          Described{
              R"({"every": "symbols.touched", "where": {"field": "impact", "at_least": "high"}, "has": {"field": "tests.reaching", "at_least": 1}})",
              "every symbols.touched with impact at least high has tests.reaching at least 1"},
          Described{R"({"some": "symbols.touched", "has": {"field": "kind", "is": "macro"}})",
                    "some symbols.touched has kind macro"},
      }) {
    EXPECT_EQ(describe(good_policy(requiring(require)).rules[0].require), words);
  }
}

TEST(Lint, Table) {
  struct Odd {
    std::string rule, warnings;
  };
  const std::string never_applies = "p.json:1:32: rule 'r' can never apply: its 'when' contradicts itself\n";
  const std::string never_passes = "p.json:1:32: rule 'r' can never pass: its 'require' contradicts itself\n";
  const std::string never_fails = "p.json:1:32: rule 'r' can never fail: its 'require' holds for every value\n";
  const std::string ok = R"("require": {"fact": "patch.files.count", "at_most": 3})";
  const auto when = [&](const std::string& condition) { return R"("when": )" + condition + ", " + ok; };
  const auto all = [&](const std::string& a, const std::string& b) {
    return when("{\"all\": [" + a + ", " + b + "]}");
  };
  const std::string high = R"({"fact": "risk.level", "at_least": "high"})";
  const std::string low = R"({"fact": "risk.level", "at_most": "low"})";
  for (
      const auto& [rule, warnings] : {
          Odd{ok, ""},
          Odd{all(high, low), never_applies},
          Odd{all(high, R"({"fact": "risk.level", "at_most": "high"})"), ""},
          Odd{all(high, R"({"fact": "risk.level", "is": "low"})"), never_applies},
          Odd{all(R"({"fact": "patch.hotfix", "is": true})", R"({"fact": "patch.hotfix", "is": false})"),
              never_applies},
          Odd{all(R"({"fact": "patch.hotfix", "is": true})", R"({"fact": "patch.hotfix", "is_not": true})"),
              never_applies},
          Odd{all(R"({"fact": "patch.hotfix", "is": true})", R"({"fact": "patch.revert", "is": false})"), ""},
          Odd{all(R"({"fact": "target.ref", "is": "a"})", R"({"fact": "target.ref", "in": ["b", "c"]})"),
              never_applies},
          Odd{all(R"({"fact": "target.ref", "in": ["a", "b"]})", R"({"fact": "target.ref", "in": ["b", "c"]})"), ""},
          Odd{all(R"({"fact": "target.ref", "matches": "a"})", R"({"fact": "target.ref", "includes": "b"})"), ""},
          Odd{all(R"({"fact": "patch.files.count", "is": 3})", R"({"fact": "patch.files.count", "at_least": 4})"),
              never_applies},
          Odd{all(R"({"fact": "rollout.first_stage.percent", "at_most": 2.5})",
                  R"({"fact": "rollout.first_stage.percent", "at_least": 2.6})"),
              never_applies},
          Odd{when("{\"any\": [{\"all\": [" + high + "," + low + "]}, {\"all\": [" + low + "," + high + "]}]}"),
              never_applies},
          Odd{when("{\"any\": [{\"all\": [" + high + "," + low + "]}, " + low + "]}"), ""},
          Odd{when("{\"all\": [{\"all\": [" + high + "]}, {\"all\": [" + low + "]}]}"), never_applies},
          Odd{when("{\"all\": [{\"all\": [" + high + "," + low + "]}, {\"fact\": \"patch.hotfix\", \"is\": true}]}"),
              never_applies},
          Odd{when(R"({"none": [{"fact": "patch.files.count", "at_least": 0}]})"), never_applies},
          Odd{when(R"({"none": [{"fact": "patch.files.count", "at_least": 1}]})"), ""},
          Odd{when(
                  R"({"some": "symbols.touched", "has": {"all": [{"field": "impact", "is": "low"}, {"field": "impact", "is": "high"}]}})"),
              never_applies},
          Odd{when(
                  R"({"some": "symbols.touched", "where": {"all": [{"field": "impact", "is": "low"}, {"field": "impact", "is": "high"}]}, "has": {"field": "impact", "is": "low"}})"),
              never_applies},
          Odd{when(
                  R"({"some": "symbols.touched", "where": {"field": "impact", "is": "low"}, "has": {"field": "impact", "is": "low"}})"),
              ""},
          Odd{when(R"({"every": "symbols.touched", "has": {"field": "impact", "is": "low"}})"), ""},
          Odd{R"("require": {"all": [)" + high + "," + low + "]}", never_passes},
          Odd{R"("require": {"fact": "patch.files.count", "at_least": 0})", never_fails},
          Odd{R"("require": {"fact": "rollout.first_stage.percent", "at_most": 100})", never_fails},
          Odd{R"("require": {"fact": "rollout.first_stage.percent", "at_most": 99})", ""},
          Odd{R"("require": {"fact": "risk.level", "at_least": "low"})", never_fails},
          Odd{R"("require": {"fact": "risk.level", "at_most": "critical"})", never_fails},
          Odd{R"("require": {"all": [{"fact": "risk.level", "at_most": "critical"}, {"fact": "patch.files.count", "at_least": 0}]})",
              never_fails},
          Odd{R"("require": {"any": [{"fact": "risk.level", "at_most": "critical"}]})", ""},
      }) {
    const auto loaded = load_text(R"({"policy": 1, "rules": [{"id": "r", "level": "warn", )" + rule + "}]}");
    EXPECT_EQ(lines(loaded.errors), "");
    EXPECT_EQ(lines(loaded.warnings), warnings) << rule;
  }
}

}  // namespace
}  // namespace patchgate
