#include "gate/pipeline/verdict_by.h"

#include <algorithm>

#include "policies/engine/evaluate.h"

namespace patchgate {

Verdict verdict_by(const OpenedPolicy& policy, const Patch& patch, const Facts& facts) {
  std::vector<std::string> paths;
  for (const auto& change : patch.files) {
    paths.push_back(change.path);
    if (!change.old_path.empty()) paths.push_back(change.old_path);
  }
  auto verdict = evaluate(*policy.loaded.policy, facts, paths);
  if (!policy.observe_only) return verdict;
  const auto branch = patch.target_ref.empty() ? "the base" : patch.target_ref;
  return as_advice(std::move(verdict), "no policy on " + branch + " yet");
}

std::uint32_t deciding_fan_in(const std::vector<OpenedPolicy>& policies) {
  std::uint32_t most = 0;
  for (const auto& policy : policies) most = std::max(most, policy.loaded.policy->risk.moderate.transitive);
  return most;
}

}  // namespace patchgate
