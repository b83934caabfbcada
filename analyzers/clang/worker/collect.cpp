#include "analyzers/clang/worker/collect.h"

#include <optional>
#include <utility>

#include <clang/AST/ASTContext.h>
#include <clang/Lex/Preprocessor.h>

#include "analyzers/clang/worker/collect_decls.h"
#include "analyzers/clang/worker/macros.h"
#include "analyzers/clang/worker/outside_bodies.h"

namespace patchgate {
namespace {

class Collector : public clang::ASTConsumer {
 public:
  Collector(clang::CompilerInstance& compiler, std::string root, std::string directory, SharedStart* start,
            Collected& collected)
      : files_(compiler.getSourceManager(), std::move(root), std::move(directory), start), collected_(collected) {
    compiler.getPreprocessor().addPPCallbacks(watch_macros(compiler.getPreprocessor(), files_, macros_));
    if (compiler.getFrontendOpts().SkipFunctionBodies) outside_.emplace(compiler, files_, collected.late);
    if (start != nullptr) start->watch(compiler);
  }

  bool shouldSkipFunctionBody(clang::Decl* decl) override { return outside_ && outside_->passes_over(decl); }
  void HandleCXXImplicitFunctionInstantiation(clang::FunctionDecl* made) override {
    if (outside_) outside_->waits(made);
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    TypeTable types(context, files_);
    SymbolTable symbols(files_, types);
    SlotTable slots(files_, types, symbols);
    ExternalCalls external(symbols, types);
    ExtentFinder extents(files_, context.getLangOpts());
    FactStore facts;
    UnitView unit{context, files_, types, symbols, slots, external, extents, facts, macros_};
    DeclWalk(unit).unit(context.getTranslationUnitDecl());
    finish_macros(macros_, files_, symbols, facts);
    symbols.finish();
    collected_.facts.files = facts.finish(symbols, files_);
    collected_.other_names = outside_ && outside_->finds_other_names();
  }

 private:
  SourceFiles files_;
  MacroRecord macros_;
  std::optional<OutsideBodies> outside_;
  Collected& collected_;
};

}  // namespace

std::unique_ptr<clang::ASTConsumer> collect_facts(clang::CompilerInstance& compiler, std::string root,
                                                  std::string directory, SharedStart* start, Collected& collected) {
  return std::make_unique<Collector>(compiler, std::move(root), std::move(directory), start, collected);
}

}  // namespace patchgate
