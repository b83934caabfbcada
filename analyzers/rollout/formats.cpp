#include "analyzers/rollout/formats.h"

#include "analyzers/rollout/argo.h"
#include "analyzers/rollout/cloudformation.h"
#include "analyzers/rollout/codedeploy.h"
#include "analyzers/rollout/flagd.h"
#include "analyzers/rollout/flagger.h"
#include "analyzers/rollout/harness.h"
#include "analyzers/rollout/kubernetes.h"
#include "analyzers/rollout/launchdarkly.h"
#include "analyzers/rollout/spinnaker.h"
#include "analyzers/rollout/stages_file.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

RolloutSet::RolloutSet(const std::vector<RolloutFile>& all) : files(all) {
  for (const RolloutFile& file : files) {
    for (const DocNode& document : file.documents) templates.add(file.path, document);
  }
}

const DocNode* RolloutSet::object(std::string_view kind, std::string_view name) const {
  for (const RolloutFile& file : files) {
    for (const DocNode& document : file.documents) {
      if (scalar_text(document.find("kind")) == kind && scalar_text(document.find({"metadata", "name"})) == name) {
        return &document;
      }
    }
  }
  return nullptr;
}

const std::vector<RolloutFormat>& rollout_formats() {
  static const std::vector<RolloutFormat> formats{
      stages_file,        argo_rollouts,   flagger_canary,     kubernetes_deployment,
      cloudformation,     codedeploy_json, codedeploy_appspec, harness_pipeline,
      spinnaker_pipeline, flagd_flags,     launchdarkly_flags, kubernetes_other,
  };
  return formats;
}

std::string known_formats() {
  std::string text;
  for (const RolloutFormat& format : rollout_formats()) {
    if (*format.about != '\0') text += (text.empty() ? "" : ", ") + std::string(format.about);
  }
  return text;
}

}  // namespace patchgate
