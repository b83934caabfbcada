#include "analyzers/clang/worker/collect_symbols.h"

#include <algorithm>

#include <clang/AST/Attr.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/Lex/Lexer.h>

#include "analyzers/clang/worker/canonical.h"
#include "analyzers/clang/worker/names.h"

namespace patchgate {
namespace {

constexpr std::size_t kOriginBytes = 200;

bool is_local(const clang::NamedDecl* decl) {
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
    return variable->isLocalVarDeclOrParm() && !variable->isLocalExternDecl();
  }
  return llvm::isa<clang::BindingDecl>(decl);
}

SymbolKind kind_of(const clang::NamedDecl* decl) {
  if (llvm::isa<clang::CXXConstructorDecl>(decl)) return SymbolKind::constructor;
  if (llvm::isa<clang::CXXDestructorDecl>(decl)) return SymbolKind::destructor;
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
    if (llvm::isa<clang::CXXConversionDecl>(decl)) return SymbolKind::operator_;
    if (function->isOverloadedOperator() || function->getLiteralIdentifier() != nullptr) return SymbolKind::operator_;
    return llvm::isa<clang::CXXMethodDecl>(decl) ? SymbolKind::method : SymbolKind::function;
  }
  if (llvm::isa<clang::FieldDecl>(decl)) return SymbolKind::field;
  // A concept is a constant, true or false for given types.
  if (llvm::isa<clang::VarDecl, clang::ConceptDecl>(decl)) return SymbolKind::variable;
  if (llvm::isa<clang::EnumConstantDecl>(decl)) return SymbolKind::enumerator;
  return SymbolKind::type;
}

bool is_symbol(const clang::NamedDecl* decl) {
  return llvm::isa<clang::FunctionDecl, clang::TagDecl, clang::TypedefNameDecl, clang::FieldDecl, clang::VarDecl,
                   clang::EnumConstantDecl, clang::ConceptDecl>(decl) &&
         !llvm::isa<clang::CXXDeductionGuideDecl>(decl) && !is_local(decl);
}

const clang::NamedDecl* definition_of(const clang::NamedDecl* decl) {
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
    return function->isDeleted() ? nullptr : function->getDefinition();  // what is deleted never runs
  }
  if (const auto* tag = llvm::dyn_cast<clang::TagDecl>(decl)) return tag->getDefinition();
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
    if (const auto* definition = variable->getDefinition()) return definition;
    return variable->getActingDefinition();
  }
  return decl;
}

bool is_template(const clang::NamedDecl* decl) {
  if (decl->isTemplated()) return true;
  const auto* context = decl->getDeclContext();
  return context->isDependentContext() || llvm::isa<clang::ClassTemplateSpecializationDecl>(context);
}

bool is_exported(const clang::NamedDecl* decl) {
  if (decl->hasAttr<clang::DLLExportAttr>()) return true;
  const auto* visibility = decl->getAttr<clang::VisibilityAttr>();
  if (visibility == nullptr) {
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(decl);
    if (method != nullptr) visibility = method->getParent()->getAttr<clang::VisibilityAttr>();
  }
  return visibility != nullptr && visibility->getVisibility() == clang::VisibilityAttr::Default;
}

}  // namespace

SymbolId SymbolTable::of(const clang::NamedDecl* decl) {
  if (decl == nullptr) return kNoSymbol;
  if (const auto row = ids_.find(decl); row != ids_.end()) return row->second;
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(decl)) {
    if (method->getParent()->isLambda() && closure_of(method) == nullptr) {
      // What a closure type has besides its call operator is nobody's.
      const auto lambda = method->isLambdaStaticInvoker() ? of(method->getParent()) : kNoSymbol;
      return ids_[decl] = lambda;
    }
  }
  SymbolId id = kNoSymbol;
  const auto* one = canonical(decl);
  if (one != decl) {
    id = of(one);
  } else if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(one); record && record->isLambda()) {
    id = lambda(record, kNoSymbol);
  } else if (is_symbol(one)) {
    id = add(one);
  }
  ids_[decl] = id;
  return id;
}

