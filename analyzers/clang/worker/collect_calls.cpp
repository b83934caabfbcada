// The part of BodyWalk that finds which functions run.
#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/ExprConcepts.h>
#include <clang/AST/StmtCXX.h>

#include "analyzers/clang/worker/canonical.h"
#include "analyzers/clang/worker/collect_body.h"

namespace patchgate {
namespace {

/// The method that a virtual call surely ends in; null where only the object knows.
const clang::CXXMethodDecl* settled(const clang::CXXMethodDecl* method, const clang::Expr* object) {
  if (object == nullptr) return nullptr;
  return method->getDevirtualizedMethod(object, /*IsAppleKext=*/false);
}

bool is_qualified(const clang::Expr* callee) {
  const auto* member = llvm::dyn_cast<clang::MemberExpr>(callee->IgnoreParenImpCasts());
  return member != nullptr && member->hasQualifier();
}

EdgeKind kind_of_call(const clang::FunctionDecl* function) {
  if (llvm::isa<clang::CXXDestructorDecl>(function)) return EdgeKind::destruct;
  return EdgeKind::call;
}

}  // namespace

void BodyWalk::callee_type_arguments(const clang::Expr* callee) {
  llvm::ArrayRef<clang::TemplateArgumentLoc> arguments;
  if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(callee)) {
    if (name->hasExplicitTemplateArgs()) arguments = name->template_arguments();
  } else if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(callee)) {
    if (member->hasExplicitTemplateArgs()) arguments = member->template_arguments();
  } else if (const auto* set = llvm::dyn_cast<clang::OverloadExpr>(callee)) {
    if (set->hasExplicitTemplateArgs()) arguments = set->template_arguments();
  }
  recorder_.arguments_of(arguments);
  for (const auto& argument : arguments) {
    if (argument.getArgument().getKind() == clang::TemplateArgument::Expression)
      push_lambdas(argument.getSourceExpression());
  }
}

/// Only they run: the rest of a template argument is computed by the compiler.
void BodyWalk::push_lambdas(const clang::Expr* argument) {
  std::vector<const clang::Stmt*> open{argument};
  while (!open.empty()) {
    const auto* next = open.back();
    open.pop_back();
    if (next == nullptr) continue;
    if (llvm::isa<clang::LambdaExpr>(next)) {
      push(next);
    } else {
      open.insert(open.end(), next->child_begin(), next->child_end());
    }
  }
}

void BodyWalk::call(const clang::CallExpr* call) {
  const auto* callee = call->getCallee()->IgnoreParenImpCasts();
  const auto place = at(callee->getExprLoc().isValid() ? callee->getExprLoc() : call->getBeginLoc());
  const auto* function = call->getDirectCallee();
  for (const auto* argument : call->arguments()) push(argument);

  if (function == nullptr) {
    undecided(call, callee, place);
    if (const auto* set = llvm::dyn_cast<clang::OverloadExpr>(callee)) {
      for (const auto* decl : set->decls()) recorder_.candidate(decl, place);
      callee_type_arguments(set);
      if (const auto* member = llvm::dyn_cast<clang::UnresolvedMemberExpr>(set)) {
        if (!member->isImplicitAccess()) push(member->getBase());
      }
      return;
    }
    if (const auto* two = llvm::dyn_cast<clang::BinaryOperator>(callee); two != nullptr && two->isPtrMemOp()) {
      // A pointer to a field is not what is called, but what is in the field.
      const auto* member = two->getRHS()->IgnoreParenImpCasts();
      if (!member->getType()->isMemberDataPointerType()) callee = member;
    }
    if (!callee->isTypeDependent() && !llvm::isa<clang::CXXPseudoDestructorExpr>(callee)) {
      recorder_.indirect(callee, place);
      recorder_.passed_through_pointer(callee, {call->getArgs(), call->getNumArgs()});
    }
    return push(call->getCallee());
  }

  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
  const auto* object_call = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
  const auto* operator_call = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call);
  auto kind = kind_of_call(function);
  if (method != nullptr && method->isVirtual() && !is_qualified(call->getCallee())) {
    const clang::Expr* object = nullptr;
    if (object_call != nullptr) object = object_call->getImplicitObjectArgument();
    if (operator_call != nullptr && operator_call->getNumArgs() > 0) object = operator_call->getArg(0);
    if (const auto* one = settled(method, object)) {
      function = one;
    } else {
      kind = EdgeKind::virtual_;
    }
  }
  recorder_.callee(function, kind, place);
  llvm::ArrayRef<const clang::Expr*> arguments(call->getArgs(), call->getNumArgs());
  if (operator_call == nullptr) {
    recorder_.arguments(function, arguments, place);
    recorder_.passed(function, object_call != nullptr ? object_call->getImplicitObjectArgument() : nullptr, arguments);
  } else if (method != nullptr && method->isInstance() && !arguments.empty()) {
    if (operator_call->getOperator() == clang::OO_Call) recorder_.indirect(arguments.front(), place);
    recorder_.passed(function, arguments.front(), arguments.drop_front());
  } else {
    recorder_.passed(function, nullptr, arguments);
  }
  callee_type_arguments(callee);
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(callee)) {
    push(member->getBase());
  } else if (!llvm::isa<clang::DeclRefExpr>(callee)) {
    push(callee);
  }
}

