#include "gate/commands/reported_verdict.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

const std::string kHead(40, 'a'), kOther(40, 'b'), kBase(40, 'c');

ReportedVerdict passing() {
  return {"allow", "allow: low risk", kBase, kBase, kHead, "release/2", "base:.patchgate/policy.json", "sha256:1"};
}

struct ObjectionCase {
  const char* name;
  void (*change)(ReportedVerdict&, Deploy&);
  std::vector<std::string> objections;
};

TEST(ReportedVerdict, SpeaksForExactlyOneDeploy) {
  const ObjectionCase cases[] = {
      {"the same", [](ReportedVerdict&, Deploy&) {}, {}},
      {"a warn passes", [](ReportedVerdict& verdict, Deploy&) { verdict.decision = "warn"; }, {}},
      {"no target is asked for", [](ReportedVerdict&, Deploy& deploy) { deploy.target.clear(); }, {}},
      {"blocked",
       [](ReportedVerdict& verdict, Deploy&) {
         verdict.decision = "block";
         verdict.headline = "no test";
       },
       {"the verdict is block: no test"}},
      {"another commit",
       [](ReportedVerdict&, Deploy& deploy) { deploy.head = kOther; },
       {"the report judges " + kHead + ", and " + kOther + " is about to be deployed"}},
      {"no commit", [](ReportedVerdict& verdict, Deploy&) { verdict.head.clear(); }, {"the report judges no commit"}},
      {"another target",
       [](ReportedVerdict&, Deploy& deploy) { deploy.target = "production"; },
       {"the report judges for release/2, and this is production"}},
      {"for no branch",
       [](ReportedVerdict& verdict, Deploy&) { verdict.target.clear(); },
       {"the report judges for no branch, and this is release/2"}},
      {"another policy",
       [](ReportedVerdict&, Deploy& deploy) { deploy.policy_digest = "sha256:2"; },
       {"the report was made by another policy than the one in force (base:.patchgate/policy.json)"}},
      {"a part of what is deployed",
       [](ReportedVerdict&, Deploy& deploy) { deploy.merge_base = kOther; },
       {"the report judges what came after " + kBase + ", and the deploy brings all that came after " + kOther}},
      {"nobody knows where it begins", [](ReportedVerdict&, Deploy& deploy) { deploy.merge_base.clear(); }, {}},
      {"no digest on either side",
       [](ReportedVerdict& verdict, Deploy& deploy) { verdict.policy_digest = deploy.policy_digest = ""; },
       {"the report was made by another policy than the one in force (base:.patchgate/policy.json)"}},
      {"all of it",
       [](ReportedVerdict& verdict, Deploy& deploy) {
         verdict = {"block", "no test", "", "", "", "", "", ""};
         deploy.policy_digest = "sha256:2";
       },
       {"the verdict is block: no test", "the report judges no commit",
        "the report judges what came after nothing, and the deploy brings all that came after " + kBase,
        "the report judges for no branch, and this is release/2",
        "the report was made by another policy than the one in force (it names none)"}},
  };
  for (const auto& one : cases) {
    auto verdict = passing();
    Deploy deploy{kHead, "release/2", "sha256:1", kBase};
    one.change(verdict, deploy);
    EXPECT_EQ(objections(verdict, deploy), one.objections) << one.name;
  }
}

std::string report(const std::string& decision, const std::string& head) {
  return R"({"schema": "patchgate-report/1", "inputs": {"base": null, "head": )" + head +
         R"(, "target_ref": "main", "policy": {"source": "builtin:hotfix@1", "oid": null, "digest": "sha256:7"}},
"verdict": {"decision": )" +
         decision + R"(, "headline": "why"}})";
}

std::string read(const std::string& text) {
  const auto verdict = read_verdict("r.json", text);
  if (!verdict) return to_string(verdict.error());
  return verdict->decision + " " + verdict->head + " " + verdict->target + " " + verdict->policy_source + " " +
         verdict->policy_digest + " " + verdict->headline;
}

TEST(ReportedVerdict, IsReadAsHostileText) {
  const std::string hint = "\n  hint: make one: patchgate check --report json=FILE";
  const auto quoted = [](const std::string& text) { return "\"" + text + "\""; };
  EXPECT_EQ(read(report("\"allow\"", quoted(kHead))), "allow " + kHead + " main builtin:hotfix@1 sha256:7 why");
  EXPECT_EQ(read(report("\"allow\"", "null")), "allow  main builtin:hotfix@1 sha256:7 why");
  EXPECT_EQ(read(report("\"ALLOW\"", "null")), "r.json: verdict.decision is none of allow, warn, block, none" + hint);
  EXPECT_EQ(read(report("null", "null")), "r.json: the report has no verdict.decision" + hint);
  EXPECT_EQ(read(report("true", "null")), "r.json:2: verdict.decision is a boolean, where a string is needed");
  EXPECT_EQ(read(report("\"allow\"", quoted("HEAD"))), "r.json:1: inputs.head is not a commit id of 40 hex digits");
  EXPECT_EQ(read(R"({"schema": "patchgate-report/2"})"),
            "r.json: no report of this program: its schema is not patchgate-report/1" + hint);
  EXPECT_EQ(read("{}"), "r.json: no report of this program: its schema is not patchgate-report/1" + hint);
  EXPECT_EQ(read(R"({"schema": "patchgate-report/1", "schema": "x"})"), "r.json:1: the key is there twice" + hint);
  EXPECT_TRUE(read("").starts_with("r.json:1: not JSON")) << read("");
}

}  // namespace
}  // namespace patchgate