SymbolId SymbolTable::in_project(const clang::NamedDecl* decl) {
  if (decl == nullptr) return kNoSymbol;
  if (!ids_.contains(decl) && !files_.in_project(decl->getLocation())) return kNoSymbol;
  const auto id = of(decl);
  return id != kNoSymbol && drafts_[id].facts.has(UnitSymbol::outside) ? kNoSymbol : id;
}

bool SymbolTable::place(const clang::NamedDecl* decl, UnitSymbolDraft& draft) {
  auto& facts = draft.facts;
  for (const auto* one : decl->redecls()) {
    const auto at = files_.spot(llvm::cast<clang::NamedDecl>(one)->getLocation());
    if (at.file == kOutside) continue;
    draft.declared_in = at.file;
    draft.declared_line = files_.line(at.id, at.offset);
    break;
  }
  draft.file = draft.declared_in;
  facts.line = draft.declared_line;
  const auto* definition = definition_of(decl);
  if (definition == nullptr) return draft.file != kOutside;
  const auto at = files_.spot(definition->getLocation());
  if (at.file == kOutside) return draft.file != kOutside;
  facts.flags |= UnitSymbol::defined;
  draft.file = at.file;
  if (draft.declared_in == kOutside) draft.declared_in = at.file;
  facts.line = files_.line(at.id, at.offset);
  const auto end = files_.spot(definition->getEndLoc());
  facts.end_line = end.id == at.id ? files_.line(end.id, end.offset) : facts.line;
  facts.origin = origin(definition->getLocation());
  return true;
}

std::string SymbolTable::origin(clang::SourceLocation name) const {
  if (!name.isMacroID()) return "";
  const auto& sources = files_.sources();
  const auto text = clang::Lexer::getSourceText(sources.getExpansionRange(name), sources, clang::LangOptions());
  return one_line(text, kOriginBytes);
}

void SymbolTable::describe_function(const clang::FunctionDecl* function, UnitSymbolDraft& draft) {
  auto& facts = draft.facts;
  facts.type = types_.callable(function);
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(function)) {
    if (method->isVirtual()) facts.flags |= UnitSymbol::virtual_method;
    if (method->isPureVirtual()) facts.flags |= UnitSymbol::pure;
  }
  if (function->isMain()) facts.flags |= UnitSymbol::variadic_main;
  if (function->isInlined() && function->isExternallyVisible() && function->getASTContext().getLangOpts().CPlusPlus) {
    facts.flags |= UnitSymbol::merged;
  }
  const auto* last = function->getMostRecentDecl();
  if (last->hasAttr<clang::WeakAttr>()) facts.flags |= UnitSymbol::weak;
  if (last->hasAttr<clang::AliasAttr>()) facts.flags |= UnitSymbol::alias;
  if (last->hasAttr<clang::ConstructorAttr>() || last->hasAttr<clang::DestructorAttr>()) {
    facts.flags |= UnitSymbol::constructor_attr;
  }
}

void SymbolTable::describe_variable(const clang::VarDecl* variable, UnitSymbolDraft& draft) {
  const auto* start = variable->getInitializingDeclaration();
  if (start == nullptr || start->isTemplated() || !start->hasGlobalStorage()) return;
  if (!start->getASTContext().getLangOpts().CPlusPlus) return;
  if (start->getInit() == nullptr || start->getInit()->isValueDependent()) return;
  if (!start->hasConstantInitialization()) draft.facts.flags |= UnitSymbol::constructor_attr;
}

std::uint64_t SymbolTable::anonymous_identity(const clang::TagDecl* tag, const UnitSymbolDraft& draft) {
  const auto scope = hash_pair(hash_text(draft.facts.name), hash_text(files_.path(draft.file)));
  if (const auto* list = llvm::dyn_cast<clang::EnumDecl>(tag)) {
    if (list->enumerator_begin() != list->enumerator_end()) {
      return hash_pair(scope, hash_text(list->enumerator_begin()->getName()));
    }
  }
  return hash_pair(scope, ++anonymous_[tag->getDeclContext()]);
}

