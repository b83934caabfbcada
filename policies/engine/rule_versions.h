#pragma once

#include <vector>

#include "policies/engine/load_rule.h"
#include "policies/engine/parameters.h"

namespace patchgate {

/// Where the rules of a policy go, and what there is to say about them.
struct RuleSink {
  std::vector<Rule>& rules;
  std::vector<std::string>& notes;
  std::vector<Error>& errors;
  std::vector<Error>& warnings;
};

/// Reads element `index` of `rules` as the parameters are in force. Settings that make the rule ask for less than it
/// did without them need a reason, or a parameter that is local.
/// `written`: the document before its parameters were filled in.
void read_rule_versions(const Parameters& parameters, const Document& written,
                        const std::vector<Parameters::Version>& versions, std::size_t index, const RuleSink& sink);

/// Reads `cap` ({"level", "loosens"}): no rule of `rules` has a higher level from here on.
void apply_cap(const JsonNode& node, std::vector<Rule>& rules, std::vector<std::string>& notes);

}  // namespace patchgate
