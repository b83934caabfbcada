#include <gtest/gtest.h>

#include "analyzers/recovery/recovery.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

const std::string kCode = "file src/a.cpp +1 -1\n src/a.cpp:1 function f\n touch f\n";
const std::string kBase(40, 'a'), kHead(40, 'b');
const std::string kFirst =
    "revert the code first, else it damages again what you repair (good after a merge and a fast-forward; after a "
    "squash or a rebase where git still knows the commit: git fetch origin " +
    kHead + ", else revert what the merge made)";
const std::string kWhole = "git revert --no-edit \"$(git commit-tree '" + kHead + "^{tree}' -p " + kBase +
                           " -m 'the patch " + kHead.substr(0, 12) + "')\"";
const char* const kDeploy = "bring it out: deploy what this pushes, all of it at once: git push";
const char* const kCheck =
    "then check: compare a sample of what was written before the deploy, during it and after the repair";

std::string steps_of(Story& story) {
  story.run(recovery_card);
  std::vector<std::string> lines;
  for (const auto& step : story.findings.recovery_steps) lines.push_back(in_one_line(step));
  return joined(lines, "\n");
}

void feed(Story& story, Confidence confidence) {
  story.findings.touched.front().sinks = {
      {"http_write", "curl_easy_perform", true, {"save", "send", "curl_easy_perform"}, confidence}};
}

TEST(RecoveryCard, CodeFirstThenDataThenCheck) {
  Story story(kCode);
  story.patch.target_ref = "release/2.4";
  feed(story, Confidence::exact);
  EXPECT_EQ(steps_of(story),
            kFirst + ": git switch release/2.4 && git pull --ff-only && " + kWhole + "\n" + kDeploy +
                "\nthen restore what the patched code wrote since the deploy, and only that: http_write from the last "
                "backup: no audit source is declared for it\n" +
                kCheck);
}

TEST(RecoveryCard, DataThatOnlyMayHaveBeenChangedIsNamed) {
  Story story(kCode);
  feed(story, Confidence::possible);
  EXPECT_NE(steps_of(story).find("\nthen look at the data: it may have been changed, by a way that is only possible\n"),
            std::string::npos);
}

TEST(RecoveryCard, OneCommitNeedsNoOther) {
  Story story(kCode);
  story.context.way_back.one_commit = true;
  EXPECT_EQ(steps_of(story), kFirst + "; on the branch that was deployed: git pull --ff-only && git revert --no-edit " +
                                 kHead + "\n" + kDeploy + "\n" + kCheck);
}

TEST(RecoveryCard, SaysWhereAPersonIsNeeded) {
  Story story(kCode);
  story.patch.target_ref = "main";
  story.context.way_back.clean = false;
  story.context.way_back.conflicts = {{"src/a.cpp", {3, 2}, {7, 1}, "x"}, {"src/b.cpp", {}, {}, "y"}};
  EXPECT_EQ(steps_of(story).substr(kFirst.size(), 86),
            "; it stops for you to resolve src/a.cpp:3-4, src/b.cpp, then: git revert --continue: g");
}

TEST(RecoveryCard, NamesTheAuditOfEachSink) {
  Story story(kCode);
  const auto sink = [](const char* kind, const char* name, const char* audit) {
    return FedSink{kind, name, false, {"f", name}, Confidence::exact, {}, audit};
  };
  story.findings.touched.front().sinks = {
      sink("http_write", "send", "the CRM's history"), sink("file_write", "fwrite", ""),
      sink("sql_write", "PQexec", "table audit.users"), sink("file_write", "write", "")};
  story.run(recovery_card);
  EXPECT_EQ(story.findings.recovery_steps.at(2).what,
            "then restore what the patched code wrote since the deploy, and only that: sql_write by PQexec from table "
            "audit.users, http_write by send from the CRM's history, file_write from the last backup: no audit source "
            "is declared for it");
}

TEST(RecoveryCard, StopsTheRolloutBeforeAll) {
  Story story(kCode);
  story.findings.rollout.plans.resize(1);
  auto& plan = story.findings.rollout.plans.front();
  plan.system = "argo";
  plan.name = "crm";
  plan.at = {"deploy/crm.yaml", 3, 0};
  EXPECT_EQ(steps_of(story).substr(0, 194),
            "stop the rollout crm (deploy/crm.yaml:3), so that no more of the traffic gets the patch; -n and its "
            "namespace: kubectl argo rollouts abort crm && kubectl argo rollouts undo crm\nrevert the code f");
}

TEST(RecoveryCard, AHostileBranchIsOneWord) {
  Story story(kCode);
  story.patch.target_ref = "a;rm -rf $HOME";
  EXPECT_EQ(steps_of(story).substr(kFirst.size() + 2, 50), "git switch 'a;rm -rf $HOME' && git pull --ff-only ");
  Story hidden(kCode);
  hidden.patch.target_ref = "main\xe2\x80\xae";
  EXPECT_EQ(steps_of(hidden).find("git switch"), std::string::npos) << "a name that does not show as it is";
}

TEST(RecoveryCard, WhatIsNotCommittedHasNoCommand) {
  Story story(kCode);
  story.context.way_back.committed = false;
  EXPECT_EQ(
      steps_of(story),
      std::string("revert the code first: nothing is committed yet; once it is, git revert that commit\n") + kCheck);
}

TEST(RecoveryCard, WhoKnowsTheCode) {
  Story story(kCode);
  story.context.way_back.authors = {{"Ana", 12}, {"Bo", 1}, {"Cy", 1}, {"Di", 1}};
  story.run(recovery_card);
  EXPECT_EQ(joined(story.findings.recovery_who, ", "), "Ana (12 commits), Bo (1 commit), Cy (1 commit)");
}

TEST(RecoveryCard, AnEmptyPatchHasNoWayBack) {
  Story story("");
  EXPECT_EQ(steps_of(story), "");
}

}  // namespace
}  // namespace patchgate
