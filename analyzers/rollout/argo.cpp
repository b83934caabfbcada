#include "analyzers/rollout/argo.h"

#include <algorithm>

#include "analyzers/rollout/argo_steps.h"
#include "analyzers/rollout/kubernetes.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

void read_blue_green(const DocNode& blue_green, const AnalysisTemplates& templates, PlanReading& reading) {
  RolloutPlan& plan = reading.plan;
  plan.plain_why = "blue-green switches everything in one step";
  bool checked = false;
  if (const DocNode* before = blue_green.find("prePromotionAnalysis")) {
    auto judged = templates.judge(reading.path(), *before, AnalysisTemplates::Where::step);
    for (auto& found : judged.traps) plan.traps.push_back(std::move(found));
    checked = judged.aborts;
  }
  const DocNode* promotion = blue_green.find("autoPromotionEnabled");
  const bool by_itself = promotion == nullptr || truth_of(*promotion).value_or(true);
  if (by_itself && !checked) {
    reading.trap(promotion == nullptr ? blue_green : *promotion,
                 "blue-green with autoPromotionEnabled (its default) and no working prePromotionAnalysis: everything "
                 "switches at once");
    plan.at_once = true;
  }
  if (plan.traps.empty()) plan.traps.emplace_back(plan.at, plan.plain_why);
}

bool is_argo(const DocNode& document) { return is_kubernetes_object(document, "argoproj.io", "Rollout"); }

Result<RolloutReading> read_argo(const std::string& path, const DocNode& document, const RolloutSet& all) {
  PlanReading reading("argo", path, *document.find("kind"));
  RolloutPlan& plan = reading.plan;
  plan.name = scalar_text(document.find({"metadata", "name"}));
  plan.space = scalar_text(document.find({"metadata", "namespace"}));
  const DocNode* reference = document.find({"spec", "workloadRef", "name"});
  const DocNode* pods = reference == nullptr ? nullptr : all.object("Deployment", scalar_text(reference));
  ships_of_pods(pods == nullptr ? document : *pods, reading, pods == nullptr ? nullptr : reference);
  const DocNode* spec = document.find("spec");
  const DocNode* canary = document.find({"spec", "strategy", "canary"});
  const DocNode* blue_green = document.find({"spec", "strategy", "blueGreen"});
  if (canary != nullptr) {
    plan.share_of = canary->find("trafficRouting") == nullptr ? "pods" : "requests";
    read_canary(*spec, *canary, all.templates, reading);
    if (plan.share_of == "pods" && !plan.stages.empty()) {
      reading.remark(*canary, "without trafficRouting the weights are shares of the pods, not of the requests");
    }
    const DocNode* deadline = spec->find("progressDeadlineAbort");
    const bool stops_when_stuck = deadline != nullptr && truth_of(*deadline).value_or(false);
    if (stops_when_stuck && level_of(plan) == RolloutLevel::staged) {
      reading.trap(*deadline, "progressDeadlineAbort stops pods that do not start, not a version that does wrong");
    }
  } else if (blue_green != nullptr) {
    read_blue_green(*blue_green, all.templates, reading);
  } else {
    reading.plain(*document.find("kind"), "the Rollout has neither a canary nor a blue-green strategy");
  }
  reading.remark(document, "the first deploy of a Rollout skips its steps; whether this is one is not seen here");
  return RolloutReading{{std::move(plan)}, {}, {}};
}

}  // namespace

const RolloutFormat argo_rollouts{"Argo Rollouts", is_argo, read_argo};

}  // namespace patchgate
