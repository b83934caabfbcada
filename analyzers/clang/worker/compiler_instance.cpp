#include "analyzers/clang/worker/compiler_instance.h"

#include <utility>
#include <vector>

#include <clang/Frontend/Utils.h>
#if CLANG_VERSION_MAJOR >= 22
#include <clang/Driver/CreateInvocationFromArgs.h>
#endif

namespace patchgate {

std::shared_ptr<clang::CompilerInvocation> invocation_of(const ParseRequest& request, const std::string& main_file,
                                                         const VirtualFiles& files, DriverDiagnostics& diagnostics) {
  // The program's name is made up: the driver looks for settings beside it, where nothing is.
  std::vector<std::string> words = {"/nonexistent/clang", "--no-default-config", "-fsyntax-only",         "-w",
                                    "-ferror-limit=0",    "-fno-spell-checking", "-fno-caret-diagnostics"};
  if (!request.resource_dir.empty()) {
    words.emplace_back("-resource-dir");
    words.push_back(request.resource_dir);
  }
  words.insert(words.end(), request.arguments.begin(), request.arguments.end());
  words.emplace_back("--");
  words.push_back(main_file);
  std::vector<const char*> arguments;
  for (const auto& word : words) arguments.push_back(word.c_str());

  clang::CreateInvocationOptions options;
  options.Diags = diagnostics.engine;
  options.VFS = files;
  options.RecoverOnError = true;
  std::shared_ptr<clang::CompilerInvocation> invocation = clang::createInvocation(arguments, options);
  if (!invocation) return nullptr;
  auto& frontend = invocation->getFrontendOpts();
  frontend.ProgramAction = clang::frontend::ParseSyntaxOnly;
  frontend.SkipFunctionBodies = !request.every_body;  // the consumer says which
  frontend.DisableFree = request.is_last;
  invocation->getFileSystemOpts().WorkingDir = request.directory;
  invocation->getDiagnosticOpts().ShowCarets = false;
  return invocation;
}

std::unique_ptr<clang::CompilerInstance> instance_of(std::shared_ptr<clang::CompilerInvocation> invocation,
                                                     const VirtualFiles& files, clang::DiagnosticConsumer& consumer) {
#if CLANG_VERSION_MAJOR >= 22
  auto compiler = std::make_unique<clang::CompilerInstance>(std::move(invocation));
  compiler->setVirtualFileSystem(files);
  compiler->createDiagnostics(&consumer, /*ShouldOwnClient=*/false);
  compiler->createFileManager();
  compiler->createSourceManager();
#else
  auto compiler = std::make_unique<clang::CompilerInstance>();
  compiler->setInvocation(std::move(invocation));
  compiler->createDiagnostics(&consumer, /*ShouldOwnClient=*/false);
  compiler->createFileManager(files);
  compiler->createSourceManager(compiler->getFileManager());
#endif
  return compiler;
}

}  // namespace patchgate