void BodyWalk::undecided(const clang::CallExpr* call, const clang::Expr* callee, clang::SourceLocation place) {
  // An operator of what may be a number says nothing.
  if (llvm::isa<clang::CXXOperatorCallExpr>(call)) return;
  if (const auto* plain = llvm::dyn_cast<clang::UnresolvedLookupExpr>(callee)) {
    if (plain->requiresADL()) recorder_.undecided(plain->getName().getAsString(), place);
  } else if (const auto* member = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(callee)) {
    recorder_.undecided(member->getMember().getAsString(), place);
  } else if (const auto* scoped = llvm::dyn_cast<clang::DependentScopeDeclRefExpr>(callee)) {
    recorder_.undecided(scoped->getDeclName().getAsString(), place);
  } else if (callee->isTypeDependent() && !llvm::isa<clang::OverloadExpr>(callee)) {
    recorder_.undecided("", place);
  }
}

void BodyWalk::made(const clang::CXXConstructExpr* made) {
  if (made->isElidable() && made->getNumArgs() > 0) {
    // What would be copied is the object itself.
    const auto* whole = made->getArg(0)->IgnoreImplicit();
    if (const auto* kept = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(made->getArg(0))) whole = kept->getSubExpr();
    return push(whole, Access::object);
  }
  recorder_.callee(made->getConstructor(), EdgeKind::construct, at(made->getLocation()));
  if (const auto* temporary = llvm::dyn_cast<clang::CXXTemporaryObjectExpr>(made)) {
    recorder_.type(temporary->getTypeSourceInfo()->getType(), at(made->getLocation()));
  }
  recorder_.arguments(made->getConstructor(), {made->getArgs(), made->getNumArgs()}, at(made->getLocation()));
  recorder_.passed(made->getConstructor(), nullptr, {made->getArgs(), made->getNumArgs()});
  for (const auto* argument : made->arguments()) push(argument);
}

bool BodyWalk::visit_call(const clang::Expr* expression, Access access) {
  if (const auto* plain = llvm::dyn_cast<clang::CallExpr>(expression)) return call(plain), true;
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(expression)) return made(construct), true;
  if (const auto* thrown = llvm::dyn_cast<clang::CXXThrowExpr>(expression)) {
    push(thrown->getSubExpr(), Access::object);  // the runtime ends it
    return true;
  }
  if (const auto* inherited = llvm::dyn_cast<clang::CXXInheritedCtorInitExpr>(expression)) {
    recorder_.callee(inherited->getConstructor(), EdgeKind::construct, at(inherited->getLocation()));
    return true;
  }
  if (const auto* fresh = llvm::dyn_cast<clang::CXXNewExpr>(expression)) {
    recorder_.type(fresh->getAllocatedType(), at(fresh->getBeginLoc()));
    if (fresh->getOperatorNew()) recorder_.callee(fresh->getOperatorNew(), EdgeKind::call, at(fresh->getBeginLoc()));
    unwinding(fresh);
    push_children(fresh, Access::object);
    return true;
  }
  if (const auto* end = llvm::dyn_cast<clang::CXXDeleteExpr>(expression)) {
    const auto place = at(end->getBeginLoc());
    push(end->getArgument());
    if (end->getOperatorDelete()) recorder_.callee(end->getOperatorDelete(), EdgeKind::call, place);
    const auto type = end->getDestroyedType();
    const auto* record = type.isNull() || type->isDependentType() ? nullptr : type->getAsCXXRecordDecl();
    if (record == nullptr || !record->hasDefinition()) return true;
    const auto* gone = record->getDestructor();
    if (gone == nullptr || record->hasTrivialDestructor()) return true;
    const bool open = gone->isVirtual() && !record->isEffectivelyFinal() && !end->isArrayForm();
    recorder_.callee(gone, open ? EdgeKind::virtual_ : EdgeKind::destruct, place);
    return true;
  }
  if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(expression)) {
    const auto* gone = bound->getTemporary()->getDestructor();
    if (gone != nullptr && access != Access::object) {
      recorder_.callee(gone, EdgeKind::destruct, at(bound->getBeginLoc()));
    }
    push(bound->getSubExpr());
    return true;
  }
  return false;
}

