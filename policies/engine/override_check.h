#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "policies/engine/override.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// What an override is held against.
struct OverrideScene {
  std::string head;                 ///< of the patch, 40 hex digits
  std::string target;               ///< the branch that the patch is meant for; empty = not known
  std::int64_t now = 0;             ///< seconds since 1970
  std::vector<std::string> makers;  ///< e-mail addresses of the authors of the patch's commits; "" = one that has none
  std::vector<std::string> approvers;           ///< addresses that the policy names
  std::vector<std::string> final_rules, rules;  ///< ids of the policy's rules: those of level final, and all
  std::vector<std::string> floor_rules;         ///< ids of those of the organisation's floor, whatever their level
};

OverrideScene scene_of(const Policy& policy);

/// Why it does not count here, each with its place in the override; empty = it is in force: this head and target, time,
/// an approver whom the policy names and who is not among the makers, rules that there are and that are neither final
/// nor of a floor.
std::vector<Error> why_refused(const BreakGlass& leave, const OverrideScene& scene);

/// Those of its rules that the policy does not have, with a suggestion each.
std::vector<Error> unknown_rules(const BreakGlass& leave, const OverrideScene& scene);

}  // namespace patchgate
