#pragma once

#include <memory>
#include <vector>

#include <clang/AST/Decl.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Sema/Sema.h>

#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/collect_types.h"

namespace patchgate {

/// Bodies from outside of the repository that tell nothing of it are not looked at. What is collected is the same;
/// errors in these bodies are not seen.
/// - A function that is no template: its body is not parsed.
/// - A template: its body is parsed when something is instantiated that needs it (-fdelayed-template-parsing, for these
///   alone). Names in it are then looked up from the end of the unit, where there may be others: see
///   finds_other_names(). Up to C++17: Clang has no such bodies with constraints in mind.
/// - An instance that is made from nothing that the repository declares is not instantiated. (Constant expressions and
///   types that need its body have it all the same.)
class OutsideBodies {
 public:
  /// To be made before anything is lexed; must live as long as the unit is parsed. `late`: bodies of templates may be
  /// parsed late.
  OutsideBodies(clang::CompilerInstance& compiler, SourceFiles& files, bool late);
  OutsideBodies(const OutsideBodies&) = delete;
  OutsideBodies& operator=(const OutsideBodies&) = delete;

  /// Answers ASTConsumer::shouldSkipFunctionBody.
  bool passes_over(const clang::Decl* decl);
  /// To be told with ASTConsumer::HandleCXXImplicitFunctionInstantiation: `made` is the last that waits for its body.
  void waits(const clang::FunctionDecl* made);
  /// At the end of the unit: a body that was parsed late names something that is declared after it, and so could not
  /// have been meant at its place; or a call in it, still open, could go to such a function of the repository. The unit
  /// must then be parsed again, with nothing late. (So it must be after an error in a file from outside.)
  bool finds_other_names() const;

 private:
  class Delay;
  class Ending;

  bool is_needless(const clang::ValueDecl* made);
  void text_ended(clang::Sema& sema);
  static void parse_late(void* owner, clang::LateParsedTemplate& body);

  SourceFiles& files_;
  clang::Sema* sema_ = nullptr;       // since the text ended: whom a type concerns is known only then
  std::unique_ptr<TypeTable> types_;  // as well
  clang::Sema::LateTemplateParserCB* parse_late_ = nullptr;  // Clang's own, and what it is to be called with
  void* parser_ = nullptr;
  std::vector<const clang::FunctionDecl*> parsed_late_;
};

}  // namespace patchgate
