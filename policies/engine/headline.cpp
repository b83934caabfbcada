#include "policies/engine/headline.h"

#include <algorithm>

#include "policies/engine/near_miss.h"
#include "policies/engine/placeholders.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostOffenders = 3;
constexpr std::size_t kMostPhrases = 3;
constexpr std::size_t kLongestPhrase = 300;
constexpr std::size_t kLongestReasonHere = 45;

std::string rules(std::size_t count) { return std::to_string(count) + (count == 1 ? " rule" : " rules"); }

/// "a", "a, and b", "a, b, and c".
std::string enumerate(std::vector<std::string> phrases) {
  if (phrases.size() > 1) phrases.back() = "and " + phrases.back();
  return join(phrases);
}

/// Why it is unknown, in short: the whole reason is said with the rule.
std::string doubt(const Obstacle& obstacle) {
  if (obstacle.why_unknown.empty()) return shortened(obstacle.because, kLongestReasonHere);
  return obstacle.fact + " is unknown (" + shortened(obstacle.why_unknown, kLongestReasonHere) + ")" +
         (obstacle.offenders.empty() ? "" : " for " + name_some(obstacle.offenders, kMostOffenders, false));
}

std::string phrase_of(const Rule& rule, const Assessment& required) {
  std::vector<Offender> offenders;
  const Obstacle* worded = nullptr;
  const Obstacle* first = nullptr;
  for (const auto& obstacle : required.obstacles) {
    if (obstacle.because.empty()) continue;
    if (first == nullptr) first = &obstacle;
    if (worded == nullptr && !obstacle.missing.empty()) worded = &obstacle;
    for (const auto& offender : obstacle.offenders) {
      const bool listed = std::find(offenders.begin(), offenders.end(), offender) != offenders.end();
      if (!listed) offenders.push_back(offender);
    }
  }
  if (first == nullptr) return rule.title;
  if (required.truth == Truth::unknown) return "it is unknown whether " + rule.title + ": " + doubt(*first);
  const auto& words = worded != nullptr ? worded->missing : rule.missing;
  if (words.empty()) return rule.title + ": " + first->because;
  const auto* valued = worded != nullptr ? worded : first;
  const auto& named = worded != nullptr && !worded->offenders.empty() ? worded->offenders : offenders;
  return fill(words, {{"count", std::to_string(named.size())},
                      {"offenders", name_some(named, kMostOffenders, false)},
                      {"value", valued->value}});
}

std::string calm(const Verdict& verdict, std::size_t observed) {
  const std::string applied = verdict.rules_applied == 0 ? std::string("no rule of the policy applied")
                                                         : std::to_string(verdict.rules_applied) + " of " +
                                                               rules(verdict.rules_loaded) + " applied, none objects";
  return applied + (observed == 0 ? "" : "; " + rules(observed) + " at observe would object");
}

}  // namespace

Objection objection_of(const Rule& rule, const RuleOutcome& outcome, const Assessment& when,
                       const Assessment& required) {
  Objection objection{
      outcome.effect, outcome.result == RuleResult::fail, shortened(phrase_of(rule, required), kLongestPhrase), {}};
  for (const auto& obstacle : when.obstacles) {
    if (!obstacle.because.empty()) objection.unknown_facts.push_back(obstacle.fact);
  }
  return objection;
}

std::string headline(const Verdict& verdict, const std::vector<Objection>& objections) {
  if (verdict.decision == Decision::none) return "CANNOT JUDGE: " + verdict.reason;
  Effect strongest = Effect::none;
  for (const auto& objection : objections) strongest = std::max(strongest, objection.effect);
  const auto count = [&](Effect effect) {
    return static_cast<std::size_t>(std::count_if(objections.begin(), objections.end(),
                                                  [&](const Objection& one) { return one.effect == effect; }));
  };
  std::string text = verdict.decision == Decision::block  ? "BLOCK: "
                     : verdict.decision == Decision::warn ? "WARN: "
                                                          : "ALLOW: ";
  if (strongest < Effect::warn) {
    const auto observed =
        std::count_if(objections.begin(), objections.end(), [](const Objection& one) { return one.certain; });
    return text + calm(verdict, static_cast<std::size_t>(observed));
  }
  std::vector<std::string> phrases;
  std::vector<std::string> unknown;
  for (const auto& objection : objections) {
    if (objection.effect != strongest || phrases.size() == kMostPhrases) continue;
    phrases.push_back(objection.phrase);
    for (const auto& fact : objection.unknown_facts) {
      if (std::find(unknown.begin(), unknown.end(), fact) == unknown.end()) unknown.push_back(fact);
    }
  }
  const auto more = count(strongest) - phrases.size();
  if (more > 0) phrases.push_back(std::to_string(more) + " more");
  text += enumerate(std::move(phrases));
  if (!unknown.empty()) text += " (" + join(unknown) + (unknown.size() == 1 ? " is" : " are") + " unknown)";
  if (strongest == Effect::block && count(Effect::warn) > 0) {
    text += "; " + rules(count(Effect::warn)) + (count(Effect::warn) == 1 ? " warns" : " warn");
  }
  return text;
}

}  // namespace patchgate
