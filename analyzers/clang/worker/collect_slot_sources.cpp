// The part of SlotFinder that reads off an expression where its value comes from.
#include <clang/AST/ASTContext.h>
#include <clang/AST/StmtCXX.h>

#include "analyzers/clang/worker/canonical.h"
#include "analyzers/clang/worker/collect_slots.h"

namespace patchgate {

using llvm::dyn_cast;
using llvm::isa;

namespace {

constexpr int kDepth = 100;  // of nested expressions; a deeper one can't be followed

/// There is no function in it: null, a number that stands for one (SIG_IGN).
bool is_empty(const clang::Expr* value) {
  return isa<clang::ImplicitValueInitExpr, clang::CXXNullPtrLiteralExpr, clang::GNUNullExpr, clang::IntegerLiteral,
             clang::CharacterLiteral, clang::CXXScalarValueInitExpr, clang::StringLiteral, clang::CXXBoolLiteralExpr,
             clang::UnaryExprOrTypeTraitExpr, clang::FloatingLiteral>(value);
}

}  // namespace

PointerSources SlotFinder::sources(const clang::Expr* value) {
  PointerSources out;
  gather(value, out, 0);
  return out;
}

void SlotFinder::gather(const clang::Expr* value, PointerSources& out, int depth) {
  if (value == nullptr || depth > kDepth) {
    out.open = true;
    return;
  }
  value = value->IgnoreParens();
  if (value->getType().isNull() || value->isTypeDependent() || is_empty(value)) return;
  if (gather_object(value, out)) return;
  if (const auto* cast = dyn_cast<clang::CastExpr>(value)) return gather_cast(cast, out, depth);
  if (const auto* name = dyn_cast<clang::DeclRefExpr>(value)) return gather_name(name->getDecl(), out, depth);
  if (const auto* member = dyn_cast<clang::MemberExpr>(value)) {
    const auto* field = dyn_cast<clang::FieldDecl>(member->getMemberDecl());
    // The parts of a pair, a tuple or a node are the whole.
    if (field != nullptr && unit_.slots.of(field) == 0) return gather(member->getBase(), out, depth + 1);
    return gather_name(member->getMemberDecl(), out, depth);
  }
  if (const auto* call = dyn_cast<clang::CallExpr>(value)) return gather_call(call, out, depth);
  if (const auto* made = dyn_cast<clang::CXXConstructExpr>(value)) return gather_construct(made, out, depth);
  if (!gather_children(value, out, depth)) out.open = true;
}

bool SlotFinder::gather_object(const clang::Expr* value, PointerSources& out) {
  const auto* record = value->getType()->getAsCXXRecordDecl();
  if (record == nullptr || !record->hasDefinition() || unit_.slots.holds_any(value->getType())) return false;
  if (record->isLambda()) {
    const auto id = unit_.symbols.of(record);
    if (id != kNoSymbol) out.functions.insert(id);
    return true;
  }
  for (const auto* method : record->methods()) {
    if (method->getOverloadedOperator() != clang::OO_Call) continue;
    const auto id = unit_.symbols.of(method);
    if (id != kNoSymbol) out.functions.insert(id);
  }
  // What std::bind makes and hands on is no callable of ours: look at how it is made.
  return !out.functions.empty() || !isa<clang::CallExpr, clang::CastExpr, clang::MaterializeTemporaryExpr,
                                        clang::CXXBindTemporaryExpr, clang::FullExpr, clang::CXXConstructExpr>(value);
}

void SlotFinder::gather_cast(const clang::CastExpr* cast, PointerSources& out, int depth) {
  const auto* inner = cast->getSubExpr();
  switch (cast->getCastKind()) {
    case clang::CK_NullToPointer:
    case clang::CK_NullToMemberPointer:
      return;
    case clang::CK_IntegralToPointer:
      if (inner->isValueDependent() || !inner->isEvaluatable(unit_.context)) out.open = true;
      return;
    default:
      break;
  }
  const auto slots = out.slots.size();
  gather(inner, out, depth + 1);
  // Through a place of another type, say a void*, more may come than is put in under our eyes.
  const auto type = inner->getType();
  const bool foreign = !unit_.slots.holds_any(type) && !type->isFunctionType() && type->getAsCXXRecordDecl() == nullptr;
  if (foreign && out.slots.size() > slots) out.open = true;
}

void SlotFinder::gather_name(const clang::ValueDecl* decl, PointerSources& out, int depth) {
  if (const auto* part = dyn_cast<clang::BindingDecl>(decl)) {
    if (part->getBinding() != nullptr) return gather(part->getBinding(), out, depth + 1);
    out.open = true;
  } else if (const auto* function = dyn_cast<clang::FunctionDecl>(decl)) {
    const auto id = unit_.symbols.of(function);
    if (id != kNoSymbol) out.functions.insert(id);
  } else if (isa<clang::EnumConstantDecl>(decl)) {
    return;
  } else if (const auto slot = unit_.slots.of(decl); slot != 0) {
    out.slots.insert(slot);
  } else {
    out.open = true;
  }
}

void SlotFinder::gather_call(const clang::CallExpr* call, PointerSources& out, int depth) {
  const auto* function = call->getDirectCallee();
  const auto* member = dyn_cast<clang::CXXMemberCallExpr>(call);
  if (const auto* conversion = llvm::dyn_cast_or_null<clang::CXXConversionDecl>(function)) {
    if (conversion->getParent()->isLambda()) {
      const auto id = unit_.symbols.of(conversion->getParent());
      if (id != kNoSymbol) out.functions.insert(id);
      return;
    }
  }
  if (function == nullptr) {
    const auto type = unit_.types.function_type(call->getCallee()->getType());
    if (type == 0) {
      out.open = true;
    } else {
      out.slots.insert(SlotTable::result_of_type(type));
    }
    return;
  }
  const auto id = unit_.symbols.of(function);
  if (id != kNoSymbol && !unit_.symbols.draft(id).facts.has(UnitSymbol::outside)) {
    out.slots.insert(unit_.slots.result(id));
    return;
  }
  // Code from outside hands on what it was given: move(f), bind(f, …), handlers.at(i), exchange(f, nullptr).
  bool any = false;
  const auto from = [&](const clang::Expr* given) {
    const auto* record = given->getType()->getAsCXXRecordDecl();
    const bool callable = record != nullptr && !given->isTypeDependent() && record->isLambda();
    if (!callable && !concerns(given)) return;
    any = true;
    gather(given, out, depth + 1);
  };
  if (member != nullptr) from(member->getImplicitObjectArgument());
  for (const auto* argument : call->arguments()) from(argument);
  if (!any) out.open = true;
}

void SlotFinder::gather_construct(const clang::CXXConstructExpr* made, PointerSources& out, int depth) {
  PointerSources given;
  for (const auto* argument : made->arguments()) {
    const auto* record = argument->getType()->getAsCXXRecordDecl();
    if (record != nullptr || concerns(argument)) gather(argument, given, depth + 1);
  }
  for (const auto id : given.functions) out.functions.insert(id);
  for (const auto slot : given.slots) out.slots.insert(slot);
  out.open = out.open || given.open;
  wrap(given, made->getType());
}

bool SlotFinder::gather_children(const clang::Expr* value, PointerSources& out, int depth) {
  const auto next = [&](const clang::Expr* inner) {
    gather(inner, out, depth + 1);
    return true;
  };
  if (const auto* one = dyn_cast<clang::UnaryOperator>(value)) return next(one->getSubExpr());
  if (const auto* two = dyn_cast<clang::BinaryOperator>(value)) {
    if (two->getOpcode() == clang::BO_Comma || two->getOpcode() == clang::BO_Assign) return next(two->getRHS());
    if (!two->isAdditiveOp()) return false;
    return next(two->getLHS()->getType()->isPointerType() ? two->getLHS() : two->getRHS());
  }
  if (const auto* choice = dyn_cast<clang::AbstractConditionalOperator>(value)) {
    next(choice->getTrueExpr());
    return next(choice->getFalseExpr());
  }
  if (const auto* same = dyn_cast<clang::OpaqueValueExpr>(value)) return next(same->getSourceExpr());
  if (const auto* part = dyn_cast<clang::ArraySubscriptExpr>(value)) return next(part->getBase());
  if (const auto* list = dyn_cast<clang::InitListExpr>(value)) {
    if (!list->isSemanticForm() && list->getSemanticForm() != nullptr) list = list->getSemanticForm();
    for (const auto* start : list->inits()) next(start);
    return true;
  }
  if (const auto* named = dyn_cast<clang::DesignatedInitExpr>(value)) return next(named->getInit());
  if (const auto* block = dyn_cast<clang::StmtExpr>(value)) {
    const auto* body = block->getSubStmt();
    const auto* last = body->body_empty() ? nullptr : llvm::dyn_cast_or_null<clang::Expr>(body->body_back());
    return last != nullptr && next(last);
  }
  if (const auto* full = dyn_cast<clang::FullExpr>(value)) return next(full->getSubExpr());
  if (const auto* kept = dyn_cast<clang::MaterializeTemporaryExpr>(value)) return next(kept->getSubExpr());
  if (const auto* bound = dyn_cast<clang::CXXBindTemporaryExpr>(value)) return next(bound->getSubExpr());
  if (const auto* filled = dyn_cast<clang::SubstNonTypeTemplateParmExpr>(value)) return next(filled->getReplacement());
  if (const auto* left_out = dyn_cast<clang::CXXDefaultArgExpr>(value)) return next(left_out->getExpr());
  if (const auto* left_out = dyn_cast<clang::CXXDefaultInitExpr>(value)) return next(left_out->getExpr());
  if (const auto* chosen = dyn_cast<clang::ChooseExpr>(value); chosen && !chosen->isConditionDependent())
    return next(chosen->getChosenSubExpr());
  if (const auto* chosen = dyn_cast<clang::GenericSelectionExpr>(value); chosen && !chosen->isResultDependent())
    return next(chosen->getResultExpr());
  if (const auto* fresh = dyn_cast<clang::CXXNewExpr>(value)) {
    return fresh->getInitializer() == nullptr || next(fresh->getInitializer());
  }
  if (const auto* list = dyn_cast<clang::CXXStdInitializerListExpr>(value)) return next(list->getSubExpr());
  if (const auto* literal = dyn_cast<clang::CompoundLiteralExpr>(value)) return next(literal->getInitializer());
  if (const auto* atomic = dyn_cast<clang::AtomicExpr>(value)) return next(atomic->getPtr());
  return false;
}

}  // namespace patchgate