std::uint64_t SymbolTable::identity(const clang::NamedDecl* decl, const UnitSymbolDraft& draft) {
  const auto member_of = [&](const clang::NamedDecl* owner) -> std::uint64_t {
    const auto id = of(owner);
    return id == kNoSymbol ? 0 : hash_pair(drafts_[id].facts.usr, hash_text(decl->getName()));
  };
  if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(decl); field && field->getIdentifier()) {
    if (const auto usr = member_of(field->getParent())) return usr;
  }
  if (llvm::isa<clang::EnumConstantDecl>(decl)) {
    if (const auto usr = member_of(llvm::dyn_cast<clang::EnumDecl>(decl->getDeclContext()))) return usr;
  }
  if (const auto* tag = llvm::dyn_cast<clang::TagDecl>(decl)) {
    if (tag->getIdentifier() == nullptr && tag->getTypedefNameForAnonDecl() == nullptr) {
      return anonymous_identity(tag, draft);
    }
  }
  auto usr = usr_hash(*decl);
  if (usr == 0) {
    const auto at = files_.sources().getDecomposedExpansionLoc(decl->getLocation());
    usr = hash_pair(hash_text(draft.facts.name), at.second);
  }
  return draft.facts.has(UnitSymbol::internal) ? hash_pair(usr, hash_text(files_.path(draft.declared_in))) : usr;
}

SymbolId SymbolTable::add(const clang::NamedDecl* decl) {
  UnitSymbolDraft draft;
  auto& facts = draft.facts;
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
  if (!place(decl, draft)) {
    if (function == nullptr) return kNoSymbol;
    if (function->isImplicit() && !function->isExternC()) return kNoSymbol;
    if (decl->getIdentifier() != nullptr && decl->getName().starts_with("__builtin_")) return kNoSymbol;
    draft = UnitSymbolDraft();
    facts.flags = UnitSymbol::outside;
  }
  if (decl->isImplicit()) {
    // An implicit member that nothing but a copy of bytes stands for is never called.
    const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
    if (method == nullptr && !facts.has(UnitSymbol::outside)) return kNoSymbol;
    if (method != nullptr && (method->isTrivial() || method->isDeleted())) return kNoSymbol;
  }
  facts.kind = kind_of(decl);
  facts.name = qualified_name(*decl);
  if (!facts.has(UnitSymbol::outside)) {
    if (llvm::isa<clang::FunctionDecl, clang::VarDecl, clang::TagDecl, clang::TypedefNameDecl>(decl) &&
        decl->getFormalLinkage() == clang::Linkage::Internal) {
      facts.flags |= UnitSymbol::internal;
    } else if (decl->isInAnonymousNamespace()) {
      facts.flags |= UnitSymbol::internal;
    }
    if (is_template(decl)) facts.flags |= UnitSymbol::instantiated;
    if (is_exported(decl)) facts.flags |= UnitSymbol::exported;
    facts.file = files_.path(draft.file);
  }
  if (function != nullptr) describe_function(function, draft);
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) describe_variable(variable, draft);
  facts.usr = identity(decl, draft);
  drafts_.push_back(std::move(draft));
  return static_cast<SymbolId>(drafts_.size() - 1);
}

SymbolId SymbolTable::function_around(const clang::CXXRecordDecl* closure) {
  const auto* around = llvm::dyn_cast<clang::FunctionDecl>(closure->getDeclContext());
  return around != nullptr ? in_project(around) : kNoSymbol;
}

void SymbolTable::enclose(UnitSymbolDraft& lambda, SymbolId enclosing) const {
  const auto& around = drafts_[enclosing].facts;
  lambda.enclosing = enclosing;
  lambda.facts.name = around.name + "::(lambda)";
  lambda.facts.flags |= around.flags & (UnitSymbol::internal | UnitSymbol::instantiated);
}

