#pragma once

#include <string>

#include "analyzers/clang/worker/child.h"

namespace patchgate {

/// Runs in a child that is confined as a leader: reads the start that several units share, then forks a child for each
/// of them that finds what was read in its memory (see messages.h). Whoever asks it for something and when it is done
/// goes through the reins. Ends the process.
[[noreturn]] void run_leader(const ChildSetup& setup, const std::string& body);

}  // namespace patchgate
