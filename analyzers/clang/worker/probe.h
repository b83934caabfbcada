#pragma once

#include <string_view>

#include <sys/types.h>

namespace patchgate {

/// Tries one thing that the sandbox must refuse (`kind`: one byte, protocol::ProbeKind) and answers its errno; 0 means
/// that it worked. Some end the process instead.
int run_probe(std::string_view kind, pid_t worker);

}  // namespace patchgate
