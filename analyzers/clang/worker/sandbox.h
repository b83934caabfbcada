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

/// A child's own, tighter part: no new process, no signal to another one, no change of limits or filters. A leader may
/// fork, wait for what it forked and have that confined further, and nothing more. False when it could not be set up.
bool confine_child(pid_t self, ChildRole role);

/// Landlock with no access to any file or network, at the level that this kernel has; 0 = it has none.
int enter_landlock();

}  // namespace patchgate
