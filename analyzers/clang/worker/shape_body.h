#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/Expr.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/Stmt.h>
#include <clang/AST/StmtCXX.h>

#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/model/body_shape.h"

namespace patchgate {

/// What the function's definition does; `file` and `range` are left to the caller. Never deeper than a fixed bound:
/// what is beyond it is left out and said (BodyShape::cut).
BodyShape shape_of(const clang::FunctionDecl* function, const clang::ASTContext& context, SourceFiles& files);

/// What a field, a variable or an enumerator starts with; without defaults where that is not written.
BodyShape shape_of_start(const clang::ValueDecl* value, const clang::ASTContext& context, SourceFiles& files);

/// Writes the nodes of one body, parents first.
class ShapeWriter {
 public:
  ShapeWriter(const clang::ASTContext& context, SourceFiles& files, const clang::FunctionDecl* function,
              BodyShape& shape)
      : context_(context), files_(files), function_(function), shape_(shape) {}

  void body();
  void defaults();  ///< of its parameters
  void start(const clang::ValueDecl* value, const clang::Expr* start);

 private:
  /// A node that is open as long as this lives: what is written meanwhile is below it.
  class Open {
   public:
    Open(ShapeWriter& writer, ShapeKind kind, clang::SourceLocation at, std::string_view text = {});
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    ~Open() {
      writer_.shape_.nodes[at_].size = static_cast<std::uint32_t>(writer_.shape_.nodes.size() - at_);
      --writer_.depth_;
    }
    void text(std::string_view text) { writer_.shape_.nodes[at_].text = text; }
    void source(std::string source) { writer_.shape_.nodes[at_].source = std::move(source); }

   private:
    ShapeWriter& writer_;
    std::size_t at_;
  };

  void leaf(ShapeKind kind, clang::SourceLocation at, std::string_view text = {}) {
    const Open node(*this, kind, at, text);
  }
  std::uint32_t line(clang::SourceLocation at);
  std::string source(const clang::Stmt* statement);
  /// False, and said, where no more may be written.
  bool may_go_on(clang::SourceLocation at);

  void statement(const clang::Stmt* statement);
  void inside(const clang::Stmt* statement);  ///< what a block shows of it: one statement, or several
  void block(const clang::Stmt* statement);
  void if_statement(const clang::IfStmt* statement);
  void loop(const clang::Stmt* statement);
  void switch_statement(const clang::SwitchStmt* statement);
  void labelled(const clang::SwitchCase* label);
  void try_statement(const clang::CXXTryStmt* statement);
  void declarations(const clang::DeclStmt* statement);
  void variable(const clang::VarDecl* variable);
  void discarded(const clang::Expr* expression);

  void condition(const clang::Expr* expression);  ///< with its text
  void expression(const clang::Expr* expression);
  const clang::Expr* core(const clang::Expr* expression) const;
  bool operators(const clang::Expr* expression);
  bool calls(const clang::Expr* expression);
  bool objects(const clang::Expr* expression);
  bool literals(const clang::Expr* expression);
  void call(const clang::CallExpr* call);
  void operator_call(const clang::CXXOperatorCallExpr* call);
  void member(const clang::Expr* object, std::string_view name, bool arrow, clang::SourceLocation at);
  void named(const clang::ValueDecl* decl, clang::SourceLocation at);
  void arguments(llvm::ArrayRef<const clang::Expr*> arguments);
  void two(ShapeKind kind, std::string_view text, const clang::Expr* left, const clang::Expr* right,
           clang::SourceLocation at);
  void one(ShapeKind kind, std::string_view text, const clang::Expr* operand, clang::SourceLocation at);
  void binary(const clang::BinaryOperator* binary);
  void unary(const clang::UnaryOperator* unary);

  const clang::ASTContext& context_;
  SourceFiles& files_;
  const clang::FunctionDecl* function_;
  BodyShape& shape_;
  unsigned depth_ = 0;
};

}  // namespace patchgate
