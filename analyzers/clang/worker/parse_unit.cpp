#include "analyzers/clang/worker/parse_unit.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <clang/Basic/SourceManager.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>

#include "analyzers/clang/worker/collect.h"
#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/compiler_instance.h"
#include "analyzers/clang/worker/diagnostics.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

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

Collected parse(const ParseRequest& request, VirtualFiles files, SharedStart* start, bool late) {
  Collected collected;
  collected.late = late;
  auto& facts = collected.facts;
  facts.main_file = request.main_file;
  if (start != nullptr) files = start->with_stand_ins(std::move(files));
  files->setCurrentWorkingDirectory(request.directory);

  ErrorRecord record(request.root, request.directory);
  DriverDiagnostics driver(record);
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

UnitFacts parse_unit(const ParseRequest& request, VirtualFiles files) {
  auto collected = parse(request, files, nullptr, /*late=*/true);
  if (collected.other_names && !request.every_body)
    collected = parse(request, std::move(files), nullptr, /*late=*/false);
  return std::move(collected.facts);
}

UnitFacts parse_unit(const ParseRequest& request, VirtualFiles files, SharedStart& start) {
  auto collected = parse(request, std::move(files), &start, /*late=*/true);
  if (collected.other_names && collected.facts.failure.empty())
    collected.facts.failure = "a template from outside found other names than at its place";
  return std::move(collected.facts);
}

}  // namespace patchgate
