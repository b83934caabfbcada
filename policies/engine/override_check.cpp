#include "policies/engine/override_check.h"

#include <algorithm>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

bool among(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

class Refusal {
 public:
  Refusal(const BreakGlass& leave, const OverrideScene& scene) : leave_(leave), scene_(scene) {}

  std::vector<Error> run() {
    commit();
    time();
    approver();
    for (auto& error : unknown_rules(leave_, scene_)) found_.push_back(std::move(error));
    for (const auto& rule : leave_.rules) {
      if (among(scene_.floor_rules, rule.id))
        say(rule.at, "rule " + in_quotes(rule.id) +
                         " is of the organisation's floor: no override lifts it, only a change of the floor");
      else if (among(scene_.final_rules, rule.id))
        say(rule.at, "rule " + in_quotes(rule.id) + " is final: nothing overrides it, only a change of the policy");
    }
    return std::move(found_);
  }

 private:
  void say(const Place& at, std::string text) {
    found_.push_back(Error{Error::Kind::config, std::move(text), at, {}, {}});
  }

  void commit() {
    if (leave_.head != scene_.head)
      say(leave_.head_at, "it is for commit " + leave_.head + ", and this is " + scene_.head);
    if (!leave_.target.empty() && leave_.target != scene_.target)
      say(leave_.target_at, "it is for " + in_quotes(leave_.target) + ", and this patch is meant for " +
                                (scene_.target.empty() ? "no branch that is known" : in_quotes(scene_.target)));
  }

  void time() {
    const auto now = utc_time(scene_.now);
    if (scene_.now > leave_.not_after)
      return say(leave_.not_after_at, "it ended at " + utc_time(leave_.not_after) + ", and now it is " + now);
    if (leave_.issued_at) {
      if (scene_.now < *leave_.issued_at)
        say(leave_.issued_place, "it begins at " + utc_time(*leave_.issued_at) + ", and now it is " + now);
    } else if (leave_.not_after - scene_.now > kLongestOverride) {
      say(leave_.not_after_at,
          "it ends more than 72 hours from now (" + now + "), and no 'issued_at' says when it began");
    }
  }

  void approver() {
    const auto approver = address_of(leave_.approved_by);
    if (scene_.approvers.empty()) {
      return say(leave_.approved_at,
                 "the policy names nobody who may approve an override (\"override\": { \"approvers\": [...] })");
    }
    if (!among(scene_.approvers, approver))
      say(leave_.approved_at, in_quotes(approver) + " is not among those whom the policy lets approve an override");
    for (const auto& maker : scene_.makers) {
      if (maker.empty())
        return say(
            leave_.approved_at,
            "of a commit of the patch no address of its author is known, so that it cannot be told from the approver");
      if (same_person(maker, approver))
        return say(leave_.approved_at, in_quotes(approver) + " is an author of the patch and cannot approve it");
    }
  }

  const BreakGlass& leave_;
  const OverrideScene& scene_;
  std::vector<Error> found_;
};

}  // namespace

OverrideScene scene_of(const Policy& policy) {
  OverrideScene scene;
  scene.approvers = policy.approvers;
  for (const auto& rule : policy.rules) {
    scene.rules.push_back(rule.id);
    if (rule.level == RuleLevel::final_) scene.final_rules.push_back(rule.id);
    if (rule.floor) scene.floor_rules.push_back(rule.id);
  }
  return scene;
}

std::vector<Error> unknown_rules(const BreakGlass& leave, const OverrideScene& scene) {
  std::vector<Error> found;
  for (const auto& rule : leave.rules) {
    if (among(scene.rules, rule.id)) continue;
    found.push_back(Error{Error::Kind::config,
                          "the policy has no rule " + in_quotes(rule.id) + did_you_mean(rule.id, scene.rules),
                          rule.at,
                          {},
                          {}});
  }
  return found;
}

std::vector<Error> why_refused(const BreakGlass& leave, const OverrideScene& scene) {
  return Refusal(leave, scene).run();
}

}  // namespace patchgate
