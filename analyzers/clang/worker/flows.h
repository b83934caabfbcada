#pragma once

#include <set>
#include <tuple>
#include <vector>

#include <clang/AST/Decl.h>
#include <clang/AST/Expr.h>
#include <clang/AST/Stmt.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/SmallVector.h>

#include "analyzers/clang/worker/collect_uses.h"

namespace patchgate {

/// Follows, inside one body, what functions of the repository returned or wrote: into which calls it is passed, and
/// whether it leaves the body. In the order of the text, loops twice; nothing is ever forgotten (a branch that
/// overwrites may not be taken). Fields are told apart for *this only. What is only true or false is no data.
class FlowFinder {
 public:
  FlowFinder(UnitView& unit, User user) : unit_(unit), user_(user) {}
  void run(const clang::FunctionDecl* function);

 private:
  using Producers = llvm::SmallVector<SymbolId, 4>;  // sorted
  /// What a stored-to expression belongs to.
  struct Target {
    const void* key = nullptr;  ///< a declaration, or kThis
    bool through = false;       ///< reached through a pointer or reference, not the variable itself
  };

  void execute(const clang::Stmt* statement);
  void loop(const clang::Stmt* statement);
  void declare(const clang::VarDecl* variable);
  Producers evaluate(const clang::Expr* expression);
  Producers evaluate_one(const clang::Expr* expression);
  Producers call(const clang::CallExpr* call);
  Producers construct(const clang::CXXConstructExpr* made);
  Producers pass(const clang::FunctionDecl* function, const clang::Expr* object,
                 llvm::ArrayRef<const clang::Expr*> arguments, clang::SourceLocation at);
  Producers assign(const clang::Expr* target, const clang::Expr* source);
  Producers binary(const clang::BinaryOperator* two);
  void lambda(const clang::LambdaExpr* lambda);
  Target target_of(const clang::Expr* expression) const;
  void write(const Target& target, const Producers& producers, clang::SourceLocation at);
  bool escapes(const Target& target) const;
  void flow(SymbolId producer, SymbolId consumer, clang::SourceLocation at);
  static void join(Producers& into, const Producers& from);
  std::uint32_t offset(clang::SourceLocation at);

  UnitView& unit_;
  User user_;
  llvm::DenseMap<const void*, Producers> state_;
  std::vector<FileDraft::Flow> found_;
  std::set<std::tuple<SymbolId, SymbolId, SymbolId>> known_;
  int depth_ = 0;
  bool in_loop_ = false;
};

}  // namespace patchgate
