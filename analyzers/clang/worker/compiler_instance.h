#pragma once

#include <clang/Basic/Version.inc>
#include <memory>
#include <string>

#include <clang/Basic/DiagnosticOptions.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/CompilerInvocation.h>
#include <llvm/ADT/IntrusiveRefCntPtr.h>
#include <llvm/Support/VirtualFileSystem.h>

#include "analyzers/clang/worker/parse_unit.h"

namespace patchgate {

using VirtualFiles = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

/// DiagnosticOptions are counted references up to Clang 20 and plain ones after it.
struct DriverDiagnostics {
#if CLANG_VERSION_MAJOR >= 21
  clang::DiagnosticOptions options;
#else
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> options = new clang::DiagnosticOptions;
#endif
  llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> engine;
  explicit DriverDiagnostics(clang::DiagnosticConsumer& consumer)
      : engine(new clang::DiagnosticsEngine(new clang::DiagnosticIDs, options, &consumer, /*ShouldOwnClient=*/false)) {
    engine->setIgnoreAllWarnings(true);
  }
};

/// What Clang makes of the request's arguments, for a unit of that main file; null where it makes nothing of them, as
/// `diagnostics` then says. Which bodies are skipped is left to the consumer.
std::shared_ptr<clang::CompilerInvocation> invocation_of(const ParseRequest& request, const std::string& main_file,
                                                         const VirtualFiles& files, DriverDiagnostics& diagnostics);

/// Reads through `files` and tells `consumer`, both of which must outlive it.
std::unique_ptr<clang::CompilerInstance> instance_of(std::shared_ptr<clang::CompilerInvocation> invocation,
                                                     const VirtualFiles& files, clang::DiagnosticConsumer& consumer);

}  // namespace patchgate
