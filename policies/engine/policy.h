#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/risk_table.h"
#include "policies/engine/condition.h"
#include "policies/engine/hotfix.h"
#include "policies/engine/verdict.h"

namespace patchgate {

/// What to do where a rule does not pass, in the policy's own words.
struct Fix {
  std::optional<Condition> when;  ///< it helps where this holds; always, where there is none
  std::string text;               ///< with a `when`, {details} may stand in it
};

struct Rule {
  std::string id;     ///< `pack/name`
  std::string title;  ///< what the rule wants to be true, as a statement; never empty (the id where none was given)
  std::string why;    ///< what it is good for, a sentence; may be empty
  RuleLevel level = RuleLevel::observe;
  std::optional<Condition> when;  ///< the rule applies where this holds; always, where there is none
  Condition require;
  /// What it does where it cannot be told whether it holds; none given = the same as where it does not hold.
  std::optional<Effect> unknown;
  std::vector<Fix> fixes;  ///< may be empty
  std::string
      missing;  ///< the missing proof in plain words, for the headline; may be empty; placeholders as in Condition
  /// Why it may apply only where something holds that the patch's author says; empty = that is worth a warning.
  std::string narrows;
  std::vector<Glob> paths;  ///< applies only where a touched path matches one; empty = to all patches
  bool floor = false;       ///< of an organisation's floor: nothing of the repository lifts it
  Place at;                 ///< of its id, in the file that last changed it
};

/// A value that policies may set without writing a rule anew.
struct ParameterInForce {
  std::string name;
  std::string value;  ///< as JSON
  std::string about;  ///< may be empty
  Place at;           ///< where that value stands
  bool set = false;   ///< by a policy that extends the one that declares it; else it is the default
};

/// Checked rules, with all that they extend already merged in.
struct Policy {
  std::string name;   ///< of the file that was loaded
  std::string title;  ///< of that file; may be empty
  HotfixBranches hotfix;
  RiskTable risk;
  std::vector<std::string> rollouts;   ///< manifests to read, relative to the repository
  std::vector<std::string> approvers;  ///< who may approve an override: e-mail addresses in lower case
  std::vector<Rule> rules;             ///< those of extended policies first; ids are unique
  Decision if_no_rule_applies = Decision::none;
  std::vector<ParameterInForce> parameters;  ///< by name
  std::vector<std::string> notes;            ///< one a loosened rule, for every verdict
  std::vector<std::string> sources;          ///< names of all files read, the extended ones first
};

}  // namespace patchgate
