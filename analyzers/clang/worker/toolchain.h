#pragma once

#include <string>

namespace patchgate {

/// Clang's own headers (stddef.h, intrinsics): the folder of the library that this program runs with, else the one that
/// it was built with; empty when neither is there. Looks at the disk, so it is called before the sandbox stands.
std::string find_resource_dir();

/// "Debian clang version 19.1.7 (…)".
std::string clang_version();

/// That, and a hash of the sources that look at a unit with it.
std::string worker_identity();

}  // namespace patchgate
