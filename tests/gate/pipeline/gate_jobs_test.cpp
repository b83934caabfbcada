#include "gate/pipeline/gate_jobs.h"

#include <gtest/gtest.h>

#include "tests/support/test_repository.h"

namespace patchgate {
namespace {

TEST(GateJobs, FilesOfCi) {
  for (const char* path : {".github/workflows/a.yml", ".github/actions/x/run.sh", ".gitlab-ci.yml",
                           "sub/.gitlab-ci.yml", "ci/gate.gitlab-ci.yml", ".gitlab/jobs/a.yml", "Jenkinsfile",
                           "deploy/Jenkinsfile.release", "azure-pipelines.yml", "bitbucket-pipelines.yml",
                           ".circleci/config.yml", ".ci/run", "ci/gate", "action.yml", ".pre-commit-config.yaml"})
    EXPECT_TRUE(is_ci_file(path)) << path;
  for (const char* path : {"src/ci.cpp", "README.md", "github/workflows/a.yml", "docs/ci/a.md", "cilium/a.go", "x.yml"})
    EXPECT_FALSE(is_ci_file(path)) << path;
}

std::string gate_files(test::TestRepository& repo, const std::string& base, const std::string& head) {
  auto repository = Repository::open(repo.path());
  const auto before = repository->snapshot(base);
  const auto after = repository->snapshot(head);
  Patch patch;
  patch.files = *repository->diff(*before, *after);
  EXPECT_TRUE(mark_gate_jobs(*repository, patch));
  std::string text;
  for (const auto& file : patch.files)
    if (file.file_class == FileClass::gate) text += file.path + "\n";
  return text;
}

TEST(GateJobs, ThoseThatNameTheGateOnEitherSide) {
  test::TestRepository repo;
  const auto base = repo.write(".github/workflows/gate.yml", "run: PatchGate check\n")
                        .write(".github/workflows/docs.yml", "run: make docs\n")
                        .write(".github/workflows/old.yml", "run: patchgate check\nname: old\non: push\n")
                        .write("README.md", "patchgate\n")
                        .write("ci/tool.cpp", "// patchgate\n")
                        .commit("first");
  const auto head = repo.write(".github/workflows/gate.yml", "run: true\n")
                        .write(".github/workflows/docs.yml", "run: make more\n")
                        .write(".github/workflows/new.yml", "run: patchgate\n")
                        .move(".github/workflows/old.yml", "attic/old.yml")
                        .write("README.md", "patchgate, the gate\n")
                        .write("ci/tool.cpp", "// patchgate 2\n")
                        .commit("second");
  EXPECT_EQ(gate_files(repo, base, head), ".github/workflows/gate.yml\n.github/workflows/new.yml\nattic/old.yml\n");
}

TEST(GateJobs, FN_AJobThatCallsAScriptOfAnotherName) {
  test::TestRepository repo;
  const auto base = repo.write(".github/workflows/a.yml", "run: ./tools/judge\n").commit("first");
  const auto head = repo.write(".github/workflows/a.yml", "run: true\n").commit("second");
  EXPECT_EQ(gate_files(repo, base, head), "");
}

}  // namespace
}  // namespace patchgate
