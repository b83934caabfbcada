#pragma once

#include <functional>

#include <clang/AST/ASTContext.h>

#include "analyzers/clang/worker/collect_body.h"
#include "analyzers/clang/worker/collect_extents.h"
#include "analyzers/clang/worker/collect_external.h"
#include "analyzers/clang/worker/collect_facts.h"
#include "analyzers/clang/worker/macros.h"
#include "analyzers/clang/worker/slots.h"

namespace patchgate {

/// All that is known about the unit so far, for those who add to it.
struct UnitView {
  const clang::ASTContext& context;
  SourceFiles& files;
  TypeTable& types;
  SymbolTable& symbols;
  SlotTable& slots;
  ExternalCalls& external;
  ExtentFinder& extents;
  FactStore& facts;
  MacroRecord& macros;
};

/// Who uses what is being looked at, and in which file that stands.
struct User {
  SymbolId symbol = kNoSymbol;
  FileIndex file = kOutside;
  std::uint32_t offset = 0;   ///< where uses count that stand in no text of that file
  bool instantiated = false;  ///< the text was looked at before, as a template: only what its instantiation adds counts
  bool name_candidates = false;  ///< a template that nobody instantiates: unresolved calls are named
};

/// Turns uses into edges of one user.
class ProjectRecorder : public UseRecorder {
 public:
  using LocalDeclaration = std::function<void(const clang::Decl*, const User&)>;
  ProjectRecorder(UnitView& unit, User user, const LocalDeclaration& on_local)
      : unit_(unit), user_(user), on_local_(on_local) {}

  void callee(const clang::FunctionDecl* function, EdgeKind kind, clang::SourceLocation at) override;
  void mention(const clang::NamedDecl* decl, EdgeKind kind, clang::SourceLocation at) override;
  void type(clang::QualType type, clang::SourceLocation at) override;
  void indirect(const clang::Expr* callee, clang::SourceLocation at) override;
  void candidate(const clang::NamedDecl* decl, clang::SourceLocation at) override;
  void undecided(const std::string& name, clang::SourceLocation at) override;
  void assembler(const clang::AsmStmt* statement, clang::SourceLocation at) override;
  void lambda(const clang::LambdaExpr* lambda, clang::SourceLocation at) override;
  void arguments(const clang::FunctionDecl* function, llvm::ArrayRef<const clang::Expr*> arguments,
                 clang::SourceLocation at) override;
  void local(const clang::Decl* decl) override { on_local_(decl, user_); }
  void stored(const clang::Expr* target, const clang::Expr* value) override;
  void started(const clang::ValueDecl* decl, const clang::Expr* value) override;
  void started_fields(const clang::InitListExpr* list) override;
  void passed(const clang::FunctionDecl* callee, const clang::Expr* object,
              llvm::ArrayRef<const clang::Expr*> arguments) override;
  void passed_through_pointer(const clang::Expr* callee, llvm::ArrayRef<const clang::Expr*> arguments) override;
  void returned(const clang::Expr* value) override;
  void constants(clang::TypeLoc written) override;
  /// `only_named`: the compiler does not even compute it, so that a function in it is not used.
  void computed(const clang::Expr* start, bool only_named) override;
  void size_of(const clang::UnaryExprOrTypeTraitExpr* size) override;
  void arguments_of(llvm::ArrayRef<clang::TemplateArgumentLoc> arguments) override;

  /// What a declaration says besides its type: alignment, width, constraints, and what is computed in its type.
  void declared_with(const clang::Decl* decl);
  void constraint(const clang::TypeConstraint* constraint);
  void constraints(const clang::TemplateParameterList* parameters);

 private:
  void edge(SymbolId to, EdgeKind kind, clang::SourceLocation at, Confidence confidence = Confidence::exact,
            EdgeRule rule = EdgeRule::syntax);
  void constant(const clang::ValueDecl* decl, bool unused, clang::SourceLocation at);
  std::uint32_t offset(clang::SourceLocation at);
  void run_time_code(SymbolId callee, llvm::ArrayRef<const clang::Expr*> arguments, clang::SourceLocation at);

  UnitView& unit_;
  User user_;
  const LocalDeclaration& on_local_;
};

}  // namespace patchgate
