#pragma once

#include <string>
#include <vector>

#include <llvm/ADT/IntrusiveRefCntPtr.h>
#include <llvm/Support/VirtualFileSystem.h>

#include "analyzers/clang/worker/shared_start.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// One translation unit. Nothing here is trusted but `arguments`, which must already be on the allow-list.
struct ParseRequest {
  std::string root;       ///< absolute folder of the repository
  std::string directory;  ///< absolute; relative paths in `arguments` start here
  std::string main_file;  ///< relative to `root`
  std::vector<std::string> arguments;
  std::string resource_dir;  ///< Clang's own headers
  bool every_body = false;   ///< also those of outside_bodies.h; the facts are the same
  bool is_last = false;      ///< the process ends after it, so that memory need not be given back
};

/// Parses it with Clang, all files read through `files`, and says what it saw in the files below `root`. Facts are
/// there even when there were errors; `failure` then says the first. `missing` and `missing_in` are left to the owner
/// of `files`.
UnitFacts parse_unit(const ParseRequest& request, llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files);

/// The same for a unit that is named only when the start that it shares with others has been read: request.main_file is
/// that of any of them. The facts are those of parse_unit where start.holds() says so afterwards and there was no
/// error; else they are of no use.
UnitFacts parse_unit(const ParseRequest& request, llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files,
                     SharedStart& start);

}  // namespace patchgate
