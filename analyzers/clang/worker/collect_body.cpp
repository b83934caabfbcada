#include "analyzers/clang/worker/collect_body.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>

namespace patchgate {

void BodyWalk::run() {
  const auto saved = pin_;
  while (!items_.empty()) {
    const auto item = items_.back();
    items_.pop_back();
    pin_ = item.pin;
    visit(item);
  }
  pin_ = saved;
}

void BodyWalk::push_children(const clang::Stmt* statement, Access access) {
  for (const auto* child : statement->children()) push(child, access);
}

void BodyWalk::statement(const clang::Stmt* statement) {
  push(statement);
  run();
}

void BodyWalk::initialiser(const clang::Expr* start) {
  push(start);
  run();
}

void BodyWalk::function(const clang::FunctionDecl* function) {
  if (const auto* made = llvm::dyn_cast<clang::CXXConstructorDecl>(function)) constructor(made);
  if (function->doesThisDeclarationHaveABody()) push(function->getBody());
  run();
  if (const auto* gone = llvm::dyn_cast<clang::CXXDestructorDecl>(function)) destructor(gone);
}

void BodyWalk::constructor(const clang::CXXConstructorDecl* constructor) {
  if (!constructor->doesThisDeclarationHaveABody()) return;
  for (const auto* start : constructor->inits()) {
    const auto place = start->isWritten() ? start->getSourceLocation() : constructor->getLocation();
    if (start->isWritten() && start->getAnyMember() != nullptr) {
      recorder_.mention(start->getAnyMember(), EdgeKind::write, start->getMemberLocation());
      recorder_.started(start->getAnyMember(), start->getInit());
    } else if (start->isWritten() && start->getTypeSourceInfo() != nullptr) {
      recorder_.type(start->getTypeSourceInfo()->getType(), place);
    }
    pin_ = start->isWritten() ? clang::SourceLocation() : place;
    push(start->getInit(), Access::object);
    run();
    pin_ = clang::SourceLocation();
  }
  unwinding(constructor);
}

void BodyWalk::destructor(const clang::CXXDestructorDecl* destructor) {
  const auto* record = destructor->getParent();
  if (record->isDependentContext() || record->isInvalidDecl() || !destructor->isThisDeclarationADefinition()) return;
  const auto place = destructor->getLocation();
  for (const auto* field : record->fields()) {
    if (!record->isUnion()) destroyed(field->getType(), place);
  }
  for (const auto& base : record->bases()) {
    if (!base.isVirtual()) destroyed(base.getType(), place);
  }
  for (const auto& base : record->vbases()) destroyed(base.getType(), place);
}

void BodyWalk::destroyed(clang::QualType type, clang::SourceLocation place) {
  if (type.isNull() || type->isDependentType()) return;
  const auto* record = type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  if (record == nullptr || !record->hasDefinition() || record->hasTrivialDestructor()) return;
  if (const auto* gone = record->getDestructor()) recorder_.callee(gone, EdgeKind::destruct, at(place));
}

void BodyWalk::variable(const clang::VarDecl* variable) {
  variable_parts(variable);
  run();
}

void BodyWalk::variable_parts(const clang::VarDecl* variable) {
  if (const auto* source = variable->getTypeSourceInfo()) {
    recorder_.type(source->getType(), variable->getLocation());
    recorder_.constants(source->getTypeLoc());
    run_time_bounds(source->getTypeLoc());
  }
  const bool parameter = llvm::isa<clang::ParmVarDecl>(variable);
  if (!parameter && !variable->getType()->isReferenceType()) destroyed(variable->getType(), variable->getLocation());
  if (const auto* cleanup = variable->getAttr<clang::CleanupAttr>()) {
    recorder_.callee(cleanup->getFunctionDecl(), EdgeKind::call, at(variable->getLocation()));
  }
  if (parameter) return;
  if (variable->getInit() != nullptr) {
    push(variable->getInit(), variable->getType()->isReferenceType() ? Access::value : Access::object);
    recorder_.started(variable, variable->getInit());
  }
  if (const auto* split = llvm::dyn_cast<clang::DecompositionDecl>(variable)) {
    for (const auto* part : split->bindings()) {
      if (const auto* holder = part->getHoldingVar()) declaration(holder);
    }
  }
}

/// Those of arrays whose size is known only when the code runs.
void BodyWalk::run_time_bounds(clang::TypeLoc written) {
  if (!written.getType()->isVariablyModifiedType()) return;
  for (; !written.isNull(); written = written.getNextTypeLoc()) {
    const auto array = written.getAs<clang::ArrayTypeLoc>();
    if (array && llvm::isa<clang::VariableArrayType>(array.getTypePtr())) push(array.getSizeExpr(), Access::read);
  }
}

void BodyWalk::declaration(const clang::Decl* decl) {
  const auto* local = llvm::dyn_cast<clang::VarDecl>(decl);
  if (local != nullptr && !local->isLocalExternDecl()) {
    variable_parts(local);
  } else {
    recorder_.local(decl);
  }
}

void BodyWalk::visit(const Item& item) {
  const auto* statement = item.statement;
  if (const auto* expression = llvm::dyn_cast<clang::Expr>(statement)) {
    if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expression)) {
      callee_type_arguments(name);
      return reference(name, name->getDecl(), item.access);
    }
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expression)) {
      callee_type_arguments(member);
      reference(member, member->getMemberDecl(), item.access);
      // To store into a part is to store into the whole; through a pointer it is only to load the pointer.
      return push(member->getBase(), member->isArrow() ? Access::value : item.access);
    }
    if (visit_operator(expression, item.access) || visit_wrapper(expression, item.access) ||
        visit_call(expression, item.access) || visit_object(expression)) {
      return;
    }
  }
  if (const auto* declared = llvm::dyn_cast<clang::DeclStmt>(statement)) {
    for (const auto* decl : declared->decls()) declaration(decl);
    return;
  }
  if (visit_rare(statement)) return;
  push_children(statement);
}

