#include "analyzers/clang/worker/collect_uses.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>

#include "analyzers/clang/worker/canonical.h"
#include "analyzers/clang/worker/collect_literals.h"
#include "analyzers/clang/worker/collect_slots.h"

namespace patchgate {

std::uint32_t ProjectRecorder::offset(clang::SourceLocation at) {
  return unit_.files.offset_within(user_.file, at).value_or(user_.offset);
}

void ProjectRecorder::edge(SymbolId to, EdgeKind kind, clang::SourceLocation at, Confidence confidence, EdgeRule rule) {
  if (to == kNoSymbol) return;
  const bool runs =
      kind == EdgeKind::call || kind == EdgeKind::construct || kind == EdgeKind::destruct || kind == EdgeKind::virtual_;
  if (to == user_.symbol && !runs) return;
  // What nobody instantiates never runs here; another unit may.
  if (runs && user_.name_candidates && confidence == Confidence::exact) confidence = Confidence::possible;
  unit_.facts.of(user_.file).edges.push_back({user_.symbol, to, kind, confidence, offset(at), rule});
  if (at.isMacroID() && !user_.instantiated) {
    const auto& sources = unit_.files.sources();
    const auto spelt = sources.getSpellingLoc(at);
    if (unit_.files.file_of(sources.getFileID(spelt)) != kOutside) unit_.macros.use(spelt, to, kind);
  }
}

void ProjectRecorder::callee(const clang::FunctionDecl* function, EdgeKind kind, clang::SourceLocation at) {
  const auto id = unit_.symbols.of(function);
  const bool outside = id == kNoSymbol || unit_.symbols.draft(id).facts.has(UnitSymbol::outside);
  // The end of an object from outside is of no interest by itself.
  if (!outside || kind != EdgeKind::destruct) edge(id, kind, at);
  if (!outside) return;
  for (const auto& callback : unit_.external.reached_by(function)) {
    edge(callback.symbol, callback.kind, at, callback.handed ? Confidence::possible : Confidence::exact,
         EdgeRule::outside);
  }
}

void ProjectRecorder::mention(const clang::NamedDecl* decl, EdgeKind kind, clang::SourceLocation at) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
  const auto id = function != nullptr ? unit_.symbols.of(decl) : unit_.symbols.in_project(decl);
  if (id == kNoSymbol) return;
  edge(id, kind, at);
  // Who reads a part of an object knows where it lies in it.
  if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(decl)) {
    edge(unit_.symbols.in_project(outermost_unnamed(field->getParent())), EdgeKind::type, at);
  }
  if (function != nullptr) {
    const auto type = unit_.types.callable(function);
    unit_.facts.of(user_.file).addresses.push_back({id, user_.symbol, type});
    SlotFinder(unit_, user_).address_taken(function, id, type);
  }
}

void ProjectRecorder::type(clang::QualType type, clang::SourceLocation at) {
  if (user_.instantiated) return;
  for (const auto* decl : unit_.types.named(type)) edge(unit_.symbols.in_project(decl), EdgeKind::type, at);
}

void ProjectRecorder::indirect(const clang::Expr* callee, clang::SourceLocation at) {
  const auto wrapped = SlotTable::wrapped_function(callee->getType());
  const auto type = wrapped.isNull() ? unit_.types.function_type(callee->getType()) : unit_.types.wrapped(wrapped);
  // What std::bind and its kind make has no type of function, but calls what is in it.
  if (type == 0 && !unit_.slots.holds_any(callee->getType())) return;
  const auto place = offset(at);
  const auto slot = SlotFinder(unit_, user_).called(callee, place);
  if (type != 0 || slot != 0) unit_.facts.of(user_.file).indirect.push_back({user_.symbol, type, place, slot});
}

void ProjectRecorder::stored(const clang::Expr* target, const clang::Expr* value) {
  SlotFinder(unit_, user_).store(target, value);
}

void ProjectRecorder::started(const clang::ValueDecl* decl, const clang::Expr* value) {
  SlotFinder(unit_, user_).start(decl, value);
}

void ProjectRecorder::started_fields(const clang::InitListExpr* list) { SlotFinder(unit_, user_).start_fields(list); }

void ProjectRecorder::passed(const clang::FunctionDecl* callee, const clang::Expr* object,
                             llvm::ArrayRef<const clang::Expr*> arguments) {
  SlotFinder(unit_, user_).pass(callee, object, arguments);
}

void ProjectRecorder::passed_through_pointer(const clang::Expr* callee, llvm::ArrayRef<const clang::Expr*> arguments) {
  SlotFinder(unit_, user_).pass_through_pointer(callee->getType(), arguments);
}

void ProjectRecorder::returned(const clang::Expr* value) { SlotFinder(unit_, user_).give_back(value); }

void ProjectRecorder::candidate(const clang::NamedDecl* decl, clang::SourceLocation at) {
  if (!user_.name_candidates) return;
  decl = decl->getUnderlyingDecl();
  if (!llvm::isa<clang::FunctionDecl, clang::FunctionTemplateDecl>(decl)) return;
  edge(unit_.symbols.in_project(decl), EdgeKind::call, at, Confidence::name);
}

void ProjectRecorder::lambda(const clang::LambdaExpr* lambda, clang::SourceLocation at) {
  const auto id = unit_.symbols.lambda(lambda->getLambdaClass(), user_.symbol);
  if (id == kNoSymbol) return;
  edge(id, EdgeKind::address, at);
  if (!user_.instantiated) {
    if (const auto extent = unit_.extents.of(lambda)) {
      unit_.facts.of(extent->file).stands.push_back({id, extent->range, extent->body, true});
    }
  }
  auto inner = user_;
  inner.symbol = id;
  ProjectRecorder recorder(unit_, inner, on_local_);
  BodyWalk walk(recorder);
  const auto* call = lambda->getCallOperator();
  for (const auto* parameter : call->parameters()) walk.variable(parameter);
  if (lambda->hasExplicitResultType()) recorder.type(call->getReturnType(), lambda->getBeginLoc());
  walk.statement(lambda->getBody());
  if (const auto* pattern = call->getDescribedFunctionTemplate()) {
    inner.instantiated = true;
    ProjectRecorder instance(unit_, inner, on_local_);
    for (const auto* made : pattern->specializations()) {
      if (made->doesThisDeclarationHaveABody()) BodyWalk(instance).function(made);
    }
  }
  // Without captures it turns into a pointer to function, which then is what is called.
  for (const auto* conversion : lambda->getLambdaClass()->getVisibleConversionFunctions()) {
    const auto* convert = llvm::dyn_cast<clang::CXXConversionDecl>(conversion->getUnderlyingDecl());
    if (convert == nullptr || !convert->isUsed()) continue;
    const auto type = unit_.types.function_type(convert->getConversionType());
    if (type != 0) unit_.facts.of(user_.file).addresses.push_back({id, user_.symbol, type});
  }
}

void ProjectRecorder::arguments(const clang::FunctionDecl* function, llvm::ArrayRef<const clang::Expr*> arguments,
                                clang::SourceLocation at) {
  const auto id = unit_.symbols.of(function);
  if (id == kNoSymbol || unit_.symbols.draft(id).facts.has(UnitSymbol::defined)) return;
  run_time_code(id, arguments, at);
  for (std::size_t i = 0; i < arguments.size() && i < 256; ++i) {
    auto text = literal_of(arguments[i], unit_.context);
    if (!text) continue;
    unit_.facts.of(user_.file)
        .literals.push_back({user_.symbol, id, static_cast<std::uint8_t>(i), std::move(*text), offset(at)});
  }
}

}  // namespace patchgate
