#include "analyzers/rollout/harness.h"

#include <algorithm>

#include "analyzers/rollout/plan_reading.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

/// A value that the pipeline is given when it runs.
bool is_expression(const DocNode* node) { return scalar_text(node).find("<+") != std::string::npos; }

/// The steps below groups and parallel branches, in order.
void flatten(const DocNode& steps, std::vector<const DocNode*>& flat) {
  for (const DocNode& item : steps.items) {
    if (const DocNode* step = item.find("step")) flat.push_back(step);
    if (const DocNode* group = item.find({"stepGroup", "steps"})) flatten(*group, flat);
    if (const DocNode* parallel = item.find("parallel")) flatten(*parallel, flat);
  }
}

void find_deployments(const DocNode& stages, std::vector<const DocNode*>& found) {
  for (const DocNode& item : stages.items) {
    if (const DocNode* stage = item.find("stage"); stage != nullptr && scalar_text(stage->find("type")) == "Deployment")
      found.push_back(stage);
    if (const DocNode* parallel = item.find("parallel")) find_deployments(*parallel, found);
  }
}

const DocNode* stages_of(const DocNode& document) {
  for (const auto* stages : {document.find({"pipeline", "stages"}), document.find({"template", "spec", "stages"})}) {
    if (stages != nullptr && stages->is_list()) return stages;
  }
  return nullptr;
}

/// A template of one stage.
const DocNode* stage_template(const DocNode& document) {
  const DocNode* stage = document.find({"template", "spec"});
  return stage != nullptr && scalar_text(stage->find("type")) == "Deployment" ? stage : nullptr;
}

class DeploymentStage {
 public:
  DeploymentStage(const DocNode& stage, PlanReading& reading) : stage_(stage), reading_(reading) {}

  void read() {
    reading_.plan.name = scalar_text(stage_.find("name"));
    reading_.plan.share_of = "pods";
    reading_.ships(stage_.find({"spec", "service", "serviceRef"}));
    std::vector<const DocNode*> steps;
    if (const DocNode* list = stage_.find({"spec", "execution", "steps"})) flatten(*list, steps);
    for (const DocNode* step : steps) read_step(*step);
    keep();
    if (reading_.plan.stages.empty() && reading_.plan.plain_why.empty()) {
      reading_.plain(stage_, has_canary_ ? "nothing waits between the canary and the rest"
                                         : "the stage has no canary step: everything follows without a stop");
    }
  }

 private:
  void read_step(const DocNode& step) {
    const std::string type = scalar_text(step.find("type"));
    if (type.ends_with("CanaryDeploy")) {
      keep();
      has_canary_ = canary_open_ = true;
      open(step);
    } else if (type.ends_with("BlueGreenDeploy")) {
      reading_.plan.plain_why = "blue-green switches everything in one step";
      reading_.trap(step, reading_.plan.plain_why);
    } else if (type.ends_with("RollingDeploy") || type.ends_with("CanaryDelete") || type == "K8sApply") {
      keep();
    } else if (canary_open_) {
      read_check(step, type);
    }
  }

  void open(const DocNode& step) {
    current_ = RolloutStage{};
    current_.at = reading_.place(step);
    current_.bake_minutes = 0;
    const DocNode* selection = step.find({"spec", "instanceSelection"});
    const DocNode* kind = selection == nullptr ? nullptr : selection->find("type");
    const DocNode* share = selection == nullptr ? nullptr : selection->find({"spec", "percentage"});
    current_.percent_unknown = "the canary is a number of pods, and how many there are in all is not given";
    if (scalar_text(kind) != "Percentage") return;
    const auto percent = share == nullptr ? std::nullopt : whole_of(*share);
    current_.percent_unknown = is_expression(share) ? "the percentage is given when the pipeline runs"
                                                    : "the percentage is not a number from 1 to 100";
    if (!percent || *percent <= 0 || *percent > 100) return;
    current_.at = reading_.place(*share);
    current_.percent = static_cast<double>(*percent);
  }

