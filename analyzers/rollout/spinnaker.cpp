#include "analyzers/rollout/spinnaker.h"

#include <algorithm>

#include "analyzers/rollout/plan_reading.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

bool is_spinnaker(const DocNode& document) {
  const DocNode* stages = document.find("stages");
  if (stages == nullptr || !stages->is_list() || document.find("rollout") != nullptr) return false;
  return std::any_of(stages->items.begin(), stages->items.end(), [](const DocNode& stage) {
    return stage.find("refId") != nullptr && stage.find("type") != nullptr;
  });
}

std::optional<double> lifetime_of(const DocNode& config) {
  if (const DocNode* duration = config.find("lifetimeDuration")) return minutes_of_iso(scalar_text(duration));
  const DocNode* hours = config.find("lifetimeHours");
  const auto given = hours == nullptr ? std::nullopt : whole_of(*hours);
  return given && *given > 0 ? std::optional<double>(60.0 * static_cast<double>(*given)) : std::nullopt;
}

void read_canary_stage(const DocNode& stage, PlanReading& reading) {
  const DocNode* config = stage.find("canaryConfig");
  if (config == nullptr) return reading.trap(stage, "a canary stage without a canaryConfig judges nothing");
  if (scalar_text(stage.find("analysisType")) == "retrospective") {
    return reading.trap(*stage.find("analysisType"),
                        "a retrospective analysis looks at what is over: nothing waits for it");
  }
  RolloutStage result;
  result.at = reading.place(stage);
  result.percent_unknown = "how many servers the canary gets is not in the pipeline";
  result.bake_minutes = lifetime_of(*config);
  result.bake_at = reading.place(*config);
  result.waits = true;
  const DocNode* pass = config->find({"scoreThresholds", "pass"});
  const auto score = pass == nullptr ? std::nullopt : whole_of(*pass);
  const bool goes_on =
      scalar_text(stage.find("continuePipeline")) == "true" || scalar_text(stage.find("failPipeline")) == "false";
  if (!score || *score <= 0) {
    reading.trap(pass == nullptr ? *config : *pass, "no score above 0 is needed to pass: the canary never fails");
  } else if (goes_on) {
    reading.trap(stage, "the pipeline goes on when the canary fails");
  } else {
    result.aborts = true;
    result.abort_by = "score below " + pass->text + " (kayenta)";
    result.abort_at = reading.place(*pass);
  }
  reading.plan.stages.push_back(std::move(result));
}

Result<RolloutReading> read_spinnaker(const std::string& path, const DocNode& document, const RolloutSet&) {
  PlanReading reading("spinnaker", path, *document.find("stages"));
  reading.plan.name = scalar_text(document.find("name"));
  reading.plan.share_of = "servers";
  reading.ships(document.find("application"));
  const DocNode* judgment = nullptr;
  for (const DocNode& stage : document.find("stages")->items) {
    const std::string type = scalar_text(stage.find("type"));
    if (type == "kayentaCanary") read_canary_stage(stage, reading);
    if (type == "manualJudgment") judgment = &stage;
  }
  if (reading.plan.stages.empty()) {
    reading.plain(judgment == nullptr ? *document.find("stages") : *judgment,
                  judgment == nullptr
                      ? "no stage of the pipeline judges a canary"
                      : "only a person's judgment: nothing is measured, and for which share is not said");
  }
  return RolloutReading{{std::move(reading.plan)}, {}, {}};
}

}  // namespace

const RolloutFormat spinnaker_pipeline{"Spinnaker pipelines", is_spinnaker, read_spinnaker};

}  // namespace patchgate
