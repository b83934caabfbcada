#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gate/reports/report.h"

namespace patchgate {

// What lifts rules and what is still to be done for it, the gate's own files that the patch touches, and what the
// policy that it brings would say. Names as they came: escape them where they are written. Lists are empty where there
// is nothing to tell.

/// A rule was lifted by an override, and nothing blocks.
bool is_overridden(const Verdict& verdict);

/// "OVERRIDDEN" where that is so, else the word of the decision.
std::string verdict_word(const Verdict& verdict);

/// "overridden until 2026-11-24T09:12:00Z, approved by bo@example.org", "excepted until 2026-11-30"; empty where
/// nothing lifts the rule.
std::string lifted_in_short(const RuleOutcome& rule);

/// All fields of each override in force, then refused ones, then promises that are to be kept.
std::vector<std::string> override_lines(const Report& report);

/// Exceptions that lift something, and those that expire soon, have expired, or are not needed.
std::vector<std::string> exception_lines(const Report& report);

/// The files of the gate that the patch touches, and what each is.
std::vector<std::string> gate_file_lines(const Report& report);

/// What the policy on head would say.
std::vector<std::string> preview_lines(const Report& report);

/// What lifted one rule; null where nothing did.
nlohmann::ordered_json override_json(const RuleOutcome& rule);
nlohmann::ordered_json excepted_json(const RuleOutcome& rule);

/// inputs.overrides and inputs.exceptions.
nlohmann::ordered_json override_inputs_json(const Report& report);
nlohmann::ordered_json exceptions_input_json(const Report& report);

/// The key "leave" of the JSON report.
nlohmann::ordered_json leave_json(const Report& report);

}  // namespace patchgate
