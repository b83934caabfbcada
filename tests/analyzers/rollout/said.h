#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzers/rollout/rollout.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {

/// The facts without their common start, then the blind spots.
inline std::string said(const std::vector<std::pair<std::string, std::string>>& files) {
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

}  // namespace patchgate
