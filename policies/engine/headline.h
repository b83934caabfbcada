#pragma once

#include <string>
#include <vector>

#include "policies/engine/judge.h"
#include "policies/engine/policy.h"
#include "policies/engine/verdict.h"

namespace patchgate {

/// How sure it is that a rule does not hold.
enum class Certainty { fails, fails_if_it_applies, unknown };

/// What a rule that does not pass has to say in the headline.
struct Objection {
  Effect effect = Effect::none;
  Certainty certainty = Certainty::fails;
  std::string phrase;                      ///< "no test reaches crm::encode_field"
  std::vector<std::string> unknown_facts;  ///< that keep it open whether the rule applies
};

/// `required`: the assessment of the rule's `require`, which does not hold.
Objection objection_of(const Rule& rule, const RuleOutcome& outcome, const Assessment& when,
                       const Assessment& required);

/// One line of about 140 bytes for a tired reader: the verdict, then what is missing by the rules with the strongest
/// effect, what is certain first, else in rule order; what there is no room for is counted.
std::string headline(const Verdict& verdict, const std::vector<Objection>& objections);

}  // namespace patchgate
