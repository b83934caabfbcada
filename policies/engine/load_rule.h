#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policies/engine/document.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// One element of `rules` as it is written: a new rule, or what a policy changes about a rule that it extends.
struct RuleDraft {
  std::string id;
  std::optional<std::string> title, why, missing, loosens, narrows;
  std::optional<std::vector<Fix>> fixes;
  std::optional<RuleLevel> level;
  std::optional<Effect> unknown;
  std::optional<Condition> when, require;
  std::optional<std::vector<Glob>> paths;
};

/// Nothing where it is wrong; the errors then say why.
std::optional<RuleDraft> read_rule(const JsonNode& node);

/// Patterns of a list of texts; each bad one is an error.
std::optional<std::vector<Glob>> read_globs(const JsonNode& node);

/// Adds a new rule to `rules`, or changes the one of the same id. Errors: a new rule without level or require; a rule
/// that is loosened without saying why. A loosened rule becomes a line of `notes`.
void apply_draft(const JsonNode& node, RuleDraft draft, std::vector<Rule>& rules, std::vector<std::string>& notes,
                 std::vector<Error>& warnings);

}  // namespace patchgate
