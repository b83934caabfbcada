#pragma once

#include <string>
#include <vector>

#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/Expr.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/Stmt.h>
#include <clang/AST/TypeLoc.h>
#include <clang/Basic/SourceLocation.h>

#include "analyzers/model/symbol.h"

namespace patchgate {

/// Told what a body uses, in no particular order.
class UseRecorder {
 public:
  virtual ~UseRecorder() = default;
  /// call, construct, destruct or virtual_ of that very function (an instantiation, not its pattern).
  virtual void callee(const clang::FunctionDecl* function, EdgeKind kind, clang::SourceLocation at) = 0;
  /// read, write or address of a variable, field, enumerator or function.
  virtual void mention(const clang::NamedDecl* decl, EdgeKind kind, clang::SourceLocation at) = 0;
  virtual void type(clang::QualType type, clang::SourceLocation at) = 0;
  /// A call of what `callee` is, a pointer to function or a std::function.
  virtual void indirect(const clang::Expr* callee, clang::SourceLocation at) = 0;
  /// A call in a template that names these, none of which is chosen before it is instantiated.
  virtual void candidate(const clang::NamedDecl* decl, clang::SourceLocation at) = 0;
  /// A call in a template of something that only its arguments decide; `name` is empty where it has none.
  virtual void undecided(const std::string& name, clang::SourceLocation at) = 0;
  virtual void assembler(const clang::AsmStmt* statement, clang::SourceLocation at) = 0;
  virtual void lambda(const clang::LambdaExpr* lambda, clang::SourceLocation at) = 0;
  virtual void arguments(const clang::FunctionDecl* function, llvm::ArrayRef<const clang::Expr*> arguments,
                         clang::SourceLocation at) = 0;
  /// A declaration in a body that is no local variable.
  virtual void local(const clang::Decl* decl) = 0;

  // Where values go; nobody has to listen.
  virtual void stored(const clang::Expr* /*target*/, const clang::Expr* /*value*/) {}
  virtual void started(const clang::ValueDecl* /*decl*/, const clang::Expr* /*value*/) {}
  virtual void started_fields(const clang::InitListExpr* /*list*/) {}
  virtual void passed(const clang::FunctionDecl* /*callee*/, const clang::Expr* /*object*/,
                      llvm::ArrayRef<const clang::Expr*> /*arguments*/) {}
  virtual void passed_through_pointer(const clang::Expr* /*callee*/, llvm::ArrayRef<const clang::Expr*> /*arguments*/) {
  }
  virtual void returned(const clang::Expr* /*value*/) {}

  // What the compiler computes: in a type as it is written, in template arguments, in a sizeof.
  virtual void constants(clang::TypeLoc /*written*/) {}
  virtual void computed(const clang::Expr* /*start*/, bool /*only_named*/) {}
  virtual void size_of(const clang::UnaryExprOrTypeTraitExpr* /*size*/) {}
  virtual void arguments_of(llvm::ArrayRef<clang::TemplateArgumentLoc> /*arguments*/) {}
};

/// Walks bodies and initialisers, and what the language adds to them: implicit constructors and destructors, default
/// arguments and initialisers. Does not recurse on expressions, so that their depth does not matter.
class BodyWalk {
 public:
  explicit BodyWalk(UseRecorder& recorder) : recorder_(recorder) {}

  /// The body of a function with all that belongs to it: initialisers of members, destruction of members.
  void function(const clang::FunctionDecl* function);
  void statement(const clang::Stmt* statement);
  /// A variable's type, initialiser and end.
  void variable(const clang::VarDecl* variable);
  /// As an initialiser of something of that type: an lvalue bound to a non-const reference counts as address.
  void initialiser(const clang::Expr* start);
  void destroyed(clang::QualType type, clang::SourceLocation at);

 private:
  /// What happens to the value of an expression: not known yet (`value`), loaded, stored, both, or it lives on as the
  /// object that it initialises (`object`): a variable, a member, what is returned or thrown.
  enum class Access : std::uint8_t { value, read, write, update, object };
  struct Item {
    const clang::Stmt* statement;
    Access access;
    clang::SourceLocation pin;
  };

  void run();
  void push(const clang::Stmt* statement, Access access = Access::value) {
    if (statement != nullptr) items_.push_back({statement, access, pin_});
  }
  void push_children(const clang::Stmt* statement, Access access = Access::value);
  void visit(const Item& item);
  bool visit_operator(const clang::Expr* expression, Access access);
  bool visit_wrapper(const clang::Expr* expression, Access access);
  bool visit_call(const clang::Expr* expression, Access access);
  void made(const clang::CXXConstructExpr* made);
  bool visit_object(const clang::Expr* expression);
  bool visit_rare(const clang::Stmt* statement);
  void call(const clang::CallExpr* call);
  void undecided(const clang::CallExpr* call, const clang::Expr* callee, clang::SourceLocation place);
  void callee_type_arguments(const clang::Expr* callee);
  void push_lambdas(const clang::Expr* argument);
  void reference(const clang::Expr* expression, const clang::NamedDecl* decl, Access access);
  void cast(const clang::CastExpr* cast, Access access);
  void declaration(const clang::Decl* decl);
  void variable_parts(const clang::VarDecl* variable);
  void run_time_bounds(clang::TypeLoc written);
  void constructor(const clang::CXXConstructorDecl* constructor);
  void unwinding(const clang::CXXConstructorDecl* constructor);
  void unwinding(const clang::CXXNewExpr* fresh);
  void destructor(const clang::CXXDestructorDecl* destructor);
  clang::SourceLocation at(clang::SourceLocation own) const { return pin_.isValid() ? pin_ : own; }

  UseRecorder& recorder_;
  std::vector<Item> items_;
  clang::SourceLocation pin_;  ///< stands for all places in a default argument or initialiser: where it is used
};

}  // namespace patchgate
