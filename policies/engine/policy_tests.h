#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// A file of tests of a policy:
///   { "tests": [ { "name": "an unreached function blocks",
///                  "facts": { "base": "facts/high-risk.json", "set": { "symbols.touched.0.tests.reaching": 0 } },
///                  "paths": ["src/patch.cpp"],
///                  "expect": { "verdict": "block", "rules": { "hotfix/tests-reach": "fail" }, "headline": "…" } } ] }
/// `base` is a path relative to the test file, or the facts themselves: { "risk.level": "high", "symbols.touched":
/// [ { "name": "crm::to_patch", "at": "src/patch.cpp:41", "impact": "high" } ], "recovery.revert": { "unknown": "why" }
/// }; { "value": … } is the same as the value, so that the facts of a report can be used as they are. `set` changes
/// single facts of the base; FACT.N.FIELD is a field of row N of a list. A fact that neither names is unknown.
struct PolicyTestFile {
  std::string name;
  std::string text;
};

/// Gives the text of a `base` file, by its path joined to the folder of the test file.
using FactsSource = std::function<Result<std::string>(const std::string& path)>;

struct PolicyTestCase {
  enum class State { pass, fail, error };
  std::string file;
  std::string name;
  State state = State::pass;
  std::vector<std::string> differences;  ///< "rule hotfix/rollout: expected pass, was fail (rollout.level = none, …)"
};

struct PolicyTestReport {
  std::vector<PolicyTestCase> cases;            ///< in the order of the files
  std::vector<Error> errors;                    ///< a test file that cannot be read, no tests at all
  std::vector<std::string> rules_without_pass;  ///< that no passing test expects to pass; in rule order
  std::vector<std::string> rules_without_fail;
  /// A small mistake in a rule that no test would notice.
  struct Survivor {
    std::string rule;
    Place at;
    std::string what;  ///< "'risk.level at least high' could be 'risk.level at least critical'"
  };
  std::vector<Survivor> survivors;  ///< where all tests passed
  std::size_t mutants = 0;          ///< mistakes that were tried

  /// At least one test, all passed, no errors.
  bool passed() const;
  /// And each rule has both outcomes, and every mistake was noticed.
  bool complete() const;
};

/// What rules lack, and mistakes, are looked for in the policy's own rules: those of a built-in policy that it takes
/// over as they are have tests of their own.
PolicyTestReport run_policy_tests(const Policy& policy, const std::vector<PolicyTestFile>& files,
                                  const FactsSource& facts);

}  // namespace patchgate
