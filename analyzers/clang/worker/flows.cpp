#include "analyzers/clang/worker/flows.h"

#include <algorithm>

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>

namespace patchgate {
namespace {

constexpr std::size_t kProducers = 64;
constexpr std::size_t kFlows = 4096;
constexpr int kDepth = 400;  // of nested expressions and statements; deeper ones are not followed

// Stands for the object that a method is called on.
const char kThisObject = 0;
const void* const kThis = &kThisObject;

bool lends(clang::QualType type) {
  if (type.isNull()) return false;
  if (type->isReferenceType()) return !type->getPointeeType().isConstQualified();
  if (type->isPointerType()) return !type->getPointeeType().isConstQualified() && !type->isFunctionPointerType();
  return type->isArrayType();
}

const clang::Expr* bare(const clang::Expr* expression) {
  const clang::Expr* last = nullptr;
  while (expression != last) {
    last = expression;
    expression = expression->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto* filled = llvm::dyn_cast<clang::SubstNonTypeTemplateParmExpr>(expression)) {
      expression = filled->getReplacement();
    }
  }
  return expression;
}

}  // namespace

void FlowFinder::join(Producers& into, const Producers& from) {
  for (const auto id : from) {
    const auto at = std::lower_bound(into.begin(), into.end(), id);
    if (at != into.end() && *at == id) continue;
    if (into.size() >= kProducers) return;
    into.insert(at, id);
  }
}

std::uint32_t FlowFinder::offset(clang::SourceLocation at) {
  return unit_.files.offset_within(user_.file, at).value_or(user_.offset);
}

void FlowFinder::flow(SymbolId producer, SymbolId consumer, clang::SourceLocation at) {
  if (producer == user_.symbol || producer == consumer || consumer == user_.symbol || found_.size() >= kFlows) return;
  if (!known_.insert({user_.symbol, producer, consumer}).second) return;
  found_.push_back({user_.symbol, producer, consumer, offset(at)});
}

void FlowFinder::run(const clang::FunctionDecl* function) {
  if (const auto* made = llvm::dyn_cast<clang::CXXConstructorDecl>(function)) {
    for (const auto* start : made->inits()) {
      if (!start->isWritten() || start->getInit() == nullptr) continue;
      const auto value = evaluate(start->getInit());
      const void* key = start->getAnyMember() != nullptr ? static_cast<const void*>(start->getAnyMember()) : kThis;
      write({key, true}, value, start->getSourceLocation());
    }
  }
  if (function->getBody() != nullptr) execute(function->getBody());
  auto& all = unit_.facts.of(user_.file).flows;
  all.insert(all.end(), found_.begin(), found_.end());
}

void FlowFinder::loop(const clang::Stmt* statement) {
  const int times = in_loop_ ? 1 : 2;
  const bool outer = in_loop_;
  in_loop_ = true;
  for (int i = 0; i < times; ++i) {
    for (const auto* child : statement->children()) execute(child);
  }
  in_loop_ = outer;
}

void FlowFinder::execute(const clang::Stmt* statement) {
  if (statement == nullptr || depth_ >= kDepth) return;
  ++depth_;
  if (const auto* expression = llvm::dyn_cast<clang::Expr>(statement)) {
    evaluate(expression);
  } else if (const auto* declared = llvm::dyn_cast<clang::DeclStmt>(statement)) {
    for (const auto* decl : declared->decls()) {
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) declare(variable);
    }
  } else if (const auto* result = llvm::dyn_cast<clang::ReturnStmt>(statement)) {
    if (result->getRetValue() != nullptr) {
      for (const auto id : evaluate(result->getRetValue())) flow(id, kNoSymbol, result->getBeginLoc());
    }
  } else if (llvm::isa<clang::WhileStmt, clang::DoStmt, clang::ForStmt, clang::CXXForRangeStmt>(statement)) {
    loop(statement);
  } else {
    for (const auto* child : statement->children()) execute(child);
  }
  --depth_;
}

void FlowFinder::declare(const clang::VarDecl* variable) {
  if (variable->getInit() == nullptr) return;
  const auto value = evaluate(variable->getInit());
  if (!value.empty()) join(state_[variable], value);
}