bool BodyWalk::visit_object(const clang::Expr* expression) {
  if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(expression)) {
    auto capture = lambda->capture_begin();
    for (const auto* start : lambda->capture_inits()) {
      push(start);
      if (lambda->isInitCapture(capture)) recorder_.started(capture->getCapturedVar(), start);
      ++capture;
    }
    recorder_.lambda(lambda, at(lambda->getBeginLoc()));
    return true;
  }
  if (const auto* left_out = llvm::dyn_cast<clang::CXXDefaultArgExpr>(expression)) {
    const auto outer = pin_;
    pin_ = at(left_out->getUsedLocation());
    push(left_out->getExpr());
    pin_ = outer;
    return true;
  }
  if (const auto* left_out = llvm::dyn_cast<clang::CXXDefaultInitExpr>(expression)) {
    const auto outer = pin_;
    pin_ = at(left_out->getUsedLocation());
    push(left_out->getExpr());
    pin_ = outer;
    return true;
  }
  if (const auto* size = llvm::dyn_cast<clang::UnaryExprOrTypeTraitExpr>(expression)) {
    return recorder_.size_of(size), true;
  }
  if (llvm::isa<clang::CXXNoexceptExpr, clang::RequiresExpr, clang::ConceptSpecializationExpr>(expression)) {
    return recorder_.computed(expression, true), true;
  }
  if (const auto* set = llvm::dyn_cast<clang::OverloadExpr>(expression)) {
    callee_type_arguments(set);
    if (const auto* member = llvm::dyn_cast<clang::UnresolvedMemberExpr>(set)) {
      if (!member->isImplicitAccess()) push(member->getBase());
    }
    return true;
  }
  return false;
}

bool BodyWalk::visit_rare(const clang::Stmt* statement) {
  if (const auto* text = llvm::dyn_cast<clang::AsmStmt>(statement)) {
    recorder_.assembler(text, at(text->getAsmLoc()));
    push_children(text);
    return true;
  }
  if (const auto* result = llvm::dyn_cast<clang::ReturnStmt>(statement)) {
    const auto* value = result->getRetValue();
    recorder_.returned(value);
    const auto* kept = result->getNRVOCandidate();
    const auto* copy = value == nullptr ? nullptr : llvm::dyn_cast<clang::CXXConstructExpr>(value->IgnoreImplicit());
    // A variable that is the result from the start is not copied into it.
    const bool same = kept != nullptr && kept->isNRVOVariable() && copy != nullptr && copy->getNumArgs() > 0;
    push(same ? copy->getArg(0) : value,
         same || value == nullptr || value->isGLValue() ? Access::value : Access::object);
    return true;
  }
  if (const auto* caught = llvm::dyn_cast<clang::CXXCatchStmt>(statement)) {
    if (caught->getExceptionDecl() != nullptr) variable_parts(caught->getExceptionDecl());
    push(caught->getHandlerBlock());
    return true;
  }
  if (const auto* literal = llvm::dyn_cast<clang::CompoundLiteralExpr>(statement)) {
    recorder_.type(literal->getTypeSourceInfo()->getType(), at(literal->getBeginLoc()));
    push(literal->getInitializer());
    return true;
  }
  if (const auto* zero = llvm::dyn_cast<clang::CXXScalarValueInitExpr>(statement)) {
    if (zero->getTypeSourceInfo()) recorder_.type(zero->getTypeSourceInfo()->getType(), at(zero->getBeginLoc()));
    return true;
  }
  if (const auto* later = llvm::dyn_cast<clang::CXXUnresolvedConstructExpr>(statement)) {
    recorder_.type(later->getTypeAsWritten(), at(later->getBeginLoc()));
    push_children(later);
    return true;
  }
  if (const auto* next = llvm::dyn_cast<clang::VAArgExpr>(statement)) {
    recorder_.type(next->getWrittenTypeInfo()->getType(), at(next->getBeginLoc()));
    push(next->getSubExpr());
    return true;
  }
  if (const auto* place = llvm::dyn_cast<clang::OffsetOfExpr>(statement)) {
    recorder_.type(place->getTypeSourceInfo()->getType(), at(place->getBeginLoc()));
    for (unsigned i = 0; i < place->getNumComponents(); ++i) {
      const auto& step = place->getComponent(i);
      if (step.getKind() == clang::OffsetOfNode::Field) {
        recorder_.mention(step.getField(), EdgeKind::read, at(place->getBeginLoc()));
      }
    }
    push_children(place);
    return true;
  }
  return false;
}

}  // namespace patchgate
