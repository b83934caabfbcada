#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/rollout/rollout.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {

using ManifestFiles = std::vector<std::pair<std::string, std::string>>;

/// The facts without their common start, then the blind spots.
inline std::string said(const ManifestFiles& files) {
  test::Story story("");
  for (const auto& [path, text] : files) story.context.rollouts.push_back({path, text, "head"});
  story.run(rollout_manifests);
  std::string result;
  for (const char* name : {"level", "stages.count", "first_stage.percent", "bake.minutes", "abort"}) {
    result += story.fact(("rollout." + std::string(name)).c_str()).substr(8) + "\n";
  }
  for (const std::string& spot : story.findings.blind_spots) result += spot + "\n";
  return result;
}

/// "staged_abort; 5 % of requests; 10 min; error-rate (prometheus)" of the plan that counts, then " | " and its traps,
/// each with its place; or why nothing is known.
inline std::string in_short(const ManifestFiles& files) {
  test::Story story("");
  for (const auto& [path, text] : files) story.context.rollouts.push_back({path, text, "head"});
  story.run(rollout_manifests);
  if (story.findings.rollout.plans.empty()) return story.fact("rollout.level").substr(8);
  const RolloutPlan& plan = story.findings.rollout.plans.front();
  std::string text = name_of(level_of(plan));
  if (!plan.stages.empty()) {
    const RolloutStage& first = plan.stages.front();
    const auto number = [](double value) {
      std::string digits = std::to_string(std::round(value * 100) / 100);
      while (digits.ends_with('0')) digits.pop_back();
      return digits.ends_with('.') ? digits.substr(0, digits.size() - 1) : digits;
    };
    text += "; " + (first.percent ? number(*first.percent) + " % of " + plan.share_of : "? " + first.percent_unknown);
    text += "; " + (first.bake_minutes ? number(*first.bake_minutes) + " min" : std::string("until somebody goes on"));
    if (first.aborts) text += "; " + first.abort_by;
  }
  text += " |";
  for (const auto& [at, trap] : plan.traps) text += " " + at.file + ":" + std::to_string(at.line) + " " + trap + ";";
  return text;
}

}  // namespace patchgate