SymbolId SymbolTable::lambda(const clang::CXXRecordDecl* closure, SymbolId user) {
  const bool in_variable = user != kNoSymbol && drafts_[user].facts.kind == SymbolKind::variable;
  if (const auto row = lambdas_.find(closure->getLocation()); row != lambdas_.end()) {
    // It was met before as a type, by somebody who could not say whose initialiser it is.
    if (in_variable && drafts_[row->second].enclosing == kNoSymbol) enclose(drafts_[row->second], user);
    return row->second;
  }
  const auto at = files_.spot(closure->getLocation());
  if (at.file == kOutside) return kNoSymbol;
  const auto function = function_around(closure);
  UnitSymbolDraft draft;
  auto& facts = draft.facts;
  facts.kind = SymbolKind::lambda;
  facts.flags = UnitSymbol::defined;
  if (function != kNoSymbol || in_variable) {
    enclose(draft, function != kNoSymbol ? function : user);
  } else {
    facts.name = qualified_name(*closure);
  }
  draft.file = draft.declared_in = at.file;
  draft.offset = at.offset;
  draft.order = closure->getLocation().getRawEncoding();
  facts.file = files_.path(at.file);
  facts.line = draft.declared_line = files_.line(at.id, at.offset);
  facts.origin = origin(closure->getLocation());
  facts.end_line = facts.line;
  if (const auto* call = closure->getLambdaCallOperator()) {
    facts.type = types_.callable(call);
    const auto end = files_.spot(call->getEndLoc());
    if (end.id == at.id) facts.end_line = files_.line(end.id, end.offset);
  }
  drafts_.push_back(std::move(draft));
  const auto id = static_cast<SymbolId>(drafts_.size() - 1);
  lambdas_[closure->getLocation()] = id;
  return id;
}

SymbolId SymbolTable::macro(llvm::StringRef name, FileIndex file, std::uint32_t line, std::uint32_t end_line) {
  const auto [row, fresh] = macros_.try_emplace({name.str(), file}, static_cast<SymbolId>(drafts_.size()));
  if (!fresh) return row->second;
  UnitSymbolDraft draft;
  draft.file = draft.declared_in = file;
  draft.declared_line = line;
  auto& facts = draft.facts;
  facts.kind = SymbolKind::macro;
  facts.flags = UnitSymbol::defined | UnitSymbol::internal;
  facts.name = name.str();
  facts.file = files_.path(file);
  facts.line = line;
  facts.end_line = end_line;
  facts.usr = hash_pair(hash_text("macro"), hash_pair(hash_text(name), hash_text(facts.file)));
  drafts_.push_back(std::move(draft));
  return row->second;
}

void SymbolTable::finish() {
  using Place = std::tuple<SymbolId, FileIndex, std::uint32_t, std::uint32_t>;
  std::map<Place, SymbolId> lambdas;
  for (SymbolId id = 0; id < drafts_.size(); ++id) {
    const auto& draft = drafts_[id];
    if (draft.facts.kind == SymbolKind::lambda) lambdas[{draft.enclosing, draft.file, draft.offset, draft.order}] = id;
  }
  // A lambda in a lambda is made after the one around it, so that `enclosing` is lower and done first.
  SymbolId around = kNoSymbol;
  std::uint64_t place = 0;
  for (const auto& [key, id] : lambdas) {
    auto& facts = drafts_[id].facts;
    place = std::get<0>(key) == around ? place + 1 : 0;
    around = std::get<0>(key);
    const auto scope = around != kNoSymbol ? drafts_[around].facts.usr : hash_text(facts.name);
    facts.usr = hash_pair(hash_pair(scope, hash_text("lambda")), hash_pair(hash_text(facts.file), place));
  }
}

}  // namespace patchgate
