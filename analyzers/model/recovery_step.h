#pragma once

#include <string>

namespace patchgate {

/// A step on the way back from a patch, for a person.
struct RecoveryStep {
  std::string what;
  std::string command{};  ///< to be copied, whole; may be empty
};

/// "revert the code: git revert …".
inline std::string in_one_line(const RecoveryStep& step) {
  return step.command.empty() ? step.what : step.what + ": " + step.command;
}

}  // namespace patchgate
