#include <gtest/gtest.h>

#include "gate/pipeline/pictures.h"

namespace patchgate {
namespace {

std::string again(const CheckOptions& options, const Patch& patch, const std::string& now = "") {
  std::string text;
  for (const auto& word : run_again(options, patch, now, "/work/repository")) text += (text.empty() ? "" : " ") + word;
  return text;
}

TEST(RunAgainTest, NamesTheSamePatchAndEvidence) {
  Patch patch;
  patch.base = "b";
  patch.head = "h";
  EXPECT_EQ(again({}, patch), "patchgate check --base b --head h");
  patch.target_ref = "main";
  patch.source_ref = "fix";
  CheckOptions options;
  options.policy = "/work/repository/p.json";
  options.graph.compile_commands = {"/work/repository/build"};
  options.rollouts = {"/elsewhere/secret/rollout.yaml"};
  options.coverage = {"b.info", "a.info"};
  options.junit = {"j.xml"};
  options.junit_at_base = {"k.xml"};
  options.overrides = {"/elsewhere/glass.json"};
  options.context = "context.json";
  options.patch_scope = true;
  options.budget = 9;
  EXPECT_EQ(again(options, patch, "2026-01-01T00:00:00Z"),
            "patchgate check --base b --head h --target main --source fix --policy p.json --compile-commands build "
            "--rollout rollout.yaml --coverage a.info --coverage b.info --junit j.xml --junit-at-base k.xml "
            "--override glass.json --context context.json --scope patch --budget 9 --now 2026-01-01T00:00:00Z");
}

TEST(RunAgainTest, OfWhatIsNotCommittedNamesNoHead) {
  CheckOptions options;
  options.staged = true;
  Patch patch;
  patch.base = "b";
  patch.head = "a tree";
  EXPECT_EQ(again(options, patch), "patchgate check --base b --staged");
}

}  // namespace
}  // namespace patchgate
