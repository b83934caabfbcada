#include "analyzers/rollout/flags.h"

#include <algorithm>

#include "analyzers/rollout/flag_guards.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostPlaces = 3;  // in one sentence

std::string at_place(const Place& at) { return at.file + (at.line == 0 ? "" : ":" + std::to_string(at.line)); }

std::string places(const std::vector<Place>& list) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kMostPlaces, list.size()); ++i) text += (i == 0 ? "" : ", ") + at_place(list[i]);
  if (list.size() > kMostPlaces) text += " and " + std::to_string(list.size() - kMostPlaces) + " more";
  return text;
}

RolloutPlan plan_for(const std::string& key, bool when, const std::vector<FlagShare>& shares, const FlagGuard& guard) {
  std::vector<RolloutPlan> found;
  for (const FlagShare& share : shares) {
    if (share.key == key) found.push_back(plan_of(share, when));
  }
  if (found.size() == 1) return std::move(found.front());
  FlagShare none{"flag", key, guard.at, std::nullopt, "", {}, {}};
  none.unknown = found.empty() ? "it is in none of the files given" : "it is given more than once";
  return plan_of(none, when);
}

}  // namespace

Result<void> look_at_flags(const Context& context, const std::vector<FlagShare>& shares, Findings& findings) {
  std::vector<FlagFunction> functions;
  for (const auto& [name, text] : context.rollout_inputs.flag_catalogues) {
    PATCHGATE_TRY(auto more, parse_flag_catalogue(name, text));
    functions.insert(functions.end(), more.begin(), more.end());
  }
  GuardedPatch guarded = find_guards(context, findings.touched, functions);
  RolloutFindings& rollout = findings.rollout;
  if (guarded.keys.empty()) {
    if (!shares.empty()) {
      findings.blind_spots.push_back("rollout: flags are given (" + at_place(shares.front().at) +
                                     "), and none is seen to guard what the patch touches");
    }
    return {};
  }
  rollout.guards = std::move(guarded.guards);
  rollout.unguarded = std::move(guarded.unguarded);
  for (const auto& [key, when] : guarded.keys) {
    const auto guard = std::find_if(rollout.guards.begin(), rollout.guards.end(),
                                    [&, wanted = key](const FlagGuard& one) { return one.key == wanted; });
    RolloutPlan plan = plan_for(key, when, shares, *guard);
    if (rollout.unguarded.empty()) {
      plan.linked = RolloutLink::yes;
      plan.linked_why = "what the patch touches runs only where " + guard->function + " (" + at_place(guard->at) +
                        ") says " + (when ? "true" : "false");
    }
    rollout.flags.push_back(std::move(plan));
  }
  if (!rollout.unguarded.empty()) {
    findings.blind_spots.push_back("rollout: the flag " + rollout.flags.front().flag +
                                   " guards only a part of what is touched; not guarded: " + places(rollout.unguarded));
    return {};
  }
  const RolloutPlan& weakest = *std::min_element(rollout.flags.begin(), rollout.flags.end(), is_weaker);
  if (rollout.plans.empty() || is_weaker(rollout.plans.front(), weakest)) {
    rollout.plans.insert(rollout.plans.begin(), weakest);
  }
  return {};
}

}  // namespace patchgate