  void wait(const DocNode& at, std::optional<double> minutes) {
    current_.waits = true;
    if (!minutes) current_.bake_minutes.reset();
    if (minutes && current_.bake_minutes) *current_.bake_minutes += *minutes;
    if (current_.bake_at.line == 0) current_.bake_at = reading_.place(at);
  }

  void read_check(const DocNode& step, const std::string& type) {
    const DocNode* given = step.find({"spec", "duration"});
    if (type == "Wait") {
      wait(step, given == nullptr ? std::nullopt : minutes_of(scalar_text(given), false));
    } else if (type.ends_with("Approval")) {
      wait(step, std::nullopt);
    } else if (type == "Verify") {
      const DocNode* length = step.find({"spec", "spec", "duration"});
      wait(step, length == nullptr ? std::nullopt : minutes_of(scalar_text(length), false));
      read_verification(step);
    }
  }

  /// What happens when a verification fails: its own strategy, or that of the stage.
  void read_verification(const DocNode& step) {
    for (const DocNode* holder : {&step, &stage_}) {
      const DocNode* strategies = holder->find("failureStrategies");
      if (strategies == nullptr || !strategies->is_list()) continue;
      for (const DocNode& strategy : strategies->items) {
        const DocNode* errors = strategy.find({"onFailure", "errors"});
        const DocNode* action = strategy.find({"onFailure", "action", "type"});
        const bool for_it =
            errors != nullptr && std::any_of(errors->items.begin(), errors->items.end(), [](const auto& e) {
              return e.text == "AllErrors" || e.text == "Verification";
            });
        if (for_it && action != nullptr) return judge_action(step, *action);
      }
    }
    reading_.trap(step, "no failureStrategies say what a failed Verify does: nothing is taken back");
  }

  void judge_action(const DocNode& step, const DocNode& action) {
    const std::string& what = action.text;
    if (what == "StageRollback" || what == "PipelineRollback" || what == "StepGroupRollback") {
      const DocNode* rollback = stage_.find({"spec", "execution", "rollbackSteps"});
      if (what == "StageRollback" && (rollback == nullptr || rollback->items.empty())) {
        reading_.trap(action, "StageRollback without rollbackSteps: nothing is taken back");
        return;
      }
      current_.aborts = true;
      current_.abort_by = scalar_text(step.find("name")) + " (Harness verification)";
      current_.abort_at = reading_.place(step);
    } else if (what == "Abort" || what == "MarkAsFailure") {
      reading_.trap(action, what + ": a failed Verify stops the pipeline and takes nothing back");
    } else {
      reading_.trap(action, what + ": a failed Verify does not stop the rollout by itself");
    }
  }

  void keep() {
    if (!canary_open_) return;
    canary_open_ = false;
    if (current_.waits && !(current_.percent && *current_.percent >= 100)) {
      reading_.plan.stages.push_back(current_);
    } else {
      reading_.plan.traps.emplace_back(current_.at,
                                       "no Verify, approval or wait follows the canary: the rest follows at once");
    }
  }

  const DocNode& stage_;
  PlanReading& reading_;
  RolloutStage current_;
  bool has_canary_ = false, canary_open_ = false;
};

bool is_pipeline(const DocNode& document) {
  return stages_of(document) != nullptr || stage_template(document) != nullptr;
}

Result<RolloutReading> read_pipeline(const std::string& path, const DocNode& document, const RolloutSet&) {
  std::vector<const DocNode*> stages;
  if (const DocNode* list = stages_of(document)) find_deployments(*list, stages);
  if (const DocNode* stage = stage_template(document)) stages.push_back(stage);
  PlanReading reading("harness", path, stages.empty() ? document : *stages.back());
  if (stages.empty()) {
    reading.plain(document, "no stage of the pipeline deploys anything that is written here");
  } else {
    DeploymentStage(*stages.back(), reading).read();
    if (stages.size() > 1) {
      reading.remark(*stages.back(),
                     "of " + std::to_string(stages.size()) + " stages that deploy, the last one counts");
    }
  }
  return RolloutReading{{std::move(reading.plan)}, {}, {}};
}

}  // namespace

const RolloutFormat harness_pipeline{"Harness pipelines", is_pipeline, read_pipeline};

}  // namespace patchgate
