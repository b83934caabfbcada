#include "analyzers/rollout/argo.h"

#include <algorithm>

#include "analyzers/rollout/argo_steps.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

std::string_view scalar_text(const DocNode* node) {
  return node != nullptr && node->is_scalar() ? std::string_view(node->text) : std::string_view();
}

void read_blue_green(const std::string& path, const DocNode& blue_green, const AnalysisTemplates& templates,
                     RolloutPlan& plan) {
  const auto trap = [&](const DocNode& at, std::string text) {
    plan.traps.emplace_back(Place{path, at.line, 0}, std::move(text));
  };
  plan.plain_why = "blue-green switches everything in one step";
  bool checked = false;
  if (const DocNode* before = blue_green.find("prePromotionAnalysis")) {
    auto judged = templates.judge(path, *before);
    for (auto& found : judged.traps) plan.traps.push_back(std::move(found));
    checked = judged.aborts;
  }
  const DocNode* promotion = blue_green.find("autoPromotionEnabled");
  const bool by_itself = promotion == nullptr || truth_of(*promotion).value_or(true);
  if (by_itself && !checked) {
    trap(promotion == nullptr ? blue_green : *promotion,
         "blue-green with autoPromotionEnabled (its default) and no working prePromotionAnalysis: everything switches "
         "at "
         "once");
    plan.at_once = true;
  }
}

}  // namespace

bool is_kubernetes_object(const DocNode& document) {
  return !scalar_text(document.find("apiVersion")).empty() && !scalar_text(document.find("kind")).empty();
}

bool is_argo_rollout(const DocNode& document) {
  return scalar_text(document.find("apiVersion")).starts_with("argoproj.io/") &&
         scalar_text(document.find("kind")) == "Rollout";
}

bool is_deployment(const DocNode& document) {
  return scalar_text(document.find("apiVersion")).starts_with("apps/") &&
         scalar_text(document.find("kind")) == "Deployment";
}

RolloutPlan read_argo_rollout(const std::string& path, const DocNode& document, const AnalysisTemplates& templates) {
  RolloutPlan plan;
  plan.at = {path, document.find("kind")->line, 0};
  const DocNode* spec = document.find("spec");
  const DocNode* canary = document.find({"spec", "strategy", "canary"});
  const DocNode* blue_green = document.find({"spec", "strategy", "blueGreen"});
  if (canary != nullptr) {
    read_canary(path, *spec, *canary, templates, plan);
    const DocNode* deadline = spec->find("progressDeadlineAbort");
    const bool stops_when_stuck = deadline != nullptr && truth_of(*deadline).value_or(false);
    if (stops_when_stuck && level_of(plan) == RolloutLevel::staged) {
      plan.traps.emplace_back(Place{path, deadline->line, 0},
                              "progressDeadlineAbort stops pods that do not start, not a version that does wrong");
    }
  } else if (blue_green != nullptr) {
    read_blue_green(path, *blue_green, templates, plan);
  } else {
    plan.plain_why = "the Rollout has neither a canary nor a blue-green strategy";
    plan.traps.emplace_back(plan.at, plan.plain_why);
  }
  return plan;
}

RolloutPlan read_deployment(const std::string& path, const DocNode& document) {
  RolloutPlan plan;
  plan.at = {path, document.find("kind")->line, 0};
  const DocNode* type = document.find({"spec", "strategy", "type"});
  plan.at_once = scalar_text(type) == "Recreate";
  plan.plain_why = plan.at_once ? "the Deployment recreates all pods at once"
                                : "a rolling update of a Deployment: pods, not users, and nothing that stops it";
  if (type != nullptr) plan.at.line = type->line;
  return plan;
}

std::optional<std::uint32_t> line_of_template(std::string_view text) {
  std::uint32_t line = 1;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view current = text.substr(0, end);
    const auto start = current.find_first_not_of(" \t");
    const bool comment = start != std::string_view::npos && current[start] == '#';
    for (auto open = current.find("{{"); !comment && open != std::string_view::npos; open = current.find("{{")) {
      current.remove_prefix(open + 2);
      const auto inside = current.find_first_not_of(" \t");
      if (inside == std::string_view::npos || !current.substr(inside).starts_with("args.")) return line;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
  }
  return std::nullopt;
}

}  // namespace patchgate
