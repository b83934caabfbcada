#include <gtest/gtest.h>

#include "said.h"

namespace patchgate {
namespace {

std::string stages(const char* first) {
  return std::string(R"({"rollout": 1, "stages": [{"percent": )") + first + R"(, "bake": "1h"}]})";
}

TEST(Manifests, NoneGiven) {
  EXPECT_EQ(said({}),
            "level = none\n"
            "stages.count = 0\n"
            "first_stage.percent ? no rollout manifest was named or found\n"
            "bake.minutes ? no rollout manifest was named or found\n"
            "abort = false\n");
}

TEST(Manifests, AFileThatCannotBeReadIsNeitherAPassNorNone) {
  EXPECT_EQ(said({{"good.json", stages("5")}, {"bad.yaml", "a: [1"}}),
            "level ? bad.yaml:2:1: flow sequence without a closing bracket at bad.yaml:2\n"
            "stages.count ? bad.yaml:2:1: flow sequence without a closing bracket at bad.yaml:2\n"
            "first_stage.percent ? bad.yaml:2:1: flow sequence without a closing bracket at bad.yaml:2\n"
            "bake.minutes ? bad.yaml:2:1: flow sequence without a closing bracket at bad.yaml:2\n"
            "abort ? bad.yaml:2:1: flow sequence without a closing bracket at bad.yaml:2\n"
            "rollout: bad.yaml:2:1: flow sequence without a closing bracket\n");
}

struct Case {
  const char* name;
  std::vector<std::pair<std::string, std::string>> files;
  const char* level;
  const char* last;  ///< line of all
};

const Case kCases[] = {
    {"templates",
     {{"rollout.yaml", "kind: Rollout\nspec: {{ .Values.spec }}\n"}},
     "level ? rollout.yaml:2: has templates in it that are not filled in; give the rendered manifest at rollout.yaml:2",
     "rollout: rollout.yaml:2: has templates in it that are not filled in; give the rendered manifest"},
    {"another format",
     {{"values.yaml", "image: crm\nreplicas: 3\n"}},
     "level ? values.yaml:1: is of no format that is understood (rollout.json with its version, Argo Rollouts, "
     "Flagger, "
     "Kubernetes Deployment, CloudFormation, SAM, AWS CodeDeploy, Harness pipelines, Spinnaker pipelines, flagd, "
     "exported LaunchDarkly flags) at values.yaml:1",
     "rollout: values.yaml:1: is of no format that is understood (rollout.json with its version, Argo Rollouts, "
     "Flagger, "
     "Kubernetes Deployment, CloudFormation, SAM, AWS CodeDeploy, Harness pipelines, Spinnaker pipelines, flagd, "
     "exported LaunchDarkly flags)"},
    {"the same object twice",
     {{"a.yaml",
       "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: crm}\n---\n"
       "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: crm}\n"}},
     "level ? a.yaml:7: gives the Deployment crm a second time at a.yaml:7",
     "rollout: a.yaml:7: gives the Deployment crm a second time"},
    {"a kustomization",
     {{"kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"}},
     "level ? kustomization.yaml:2: is a kustomization, which is filled in later; give the rendered manifest at "
     "kustomization.yaml:2",
     "rollout: kustomization.yaml:2: is a kustomization, which is filled in later; give the rendered manifest"},
    {"manifests of other things",
     {{"service.yaml", "apiVersion: v1\nkind: Service\n"}},
     "level = none",
     "abort = false"},
    {"an empty file", {{"empty.yaml", ""}}, "level = none", "abort = false"},
    {"the weakest of several",
     {{"a.json",
       R"({"rollout": 1, "stages": [{"percent": 1, "bake": "1h", "abort": {"metric": "m", "when": "> 1"}}]})"},
      {"b.json", stages("5")}},
     "level = staged at b.json:1",
     "rollout: 2 rollouts were given; which of them ships this change is not seen, the weakest counts"},
    {"the larger first share of equals",
     {{"a.json", stages("1")}, {"b.json", stages("20")}},
     "level = staged at b.json:1",
     "rollout: 2 rollouts were given; which of them ships this change is not seen, the weakest counts"},
};

TEST(Manifests, Cases) {
  for (const Case& c : kCases) {
    const std::string text = said(c.files);
    EXPECT_EQ(text.substr(0, text.find('\n')), c.level) << c.name;
    const auto last = text.rfind('\n', text.size() - 2);
    EXPECT_EQ(text.substr(last + 1, text.size() - last - 2), c.last) << c.name;
  }
}

}  // namespace
}  // namespace patchgate