void BodyWalk::reference(const clang::Expr* expression, const clang::NamedDecl* decl, Access access) {
  const auto place = at(expression->getExprLoc());
  if (const auto* part = llvm::dyn_cast<clang::BindingDecl>(decl)) return push(part->getBinding(), access);
  if (llvm::isa<clang::FunctionDecl>(decl)) return recorder_.mention(decl, EdgeKind::address, place);
  if (!llvm::isa<clang::VarDecl, clang::FieldDecl, clang::EnumConstantDecl>(decl)) return;
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
    if (variable->hasLocalStorage()) return;
  }
  if (access == Access::write || access == Access::update) recorder_.mention(decl, EdgeKind::write, place);
  if (access == Access::read || access == Access::update) recorder_.mention(decl, EdgeKind::read, place);
  if (access == Access::value || access == Access::object) {
    const bool lent = expression->isGLValue() && !expression->getType().isConstQualified();
    recorder_.mention(decl, lent ? EdgeKind::address : EdgeKind::read, place);
  }
}

void BodyWalk::cast(const clang::CastExpr* cast, Access access) {
  if (const auto* spelt = llvm::dyn_cast<clang::ExplicitCastExpr>(cast)) {
    recorder_.type(spelt->getTypeAsWritten(), at(spelt->getBeginLoc()));
    recorder_.constants(spelt->getTypeInfoAsWritten()->getTypeLoc());
  }
  const auto* inner = cast->getSubExpr();
  switch (cast->getCastKind()) {
    case clang::CK_LValueToRValue:
    case clang::CK_ToVoid:
      return push(inner, Access::read);
    case clang::CK_NoOp: {
      const bool made_const = cast->isGLValue() && cast->getType().isConstQualified();
      return push(inner, made_const && access == Access::value ? Access::read : access);
    }
    case clang::CK_DerivedToBase:
    case clang::CK_UncheckedDerivedToBase:
    case clang::CK_BaseToDerived:
    case clang::CK_ConstructorConversion:
    case clang::CK_UserDefinedConversion:
    case clang::CK_LValueBitCast:
      return push(inner, access);
    default:
      // A decayed array: what is stored through the pointer is stored in the array.
      return push(inner, cast->getCastKind() == clang::CK_ArrayToPointerDecay ? access : Access::value);
  }
}

