#include "policies/engine/headline.h"

#include <algorithm>

#include "policies/engine/near_miss.h"
#include "policies/engine/placeholders.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostOffenders = 3;
constexpr std::size_t kMostListed = 20;
constexpr std::size_t kMostPhrases = 3;
constexpr std::size_t kLongest = 140;       // bytes of the whole line, the verdict included
constexpr std::size_t kLongestPhrase = 90;  // of one rule, as long as naming fewer offenders helps
constexpr std::size_t kRoomForMore = 12;    // ", and 12 more"

std::string rules(std::size_t count) { return std::to_string(count) + (count == 1 ? " rule" : " rules"); }

/// "a", "a, and b", "a, b, and c".
std::string enumerate(std::vector<std::string> phrases) {
  if (phrases.size() > 1) phrases.back() = "and " + phrases.back();
  return join(phrases);
}

/// `most`: offenders to name.
std::string phrase_of(const Rule& rule, const Assessment& required, std::size_t most) {
  std::vector<Offender> offenders;
  std::size_t count = 0;
  const Obstacle* worded = nullptr;
  const Obstacle* first = nullptr;
  for (const auto& obstacle : required.obstacles) {
    if (obstacle.because.empty()) continue;
    if (first == nullptr) first = &obstacle;
    if (worded == nullptr && !obstacle.missing.empty()) worded = &obstacle;
    for (const auto& offender : obstacle.offenders) {
      const bool listed = std::find(offenders.begin(), offenders.end(), offender) != offenders.end();
      if (!listed && offenders.size() < kMostListed) offenders.push_back(offender);
    }
    count = std::max({count, obstacle.rows_in_the_way, offenders.size()});
  }
  if (first == nullptr) return rule.title;
  if (required.truth == Truth::unknown) {
    return "not known whether " + rule.title +
           (offenders.empty() ? "" : ", for " + name_some(offenders, count, most, false));
  }
  const auto& words = worded != nullptr ? worded->missing : rule.missing;
  if (words.empty()) return rule.title + ": " + first->plain;
  const auto* valued = worded != nullptr ? worded : first;
  const bool own = worded != nullptr && !worded->offenders.empty();
  const auto& named = own ? worded->offenders : offenders;
  if (own) count = worded->offender_count;
  return fill(words, {{"count", std::to_string(count)},
                      {"offenders", name_some(named, count, most, false)},
                      {"value", valued->value}});
}

Certainty certainty_of(const RuleOutcome& outcome, const Assessment& required) {
  if (outcome.result == RuleResult::fail) return Certainty::fails;
  return required.truth == Truth::no ? Certainty::fails_if_it_applies : Certainty::unknown;
}

/// " (risk not known)".
std::string doubts(const std::vector<std::string>& facts) {
  std::vector<std::string> phrases;
  for (const auto& name : facts) {
    const auto* decl = find_fact(name);
    phrases.emplace_back(decl != nullptr ? decl->phrase : name);
  }
  return phrases.empty() ? "" : " (" + join(phrases, " and ") + " not known)";
}

/// As many of the phrases as there is room for; the first one always, cut where it has to be.
std::string as_many_as_fit(const std::vector<std::string>& phrases, std::size_t room) {
  std::vector<std::string> chosen{shortened(phrases.front(), room - kRoomForMore)};
  for (std::size_t i = 1; i < phrases.size() && chosen.size() < kMostPhrases; ++i) {
    auto longer = chosen;
    longer.push_back(phrases[i]);
    if (enumerate(longer).size() + kRoomForMore <= room) chosen = std::move(longer);
  }
  const auto more = phrases.size() - chosen.size();
  if (more > 0) chosen.push_back(std::to_string(more) + " more");
  return enumerate(std::move(chosen));
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
  Objection objection{outcome.effect, certainty_of(outcome, required), phrase_of(rule, required, kMostOffenders), {}};
  for (auto most = kMostOffenders; most > 1 && objection.phrase.size() > kLongestPhrase; --most) {
    objection.phrase = phrase_of(rule, required, most - 1);
  }
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
    const auto observed = std::count_if(objections.begin(), objections.end(),
                                        [](const Objection& one) { return one.certainty == Certainty::fails; });
    return text + calm(verdict, static_cast<std::size_t>(observed));
  }
  std::vector<std::string> phrases;
  std::vector<std::string> unknown;
  for (const auto certainty : {Certainty::fails, Certainty::fails_if_it_applies, Certainty::unknown}) {
    for (const auto& objection : objections) {
      if (objection.effect != strongest || objection.certainty != certainty) continue;
      phrases.push_back(objection.phrase);
      for (const auto& fact : objection.unknown_facts) {
        if (std::find(unknown.begin(), unknown.end(), fact) == unknown.end()) unknown.push_back(fact);
      }
    }
  }
  std::string end = shortened(doubts(unknown), kLongest / 3);
  if (strongest == Effect::block && count(Effect::warn) > 0) {
    end += "; " + rules(count(Effect::warn)) + (count(Effect::warn) == 1 ? " warns" : " warn");
  }
  text += as_many_as_fit(phrases, kLongest - text.size() - end.size()) + end;
  return text;
}

}  // namespace patchgate
