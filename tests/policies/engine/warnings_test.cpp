#include <gtest/gtest.h>

#include "policies/engine/idle_globs.h"
#include "policies/engine/narrowing.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

std::string with_when(const std::string& when, const std::string& more = "") {
  return R"({"policy": 1)" + more + R"(, "rules": [{"id": "r", "level": "warn", "when": )" + when +
         R"(, "require": {"fact": "patch.files.count", "at_most": 9}}]})";
}

const std::string kSource = R"({"fact": "source.ref", "matches": "hotfix/**"})";
const std::string kTarget = R"({"fact": "target.ref", "is": "main"})";

TEST(Narrowing, WarnsWhereTheAuthorCanAvoidARule) {
  for (const auto& [when, names] : {
           std::pair<std::string, std::string>{kSource, "source.ref"},
           {kTarget, ""},
           {"{\"all\": [" + kSource + ", " + kTarget + "]}", "source.ref"},
           {"{\"any\": [" + kSource + ", " + kTarget + "]}", ""},
           {"{\"any\": [" + kSource + ", {\"fact\": \"rollout.abort\", \"is\": true}]}", "rollout.abort, source.ref"},
           {"{\"none\": [" + kSource + "]}", "source.ref"},
           {"{\"none\": [" + kTarget + "]}", ""},
           {"{\"none\": [{\"all\": [" + kTarget + ", " + kSource + "]}]}", ""},
           {"{\"none\": [{\"any\": [" + kTarget + ", " + kSource + "]}]}", "source.ref"},
           {"{\"none\": [{\"none\": [" + kSource + "]}]}", "source.ref"},
           {"{\"none\": [{\"none\": [" + kTarget + "]}]}", ""},
           {R"({"some": "symbols.touched", "has": {"field": "coverage.percent", "at_most": 50}})", "coverage.percent"},
           {R"({"some": "symbols.touched", "has": {"field": "impact", "is": "high"}})", ""},
           {R"({"fact": "patch.hotfix", "is": true})", ""},
       }) {
    const auto expected =
        names.empty()
            ? std::string()
            : "p.json:1:32: rule 'r' applies by what the patch's author says (" + names +
                  "), who can avoid it by saying otherwise; ask for target.ref instead, or say with 'narrows' "
                  "why that is fine\n";
    EXPECT_EQ(lines(load_text(with_when(when)).warnings), expected) << when;
  }
}

TEST(Narrowing, AHotfixByItsTargetIsNoClaim) {
  const std::string hotfix = R"({"fact": "patch.hotfix", "is": true})";
  EXPECT_EQ(lines(load_text(with_when(hotfix, R"(, "hotfix": {"target": ["release/**"]})")).warnings), "");
  EXPECT_NE(lines(load_text(with_when(hotfix, R"(, "hotfix": {"source": ["hotfix/**"]})")).warnings), "");
}

TEST(Narrowing, ARuleCanSayWhyItIsFine) {
  EXPECT_EQ(
      lines(load_text(R"({"policy": 1, "rules": [{"id": "r", "level": "warn", "narrows": "another rule asks for it",
    "when": {"fact": "source.ref", "is": "x"}, "require": {"fact": "patch.files.count", "at_most": 9}}]})")
                .warnings),
      "");
}

std::string idle(const std::string& policy, const std::vector<std::string>& paths, Files files = {}) {
  std::vector<Error> warnings;
  find_idle_globs(good_policy(policy, std::move(files)), paths, warnings);
  return lines(warnings);
}

const std::string kPaths = R"({"policy": 1, "rules": [{"id": "r", "level": "warn", "paths": ["src/**", "sorce/*"],
  "when": {"some": "symbols.touched", "has": {"field": "path", "matches": "lib/**"}},
  "require": {"all": [{"fact": "target.ref", "matches": "no/file"},
   {"every": "symbols.touched", "where": {"field": "declared_in", "matches": ["include/**"]}, "has": {"field": "name", "matches": "std*"}}]}}]})";

TEST(IdleGlobs, PatternsThatMatchNoFileAreNamed) {
  EXPECT_EQ(idle(kPaths, {"src/a.c", "lib/b.c"}),
            "p.json:1:32: rule 'r': no file of the base matches sorce/*\n"
            "p.json:1:32: rule 'r': no file of the base matches include/**\n");
  EXPECT_EQ(idle(kPaths, {"src/a.c", "sorce/x", "lib/b.c", "include/a.h"}), "");
}

TEST(IdleGlobs, OfABuiltInRuleOnePatternIsEnough) {
  const Files files{{"builtin:p@1", kPaths}};
  const std::string child = R"({"policy": 1, "extends": ["builtin:p@1"]})";
  EXPECT_EQ(idle(child, {"src/a.c", "lib/b.c", "include/a.h"}, files), "");
  EXPECT_EQ(idle(child, {"src/a.c", "lib/b.c"}, files),
            "builtin:p@1:1:32: rule 'r': no file of the base matches include/**\n");
}

TEST(IdleGlobs, GivesUpOnAVeryLargeTree) {
  const std::vector<std::string> paths(200'000, "a/long/path/of/a/file/that/no/pattern/matches/at/all.cpp");
  EXPECT_EQ(
      idle(
          R"({"policy": 1, "rules": [{"id": "r", "level": "warn", "paths": ["**/x/**/y/**/z.c"], "require": {"fact": "patch.revert", "is": true}}]})",
          paths),
      "");
}

}  // namespace
}  // namespace patchgate
