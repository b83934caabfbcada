#pragma once

#include <string>
#include <string_view>

#include <llvm/ADT/IntrusiveRefCntPtr.h>

#include "analyzers/clang/worker/brokered_file_system.h"
#include "analyzers/clang/worker/child.h"
#include "analyzers/clang/worker/parse_unit.h"

namespace patchgate {

/// What Clang is asked to do with a unit, and the files that it sees: the parent is asked for them on the slot's
/// socket.
ParseRequest request_of(const ChildSetup& setup, const protocol::ParseBody& body);
llvm::IntrusiveRefCntPtr<BrokeredFileSystem> files_of(const ChildSetup& setup, const protocol::ParseBody& body);

/// The answer to a probe.
std::string probed(const ChildSetup& setup, std::string_view kind);

/// Sends the answer and ends the process.
[[noreturn]] void end_with(const ChildSetup& setup, std::string_view answer);

}  // namespace patchgate
