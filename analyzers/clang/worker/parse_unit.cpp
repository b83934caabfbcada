#include "analyzers/clang/worker/parse_unit.h"

#include <algorithm>
#include <clang/Basic/Version.inc>
#include <memory>
#include <utility>

#include <clang/Basic/DiagnosticOptions.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/CompilerInvocation.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Frontend/Utils.h>
#if CLANG_VERSION_MAJOR >= 22
#include <clang/Driver/CreateInvocationFromArgs.h>
#endif
#include <clang/Lex/PreprocessorOptions.h>

#include "analyzers/clang/worker/collect.h"
#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/diagnostics.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

using Files = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

class CollectAction : public clang::ASTFrontendAction {
 public:
  CollectAction(const ParseRequest& request, SharedStart* start, Collected& collected)
      : request_(request), start_(start), collected_(collected) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return collect_facts(compiler, request_.root, request_.directory, start_, collected_);
  }

 private:
  const ParseRequest& request_;
  SharedStart* start_;
  Collected& collected_;
};

/// DiagnosticOptions are counted references up to Clang 20 and plain ones after it.
struct Diagnostics {
#if CLANG_VERSION_MAJOR >= 21
  clang::DiagnosticOptions options;
#else
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> options = new clang::DiagnosticOptions;
#endif
  llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> engine;
  explicit Diagnostics(clang::DiagnosticConsumer& consumer)
      : engine(new clang::DiagnosticsEngine(new clang::DiagnosticIDs, options, &consumer, /*ShouldOwnClient=*/false)) {
    engine->setIgnoreAllWarnings(true);
  }
};

std::shared_ptr<clang::CompilerInvocation> invocation_of(const ParseRequest& request, const std::string& main_file,
                                                         const Files& files, Diagnostics& diagnostics) {
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
                                                     const Files& files, clang::DiagnosticConsumer& consumer) {
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

std::vector<Dependency> dependencies_of(const clang::SourceManager& sources, const ParseRequest& request,
                                        const SharedStart* start) {
  const SourceFiles files(sources, request.root, request.directory);
  std::vector<Dependency> out;
  for (auto row = sources.fileinfo_begin(); row != sources.fileinfo_end(); ++row) {
    if (row->second == nullptr || (start != nullptr && start->is_stand_in(row->first.getName()))) continue;
    const auto buffer = row->second->getBufferIfLoaded();
    if (!buffer) continue;
    Dependency dependency;
    dependency.path = files.relative_path(row->first.getName());
    dependency.in_repository = !dependency.path.empty();
    if (!dependency.in_repository) dependency.path = files.absolute_path(row->first.getName());
    dependency.hash = fast_hash(buffer->getBuffer());
    out.push_back(std::move(dependency));
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  const auto same = [](const auto& a, const auto& b) { return a.path == b.path; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

Collected parse(const ParseRequest& request, Files files, SharedStart* start, bool late) {
  Collected collected;
  collected.late = late;
  auto& facts = collected.facts;
  facts.main_file = request.main_file;
  if (start != nullptr) files = start->with_stand_ins(std::move(files));
  files->setCurrentWorkingDirectory(request.directory);

  ErrorRecord record(request.root, request.directory);
  Diagnostics driver(record);
  auto invocation = invocation_of(
      request, start != nullptr ? start->stand_in() : request.root + "/" + request.main_file, files, driver);
  if (!invocation) {
    facts.failure = "compile command not usable: " +
                    (record.gravest().empty() ? "Clang makes no compilation of it" : record.gravest());
    facts.errors = record.errors();
    facts.diagnostics = record.messages();
    return collected;
  }
  // The engine counts from the start again for the parse; the record keeps what the driver said.
  const auto compiler = instance_of(std::move(invocation), files, record);
  CollectAction action(request, start, collected);
  bool begun = false;
  if (compiler->createTarget() && !compiler->getFrontendOpts().Inputs.empty()) {
    begun = action.BeginSourceFile(*compiler, compiler->getFrontendOpts().Inputs.front());
  }
  if (begun) {
    llvm::consumeError(action.Execute());
    facts.dependencies = dependencies_of(compiler->getSourceManager(), request, start);
    action.EndSourceFile();
  }
  if (start != nullptr) facts.main_file = start->main_file();
  facts.errors = record.errors();
  facts.diagnostics = record.messages();
  if (!record.gravest().empty()) {
    facts.failure = "parse error: " + record.gravest();
  } else if (!begun) {
    facts.failure = "parse error: " + request.main_file + " cannot be opened";
  }
  collected.other_names = collected.other_names || record.errors_outside() != 0;
  return collected;
}

}  // namespace

UnitFacts parse_unit(const ParseRequest& request, Files files) {
  auto collected = parse(request, files, nullptr, /*late=*/true);
  if (collected.other_names && !request.every_body)
    collected = parse(request, std::move(files), nullptr, /*late=*/false);
  return std::move(collected.facts);
}

UnitFacts parse_unit(const ParseRequest& request, Files files, SharedStart& start) {
  auto collected = parse(request, std::move(files), &start, /*late=*/true);
  if (collected.other_names && collected.facts.failure.empty())
    collected.facts.failure = "a template from outside found other names than at its place";
  return std::move(collected.facts);
}

}  // namespace patchgate