bool BodyWalk::visit_operator(const clang::Expr* expression, Access access) {
  if (const auto* two = llvm::dyn_cast<clang::BinaryOperator>(expression)) {
    if (two->getOpcode() == clang::BO_Assign) {
      push(two->getLHS(), Access::write);
      recorder_.stored(two->getLHS(), two->getRHS());
    } else if (two->isCompoundAssignmentOp()) {
      push(two->getLHS(), Access::update);
    } else if (two->getOpcode() == clang::BO_Comma) {
      push(two->getLHS(), Access::read);
      push(two->getRHS(), access);
      return true;
    } else {
      push(two->getLHS());
    }
    push(two->getRHS());
    return true;
  }
  if (const auto* one = llvm::dyn_cast<clang::UnaryOperator>(expression)) {
    const auto* inner = one->getSubExpr();
    if (one->isIncrementDecrementOp()) {
      push(inner, Access::update);
    } else if (one->getOpcode() == clang::UO_AddrOf || one->getOpcode() == clang::UO_Deref) {
      push(inner);
    } else {
      push(inner, one->getOpcode() == clang::UO_Extension ? access : Access::value);
    }
    return true;
  }
  if (const auto* part = llvm::dyn_cast<clang::ArraySubscriptExpr>(expression)) {
    push(part->getBase(), access);
    push(part->getIdx());
    return true;
  }
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(expression)) {
    push(choice->getCond());
    push(choice->getTrueExpr(), access);
    push(choice->getFalseExpr(), access);
    return true;
  }
  return false;
}

bool BodyWalk::visit_wrapper(const clang::Expr* expression, Access access) {
  if (const auto* converted = llvm::dyn_cast<clang::CastExpr>(expression)) return cast(converted, access), true;
  if (const auto* inner = llvm::dyn_cast<clang::ParenExpr>(expression)) return push(inner->getSubExpr(), access), true;
  if (const auto* full = llvm::dyn_cast<clang::FullExpr>(expression)) return push(full->getSubExpr(), access), true;
  if (const auto* kept = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(expression)) {
    return push(kept->getSubExpr(), access == Access::object ? Access::value : access), true;
  }
  if (const auto* filled = llvm::dyn_cast<clang::SubstNonTypeTemplateParmExpr>(expression)) {
    return push(filled->getReplacement(), access), true;
  }
  if (const auto* chosen = llvm::dyn_cast<clang::GenericSelectionExpr>(expression)) {
    if (chosen->isResultDependent()) return false;
    return push(chosen->getResultExpr(), access), true;
  }
  if (const auto* chosen = llvm::dyn_cast<clang::ChooseExpr>(expression)) {
    if (chosen->isConditionDependent()) return false;
    return push(chosen->getChosenSubExpr(), access), true;
  }
  if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(expression)) {
    if (const auto* written = list->isSemanticForm() ? list->getSyntacticForm() : list) {
      for (const auto* start : written->inits()) {
        const auto* named = llvm::dyn_cast<clang::DesignatedInitExpr>(start);
        if (named == nullptr) continue;
        for (const auto& step : named->designators()) {
          if (!step.isFieldDesignator() || step.getFieldDecl() == nullptr) continue;
          recorder_.mention(step.getFieldDecl(), EdgeKind::write, at(step.getFieldLoc()));
        }
      }
    }
    const auto* meant = list->isSemanticForm() || list->getSemanticForm() == nullptr ? list : list->getSemanticForm();
    recorder_.started_fields(meant);
    for (const auto* start : meant->inits()) push(start, Access::object);
    push(meant->getArrayFiller());
    return true;
  }
  return false;
}

}  // namespace patchgate
