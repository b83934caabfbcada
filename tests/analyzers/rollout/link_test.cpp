#include <gtest/gtest.h>

#include "said.h"

namespace patchgate {
namespace {

std::string rollout(const std::string& image, const std::string& name = "web") {
  return "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: " + name +
         "\nspec:\n  template:\n    spec:\n      containers:\n      - image: " + image +
         "\n  strategy:\n    canary:\n      trafficRouting: {}\n      steps:\n      - setWeight: 5\n      - pause: "
         "{}\n";
}

const char* const kPatch =
    "src/crm.cpp:3-9 function crm::encode\n"
    "src/main.cpp:3-9 function main main\n"
    "main -> crm::encode\n"
    "touch crm::encode\n";

using Sources = std::vector<RolloutSource>;

/// The fact rollout.linked, or why it is not known; then what else was noted.
std::string linked(const ManifestFiles& manifests, const Sources& build_files, const char* patch = kPatch) {
  test::Story story(patch);
  for (const auto& [path, text] : manifests) story.context.rollouts.push_back({path, text, "head"});
  story.context.rollout_inputs.build_files = build_files;
  story.run(rollout_manifests);
  std::string text = story.fact("rollout.linked").substr(15);
  if (!story.findings.rollout.plans.empty()) text += " | " + story.findings.rollout.plans.front().linked_why;
  for (const std::string& spot : story.findings.blind_spots) text += " | " + spot;
  return text;
}

Sources cmake(const std::string& text) { return {{"CMakeLists.txt", text}}; }

struct Case {
  const char* name;
  std::string image;
  Sources build_files;
  const char* expected;
};

const Case kCases[] = {
    {"the executable that compiles it", "registry.example.org:5000/team/crm-sync:1.4@sha256:00",
     cmake("add_executable(crm_sync src/main.cpp src/crm.cpp)\n"),
     "= yes at r.yaml:2 | crm-sync is an executable (CMakeLists.txt:1), which all that is touched belongs to"},
    {"a library of the executable", "crm",
     cmake("add_library(core STATIC\n  src/crm.cpp)\nadd_library(all INTERFACE)\ntarget_link_libraries(all INTERFACE "
           "core)\n"
           "add_executable(crm other.cpp)\ntarget_link_libraries(crm PRIVATE all)\n"),
     "= yes at r.yaml:2 | crm is an executable (CMakeLists.txt:5), which all that is touched belongs to"},
    {"its main reaches it", "crm", cmake("add_executable(crm src/main.cpp)\n"),
     "= yes at r.yaml:2 | crm is an executable (CMakeLists.txt:1), which all that is touched belongs to"},
    {"sources in a variable, a glob and a folder",
     "crm",
     {{"src/CMakeLists.txt",
       "# [[ add_executable(no) ]]\n#[[\nadd_executable(x)\n]]\nproject(crm)\nfile(GLOB MORE *.cpp)\n"
       "set(ALL \"${MORE};${CMAKE_CURRENT_SOURCE_DIR}/sub/x.cpp\")\nadd_executable(${PROJECT_NAME} "
       "${ALL})\n"}},
     "= yes at r.yaml:2 | crm is an executable (src/CMakeLists.txt:8), which all that is touched belongs to"},
    {"another name for the file", "sync",
     cmake("add_executable(crm src/crm.cpp)\nset_target_properties(crm PROPERTIES OUTPUT_NAME sync)\n"),
     "= yes at r.yaml:2 | sync is an executable (CMakeLists.txt:1), which all that is touched belongs to"},
    {"an image that a compose file builds",
     "example/web:2",
     {{"CMakeLists.txt", "add_executable(crm src/crm.cpp)\n"},
      {"docker/Dockerfile", "FROM debian\nCOPY build/crm /usr/bin/\nENTRYPOINT [\"/usr/bin/crm\"]\n"},
      {"docker/compose.yaml", "services:\n  front:\n    image: example/web\n    build: .\n"}},
     "= yes at r.yaml:2 | the image web (docker/compose.yaml:2) holds the executable crm (CMakeLists.txt:1), which all "
     "that is touched belongs to"},
    {"an image of a folder's name",
     "web",
     {{"CMakeLists.txt", "add_executable(crm src/crm.cpp)\n"}, {"web/Dockerfile", "COPY crm /\n"}},
     "= yes at r.yaml:2 | the image web (web/Dockerfile:1) holds the executable crm (CMakeLists.txt:1), which all that "
     "is "
     "touched belongs to"},
    {"another program", "billing",
     cmake("add_executable(billing b.cpp)\nadd_executable(crm src/crm.cpp src/main.cpp)\n"),
     "? the files given hold no rollout of this: r.yaml | rollout: r.yaml:2: rolls out something else: billing is an "
     "executable (CMakeLists.txt:1), and nothing that is touched belongs to it"},
    {"another program, not all of whose sources are seen", "billing",
     cmake("add_executable(billing b.cpp ${MORE})\nadd_executable(crm src/crm.cpp)\n"),
     "? billing is an executable (CMakeLists.txt:1), but only 0 of 1 touched symbols are seen to belong to it at "
     "r.yaml:2 "
     "| billing is an executable (CMakeLists.txt:1), but only 0 of 1 touched symbols are seen to belong to it"},
    {"another program, the file is nobody's", "billing", cmake("add_executable(billing b.cpp)\n"),
     "? billing is an executable (CMakeLists.txt:1), but only 0 of 1 touched symbols are seen to belong to it at "
     "r.yaml:2 "
     "| billing is an executable (CMakeLists.txt:1), but only 0 of 1 touched symbols are seen to belong to it"},
    {"a name that nobody builds", "nginx", cmake("add_executable(crm src/crm.cpp)\n"),
     "? it ships nginx, which is no program that this repository is seen to build at r.yaml:2 | it ships nginx, which "
     "is no "
     "program that this repository is seen to build"},
    {"no build file",
     "crm",
     {},
     "? it ships crm, which is no program that this repository is seen to build at r.yaml:2 | it ships crm, which is "
     "no "
     "program that this repository is seen to build"},
    {"a build file that breaks off", "crm", cmake("add_executable(crm src/crm.cpp"),
     "? it ships crm, which is no program that this repository is seen to build at r.yaml:2 | it ships crm, which is "
     "no "
     "program that this repository is seen to build"},
    {"FN_ sources that an expression makes", "crm", cmake("add_executable(crm $<1:src/crm.cpp>)\n"),
     "? crm is an executable (CMakeLists.txt:1), but only 0 of 1 touched symbols are seen to belong to it at r.yaml:2 "
     "| crm "
     "is an executable (CMakeLists.txt:1), but only 0 of 1 touched symbols are seen to belong to it"},
    {"FP_ a condition that is never true", "crm", cmake("if(NO)\nadd_executable(crm src/crm.cpp)\nendif()\n"),
     "= yes at r.yaml:2 | crm is an executable (CMakeLists.txt:2), which all that is touched belongs to"},
};

TEST(RolloutLink, Cases) {
  for (const Case& c : kCases) EXPECT_EQ(linked({{"r.yaml", rollout(c.image)}}, c.build_files), c.expected) << c.name;
}

TEST(RolloutLink, TheProvenOneOfSeveralCounts) {
  const auto build = cmake("add_executable(crm src/crm.cpp)\nadd_executable(billing b.cpp)\n");
  EXPECT_EQ(
      linked({{"a.yaml",
               "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {strategy: {type: "
               "Recreate}}\n"},
              {"b.yaml", rollout("crm")},
              {"c.yaml", rollout("billing", "other")}},
             build),
      "= yes at b.yaml:2 | crm is an executable (CMakeLists.txt:1), which all that is touched belongs to | rollout: "
      "c.yaml:2: rolls out something else: billing is an executable (CMakeLists.txt:2), and nothing that is touched "
      "belongs to it");
}

TEST(RolloutLink, ADeploymentOfThisBesideARolloutOfSomethingElse) {
  const auto build = cmake("add_executable(crm src/crm.cpp)\nadd_executable(billing b.cpp)\n");
  EXPECT_EQ(
      linked({{"a.yaml", rollout("billing")},
              {"b.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: crm}\n"}},
             build),
      "= yes at b.yaml:2 | crm is an executable (CMakeLists.txt:1), which all that is touched belongs to | rollout: "
      "a.yaml:2: rolls out something else: billing is an executable (CMakeLists.txt:2), and nothing that is touched "
      "belongs to it | rollout: b.yaml:2: a rolling update of a Deployment: pods, not users, and nothing that stops "
      "it");
}

TEST(RolloutLink, AnImageSaysMoreThanTheNameOfTheObject) {
  const auto build = cmake("add_executable(crm src/crm.cpp)\n");
  const std::string pods = "\nspec: {template: {spec: {containers: [{image: nginx}]}}}\n";
  EXPECT_EQ(
      linked({{"d.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: crm}" + pods}}, build).substr(0, 90),
      "? it ships nginx, which is no program that this repository is seen to build at d.yaml:2 | ");
  const std::string canary = "apiVersion: flagger.app/v1beta1\nkind: Canary\nspec:\n  targetRef: {name: crm}\n";
  EXPECT_EQ(linked({{"c.yaml", canary}}, build).substr(0, 5), "= yes");
  EXPECT_EQ(
      linked({{"c.yaml", canary}, {"d.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: crm}" + pods}},
             build)
          .substr(0, 16),
      "? it ships nginx");
}

TEST(RolloutLink, AFolderIsOnlyClaimed) {
  const auto build = cmake("add_executable(src src/crm.cpp)\nadd_executable(crm src/crm.cpp)\n");
  for (const std::string folder : {"src/", "./src", "./src/", "."}) {
    const std::string text =
        R"({"rollout": 1, "ships": [")" + folder + R"("], "stages": [{"percent": 5, "bake": "1h"}]})";
    const std::string why = "it ships " + folder + ", a folder, which is only claimed: no program that the build makes";
    EXPECT_EQ(linked({{"r.json", text}}, build), "? " + why + " at r.json:1 | " + why) << folder;
  }
  const char* const both = R"({"rollout": 1, "ships": ["crm", "src/"], "stages": [{"percent": 5, "bake": "1h"}]})";
  EXPECT_EQ(linked({{"r.json", both}}, build),
            "= yes at r.json:1 | crm is an executable (CMakeLists.txt:2), which all that is touched belongs to");
}

TEST(RolloutLink, ALaterDeploymentOfAnObjectThatIsNew) {
  test::Story story("touch crm::encode\nsrc/crm.cpp:3-9 function crm::encode\nfile r.yaml config +9 -0\n");
  for (FileChange& file : story.patch.files)
    if (file.path == "r.yaml") file.status = FileStatus::added;
  story.context.rollouts.push_back({"r.yaml", rollout("crm"), "head"});
  story.run(rollout_manifests);
  EXPECT_EQ(story.fact("rollout.level"), "rollout.level = weak at r.yaml:2");
  ASSERT_EQ(story.findings.blind_spots.size(), 1U);
  EXPECT_EQ(story.findings.blind_spots.front(),
            "rollout: r.yaml:2: this patch adds the manifest: its first deploy skips the stages");
}

}  // namespace
}  // namespace patchgate
