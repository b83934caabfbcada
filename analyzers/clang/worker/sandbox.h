#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "analyzers/model/result.h"

namespace patchgate {

/// Takes everything away from this process that it does not need, before it reads any input: memory dumps, file sizes,
/// capabilities, the file system (Landlock), and all system calls that are not on a list (seccomp). `mode` is strict
/// (fails unless seccomp stands), best-effort or off. Answers what stands: "seccomp+landlock7", "seccomp",
/// "landlock7", "none", "off".
Result<std::string> enter_sandbox(std::string_view mode);

/// A unit's child does all its work alone; a leader forks those.
enum class ChildRole : std::uint8_t { unit, leader };

struct Confinement {
  bool stands = false;
  int fork_requests = -1;  ///< a leader's: see ForkRequests
};

/// A child's own, tighter part: no new process, no signal to another one, no change of limits or filters. A leader may
/// wait for what it forked and have that confined further, and nothing more; it and all that it forks may fork as often
/// as who holds `fork_requests` grants. Does not stand when it could not be set up, or only in part.
Confinement confine_child(pid_t self, ChildRole role);

/// Landlock with no access to any file or network, at the level that this kernel has; 0 = it has none.
int enter_landlock();

}  // namespace patchgate
