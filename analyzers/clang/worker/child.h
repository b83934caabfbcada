#pragma once

#include <cstdint>
#include <string>

#include <sys/types.h>

#include "analyzers/clang/protocol/file_table.h"
#include "analyzers/clang/protocol/messages.h"

namespace patchgate {

struct ChildSetup {
  int socket = -1;
  int reins = -1;  ///< a leader's, to the worker
  pid_t worker = 0;
  protocol::Limits limits;
  std::uint64_t own_address_space = 0;  ///< bytes; see ServeOptions
  const std::string& resource_dir;
  const std::string& stand_in;  ///< see ServeOptions
  const protocol::FileTableReader* files = nullptr;
};

/// Runs in a fresh child of the worker: confines itself further, does what the request says, answers, and ends the
/// process.
[[noreturn]] void run_child(const ChildSetup& setup, protocol::Type type, const std::string& body);

}  // namespace patchgate
