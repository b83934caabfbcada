// The part of BodyWalk that finds what a constructor destroys when it fails half way.
#include <clang/AST/ASTContext.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>

#include "analyzers/clang/worker/collect_body.h"

namespace patchgate {
namespace {

bool throws(const clang::FunctionDecl* function) {
  const auto* type = function->getType()->getAs<clang::FunctionProtoType>();
  return type == nullptr || !type->isNothrow();
}

/// Something in it may throw, as far as its own calls say.
bool may_throw(const clang::Stmt* statement) {
  std::vector<const clang::Stmt*> open{statement};
  while (!open.empty()) {
    const auto* next = open.back();
    open.pop_back();
    if (next == nullptr || llvm::isa<clang::LambdaExpr, clang::UnaryExprOrTypeTraitExpr>(next)) continue;
    if (llvm::isa<clang::CXXThrowExpr, clang::CXXNewExpr, clang::CXXDynamicCastExpr>(next)) return true;
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(next)) {
      if (call->getDirectCallee() == nullptr || throws(call->getDirectCallee())) return true;
    } else if (const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(next)) {
      if (!made->isElidable() && !made->getConstructor()->isTrivial() && throws(made->getConstructor())) return true;
    } else if (const auto* left_out = llvm::dyn_cast<clang::CXXDefaultArgExpr>(next)) {
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

}  // namespace patchgate
