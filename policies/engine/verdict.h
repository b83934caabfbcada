#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/result.h"
#include "policies/engine/override.h"

namespace patchgate {

enum class RuleLevel { observe, warn, block, final_ };
enum class RuleResult { pass, fail, unknown, not_applicable };
/// What a rule does to the verdict; final counts as block.
enum class Effect { none, observe, warn, block };
enum class Decision { allow, warn, block, none };

/// A condition of a rule's `when` that could not be told.
struct Doubt {
  std::string fact;       ///< "risk.level"
  std::string condition;  ///< what has to be so, in plain words: "risk: at least high"
  std::string why;        ///< why it is not known
  friend bool operator==(const Doubt&, const Doubt&) = default;
};

/// An outcome for people who know the project and not the names of facts.
struct PlainOutcome {
  std::vector<std::string> missing;  ///< fail, unknown: "staging of the rollout: none, needed: at least staged"
  std::vector<Doubt> doubts;         ///< unknown: what keeps it open whether the rule applies
  std::vector<std::string> advice;   ///< fail, unknown: what to do, in the policy's words; may be empty
  std::vector<std::string> applies;  ///< the leaves of `when` that held: "risk: high", "no exact revert"
  std::vector<std::string> holds;    ///< pass: "staging of the rollout: staged_abort [claimed]"
};

/// A standing exception that covers something that a rule objects to.
struct ExceptionUse {
  Place at;  ///< of the exception, in its file
  std::string reason, owner, ticket;
  std::string expires;               ///< "2026-11-30", the last day
  std::vector<std::string> covered;  ///< what it covers: symbols, places or paths, at most 20
  std::size_t index = 0;             ///< in the list of exceptions
};

struct RuleOutcome {
  std::string id;
  std::string title;
  std::string objection;  ///< what is wrong, as the headline says it: "no test reaches f"; empty where it passes
  RuleLevel level = RuleLevel::observe;
  RuleResult result = RuleResult::pass;
  Effect effect = Effect::none;
  std::vector<std::string> because;          ///< each failing leaf: the fact's value and the need; for unknown: why
  std::vector<std::string> to_pass;          ///< what would make it pass, nearest first; then advice for this patch
  std::vector<std::string> applies_because;  ///< the leaves of `when` that held
  std::string fix;                           ///< the rule's own words for every patch, may be empty
  PlainOutcome plain;
  std::vector<std::string> asks;         ///< names of the facts and fields that `require` asks for, sorted
  std::vector<Place> met_by;             ///< pass: the rows of a list that had to meet it, at most 20
  std::vector<Place> at;                 ///< offenders, at most 20
  bool floor = false;                    ///< of an organisation's floor: nothing of the repository lifts it
  std::string where;                     ///< file:line of the rule: `builtin:hotfix@1:12`
  std::vector<ExceptionUse> exceptions;  ///< those that cover something of it
  bool excepted = false;                 ///< they cover all of it: it does not pass, and has no effect
  std::optional<BreakGlass> overridden;  ///< what made it warn where it would block
};

struct Verdict {
  Decision decision = Decision::none;
  std::string headline;            ///< one line: the verdict and the missing proof
  std::string reason;              ///< for none: why it could not be judged
  std::vector<RuleOutcome> rules;  ///< in rule order
  std::uint32_t rules_loaded = 0;
  std::uint32_t rules_applied = 0;
  std::vector<std::string> notes;  ///< loosened rules, "no policy on main yet", …
};

const char* name_of(RuleLevel level);
const char* name_of(RuleResult result);
const char* name_of(Effect effect);
const char* name_of(Decision decision);

}  // namespace patchgate
