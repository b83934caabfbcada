#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/clang/protocol/file_table.h"

namespace patchgate {

/// The two ends of a socket between the worker and the leader of a slot.
struct Reins {
  int worker = -1, leader = -1;
};

struct ServeOptions {
  unsigned slots = 1;
  int children_fd = -1;                 ///< a signalfd for SIGCHLD, made before the sandbox
  std::uint64_t own_address_space = 0;  ///< bytes that this process has mapped already; a child's limit comes on top
  std::string resource_dir;
  std::string stand_in;      ///< a name that no file has and nobody can guess, for the starts that units share
  std::vector<Reins> reins;  ///< of each slot; made before the sandbox
};

/// The worker's one loop: takes requests from the control socket, forks a child for each, kills it when its time is
/// over, and says how it ended. Returns when the parent is gone; no child is left then.
void serve(const ServeOptions& options, const protocol::FileTableReader& files);

}  // namespace patchgate