FlowFinder::Target FlowFinder::target_of(const clang::Expr* expression) const {
  Target out;
  for (int i = 0; i < kDepth; ++i) {
    expression = bare(expression);
    if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expression)) {
      out.key = name->getDecl();
      if (const auto* part = llvm::dyn_cast<clang::BindingDecl>(name->getDecl())) out.key = part->getDecomposedDecl();
      if (name->getDecl()->getType()->isReferenceType()) out.through = true;
      return out;
    }
    if (llvm::isa<clang::CXXThisExpr>(expression)) return {kThis, true};
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expression)) {
      if (llvm::isa<clang::CXXThisExpr>(bare(member->getBase()))) return {member->getMemberDecl(), true};
      out.through = out.through || member->isArrow();
      expression = member->getBase();
    } else if (const auto* part = llvm::dyn_cast<clang::ArraySubscriptExpr>(expression)) {
      out.through = true;
      expression = part->getBase();
    } else if (const auto* one = llvm::dyn_cast<clang::UnaryOperator>(expression)) {
      out.through = out.through || one->getOpcode() == clang::UO_Deref;
      expression = one->getSubExpr();
    } else if (const auto* two = llvm::dyn_cast<clang::BinaryOperator>(expression)) {
      expression = two->getLHS();
    } else if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(expression)) {
      expression = choice->getTrueExpr();
    } else if (const auto* method = llvm::dyn_cast<clang::CXXMemberCallExpr>(expression)) {
      // What a method hands out belongs to its object: `headers.at(i) = …`.
      if (method->getImplicitObjectArgument() == nullptr) return {};
      out.through = true;
      expression = method->getImplicitObjectArgument();
    } else if (const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(expression)) {
      if (operation->getNumArgs() == 0) return {};
      out.through = true;
      expression = operation->getArg(0);
    } else {
      return {};
    }
  }
  return {};
}

bool FlowFinder::escapes(const Target& target) const {
  if (target.key == kThis) return true;
  const auto* decl = static_cast<const clang::Decl*>(target.key);
  if (llvm::isa<clang::FieldDecl>(decl)) return true;
  const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(decl);
  return parameter != nullptr && target.through && lends(parameter->getType());
}

void FlowFinder::write(const Target& target, const Producers& producers, clang::SourceLocation at) {
  if (target.key == nullptr || producers.empty()) return;
  join(state_[target.key], producers);
  if (!escapes(target)) return;
  for (const auto id : producers) flow(id, kNoSymbol, at);
}

FlowFinder::Producers FlowFinder::assign(const clang::Expr* target, const clang::Expr* source) {
  auto value = evaluate(source);
  const auto* place = bare(target);
  if (!llvm::isa<clang::DeclRefExpr>(place)) evaluate(place);
  write(target_of(target), value, target->getExprLoc());
  return value;
}

FlowFinder::Producers FlowFinder::binary(const clang::BinaryOperator* two) {
  Producers out;
  // A long chain `a + b + …` leans to the left.
  const clang::Expr* left = two;
  while (const auto* inner = llvm::dyn_cast<clang::BinaryOperator>(left->IgnoreParenImpCasts())) {
    if (inner->isComparisonOp() || inner->isLogicalOp()) {
      evaluate(inner->getLHS());
      evaluate(inner->getRHS());
      return out;
    }
    if (inner->isAssignmentOp()) {
      join(out, assign(inner->getLHS(), inner->getRHS()));
      return out;
    }
    auto right = evaluate(inner->getRHS());
    if (inner->getOpcode() == clang::BO_Comma) {
      evaluate(inner->getLHS());
      join(out, right);
      return out;
    }
    join(out, right);
    left = inner->getLHS();
  }
  join(out, evaluate(left));
  return out;
}

FlowFinder::Producers FlowFinder::evaluate(const clang::Expr* expression) {
  if (expression == nullptr || depth_ >= kDepth) return {};
  ++depth_;
  auto out = evaluate_one(bare(expression));
  --depth_;
  return out;
}

