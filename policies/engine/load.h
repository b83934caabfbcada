#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// A policy file: what to call it in messages (`.patchgate/policy.json`, `builtin:hotfix@1`), and its bytes.
struct PolicyText {
  std::string name;
  std::string text;
};

/// Gives the text of an extended policy: `builtin:NAME@MAJOR`, or a path, already joined to the folder of the file that
/// names it and free of `..`. Its error message becomes one of the policy's errors.
using PolicySource = std::function<Result<std::string>(const std::string& name)>;

/// A policy, or all that is wrong with it. The forms of a policy file are in policies/schema/policy.schema.json.
struct [[nodiscard]] LoadedPolicy {
  std::optional<Policy> policy;  ///< there, exactly where `errors` is empty
  std::vector<Error> errors;     ///< of kind config, each with its place; file by file, each from its top
  std::vector<Error> warnings;   ///< rules that can never apply or fail, an idle `loosens`
};

/// Limits: 1 MiB a file, 32 files, 4 levels of `extends`, 500 rules, conditions 8 deep.
LoadedPolicy load_policy(const PolicyText& root, const PolicySource& source);

}  // namespace patchgate
