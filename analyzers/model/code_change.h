#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// A change of what a function does that is known to go wrong, as both sides' syntax trees show it.
struct CodeChange {
  enum class Kind : std::uint8_t {
    guard_removed,   ///< a use that stays is no longer under a condition
    guard_weakened,  ///< the condition lets more through than before
    assert_removed,  ///< as guard_removed, of a check that builds may leave out
    value_emptied,   ///< null, zero or empty where there was something
    default_changed,
    error_ignored,
    loop_widened,
  };
  Kind kind = Kind::guard_removed;
  std::string symbol;      ///< the touched function, qualified
  Place base, head;        ///< of what was there, and of the use that stays, or of what is there now
  std::string before;      ///< as written on the base, in one line
  std::string after;       ///< as written on head; empty where nothing took its place
  std::string use;         ///< the call, assignment or access that the condition protected, as written on head
  std::uint32_t uses = 0;  ///< how many of them there are
  std::string how;         ///< "a part of the condition is gone"; empty where `kind` says it all
  // Where it leads; empty where no sink is fed.
  std::string sink;               ///< http_write
  std::vector<std::string> path;  ///< to the call that changes data
};
inline constexpr CodeChange::Kind kLastCodeChange = CodeChange::Kind::loop_widened;

/// What the comparison of all touched functions gave.
struct CodeChanges {
  std::vector<CodeChange> found;  ///< those that feed a sink first, then by kind and place
  std::string unknown;            ///< why not all functions could be compared; empty = they were
};

/// "guard_removed".
const char* name_of(CodeChange::Kind kind);

}  // namespace patchgate