FlowFinder::Producers FlowFinder::evaluate_one(const clang::Expr* expression) {
  if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expression)) {
    const clang::Decl* decl = name->getDecl();
    if (const auto* part = llvm::dyn_cast<clang::BindingDecl>(decl)) decl = part->getDecomposedDecl();
    const auto row = state_.find(decl);
    return row != state_.end() ? row->second : Producers();
  }
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expression)) {
    auto out = evaluate(member->getBase());
    if (!llvm::isa<clang::CXXThisExpr>(bare(member->getBase()))) return out;
    if (const auto row = state_.find(member->getMemberDecl()); row != state_.end()) join(out, row->second);
    return out;
  }
  if (llvm::isa<clang::CXXThisExpr>(expression)) {
    const auto row = state_.find(kThis);
    return row != state_.end() ? row->second : Producers();
  }
  if (const auto* two = llvm::dyn_cast<clang::BinaryOperator>(expression)) return binary(two);
  if (const auto* called = llvm::dyn_cast<clang::CallExpr>(expression)) return call(called);
  if (const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(expression)) return construct(made);
  if (const auto* left_out = llvm::dyn_cast<clang::CXXDefaultArgExpr>(expression)) return evaluate(left_out->getExpr());
  if (const auto* closure = llvm::dyn_cast<clang::LambdaExpr>(expression)) {
    Producers out;
    for (const auto* start : closure->capture_inits()) join(out, evaluate(start));
    lambda(closure);
    return out;
  }
  if (const auto* block = llvm::dyn_cast<clang::StmtExpr>(expression)) {
    const auto* body = block->getSubStmt();
    execute(body);
    const auto* last = body->body_empty() ? nullptr : llvm::dyn_cast_or_null<clang::Expr>(body->body_back());
    return last != nullptr ? evaluate(last) : Producers();
  }
  if (llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr>(expression)) return {};
  Producers out;
  for (const auto* child : expression->children()) {
    if (const auto* part = llvm::dyn_cast_or_null<clang::Expr>(child)) {
      join(out, evaluate(part));
    } else {
      execute(child);
    }
  }
  return out;
}

void FlowFinder::lambda(const clang::LambdaExpr* lambda) {
  const auto id = unit_.symbols.of(lambda->getLambdaClass());
  if (id == kNoSymbol) return;
  const auto outer = user_;
  user_.symbol = id;
  execute(lambda->getBody());
  user_ = outer;
}

FlowFinder::Producers FlowFinder::call(const clang::CallExpr* call) {
  const auto* function = call->getDirectCallee();
  llvm::ArrayRef<const clang::Expr*> arguments(call->getArgs(), call->getNumArgs());
  const clang::Expr* object = nullptr;
  if (const auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(call)) {
    object = member->getImplicitObjectArgument();
  } else if (llvm::isa<clang::CXXOperatorCallExpr>(call)) {
    const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
    if (method != nullptr && method->isInstance() && !arguments.empty()) {
      object = arguments.front();
      arguments = arguments.drop_front();
    }
  }
  if (function == nullptr && object == nullptr) evaluate(call->getCallee());
  return pass(function, object, arguments, call->getExprLoc());
}

FlowFinder::Producers FlowFinder::construct(const clang::CXXConstructExpr* made) {
  return pass(made->getConstructor(), nullptr, {made->getArgs(), made->getNumArgs()}, made->getLocation());
}

FlowFinder::Producers FlowFinder::pass(const clang::FunctionDecl* function, const clang::Expr* object,
                                       llvm::ArrayRef<const clang::Expr*> arguments, clang::SourceLocation at) {
  const auto callee = function != nullptr ? unit_.symbols.of(function) : kNoSymbol;
  const bool ours = callee != kNoSymbol && !unit_.symbols.draft(callee).facts.has(UnitSymbol::outside);
  Producers own;
  if (ours) own.push_back(callee);
  Producers of_object = object != nullptr ? evaluate(object) : Producers();
  llvm::SmallVector<Producers, 8> values;
  Producers all = of_object;
  for (const auto* argument : arguments) {
    values.push_back(evaluate(argument));
    join(all, values.back());
  }
  if (callee != kNoSymbol) {
    for (const auto id : all) flow(id, callee, at);
  }
  // What the call writes carries the callee and what it was given besides.
  const auto store = [&](const clang::Expr* into, const Producers* itself) {
    Producers given = own;
    if (itself != &of_object) join(given, of_object);
    for (const auto& value : values) {
      if (&value != itself) join(given, value);
    }
    write(
        [&] {
          auto target = target_of(into);
          target.through = target.through || !into->isGLValue();
          return target;
        }(),
        given, at);
  };
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool known = function != nullptr && i < function->getNumParams();
    if (lends(known ? function->getParamDecl(i)->getType() : arguments[i]->getType())) store(arguments[i], &values[i]);
  }
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
  if (object != nullptr && method != nullptr && !method->isConst()) store(object, &of_object);
  if (function != nullptr && function->getReturnType()->isBooleanType()) return {};
  join(all, own);
  return all;
}

}  // namespace patchgate
