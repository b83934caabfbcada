// The part of BodyWalk that finds what is undone when a constructor fails half way.
#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>

#include "analyzers/clang/worker/collect_body.h"

namespace patchgate {
namespace {

bool throws(const clang::FunctionDecl* function) {
  if (function->hasAttr<clang::NoThrowAttr>()) return false;
  const auto* type = function->getType()->getAs<clang::FunctionProtoType>();
  return type == nullptr || clang::isUnresolvedExceptionSpec(type->getExceptionSpecType()) || !type->isNothrow();
}

/// What an expression does by itself, what is in it apart.
bool throws(const clang::Stmt* one) {
  if (llvm::isa<clang::CXXThrowExpr>(one)) return true;
  if (const auto* cast = llvm::dyn_cast<clang::CXXDynamicCastExpr>(one)) return !cast->getType()->isPointerType();
  if (const auto* fresh = llvm::dyn_cast<clang::CXXNewExpr>(one))
    return fresh->getOperatorNew() == nullptr || throws(fresh->getOperatorNew());
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(one))
    return call->getDirectCallee() == nullptr || throws(call->getDirectCallee());
  if (const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(one))
    return !made->isElidable() && !made->getConstructor()->isTrivial() && throws(made->getConstructor());
  if (const auto* asked = llvm::dyn_cast<clang::CXXTypeidExpr>(one)) {
    // Of what a null pointer leads to.
    const auto* operand = asked->getExprOperand()->IgnoreParens();
    const auto* led_to = llvm::dyn_cast<clang::UnaryOperator>(operand);
    return llvm::isa<clang::ArraySubscriptExpr>(operand) ||
           (led_to != nullptr && led_to->getOpcode() == clang::UO_Deref);
  }
  return false;
}

/// Nothing in it is ever run.
bool is_unevaluated(const clang::Stmt* one) {
  const auto* asked = llvm::dyn_cast<clang::CXXTypeidExpr>(one);
  return (asked != nullptr && !asked->isPotentiallyEvaluated()) ||
         llvm::isa<clang::LambdaExpr, clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr>(one);
}

/// Something in it may throw, as far as its own calls say.
bool may_throw(const clang::Stmt* statement) {
  std::vector<const clang::Stmt*> open{statement};
  while (!open.empty()) {
    const auto* next = open.back();
    open.pop_back();
    if (next == nullptr || is_unevaluated(next)) continue;
    if (throws(next)) return true;
    if (const auto* left_out = llvm::dyn_cast<clang::CXXDefaultArgExpr>(next)) {
      open.push_back(left_out->getExpr());
    } else if (const auto* start = llvm::dyn_cast<clang::CXXDefaultInitExpr>(next)) {
      open.push_back(start->getExpr());
    }
    open.insert(open.end(), next->child_begin(), next->child_end());
  }
  return false;
}

}  // namespace

void BodyWalk::unwinding(const clang::CXXConstructorDecl* constructor) {
  if (constructor->isDependentContext() || !constructor->getASTContext().getLangOpts().CXXExceptions) return;
  if (!throws(constructor)) return;  // it ends the program instead
  // From the end: what is made before something that may throw is destroyed by the constructor itself.
  bool later = may_throw(constructor->getBody());
  std::vector<const clang::CXXCtorInitializer*> starts(constructor->init_begin(), constructor->init_end());
  for (auto start = starts.rbegin(); start != starts.rend(); ++start) {
    const auto* one = *start;
    if (later) {
      if (one->isBaseInitializer()) destroyed(clang::QualType(one->getBaseClass(), 0), constructor->getLocation());
      if (one->isAnyMemberInitializer() && !one->getAnyMember()->getType()->isReferenceType()) {
        destroyed(one->getAnyMember()->getType(), constructor->getLocation());
      }
      if (one->isDelegatingInitializer()) {
        destroyed(one->getTypeSourceInfo()->getType(), constructor->getLocation());
      }
    }
    later = later || may_throw(one->getInit());
  }
}

void BodyWalk::unwinding(const clang::CXXNewExpr* fresh) {
  const auto* undo = fresh->getOperatorDelete();
  if (undo == nullptr || fresh->getInitializer() == nullptr || undo->isReservedGlobalPlacementOperator()) return;
  if (fresh->isTypeDependent() || !undo->getASTContext().getLangOpts().CXXExceptions) return;
  if (may_throw(fresh->getInitializer())) recorder_.callee(undo, EdgeKind::call, at(fresh->getBeginLoc()));
}

}  // namespace patchgate
