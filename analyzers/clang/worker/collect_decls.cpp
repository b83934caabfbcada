#include "analyzers/clang/worker/collect_decls.h"

#include <utility>

#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/DeclFriend.h>
#include <clang/AST/ExprCXX.h>

#include "analyzers/clang/worker/canonical.h"
#include "analyzers/clang/worker/collect_slots.h"
#include "analyzers/clang/worker/collect_unseen.h"
#include "analyzers/clang/worker/layout_parts.h"

namespace patchgate {

using llvm::dyn_cast;

DeclWalk::DeclWalk(UnitView& unit) : unit_(unit) {
  on_local_ = [this](const clang::Decl* decl, const User& user) {
    if (!user.instantiated) {
      declaration(decl);
    } else if (const auto* record = dyn_cast<clang::CXXRecordDecl>(decl)) {
      instance(record);
    }
  };
}

void DeclWalk::unit(const clang::TranslationUnitDecl* unit) {
  for (const auto* decl : unit->decls()) declaration(decl);
}

void DeclWalk::context(const clang::DeclContext* context) {
  for (const auto* decl : context->decls()) declaration(decl);
}

void DeclWalk::file_scope(const clang::DeclContext* scope, const clang::Decl* decl) {
  // A namespace or `extern "C"` of one file of others holds nothing of ours; one that spans files may.
  const auto& sources = unit_.files.sources();
  const auto begin = sources.getFileID(sources.getExpansionLoc(decl->getBeginLoc()));
  const auto end = sources.getFileID(sources.getExpansionLoc(decl->getEndLoc()));
  if (begin == end && unit_.files.file_of(begin) == kOutside && decl->getBeginLoc().isValid()) return;
  context(scope);
}

void DeclWalk::declaration(const clang::Decl* decl) {
  if (const auto* space = dyn_cast<clang::NamespaceDecl>(decl)) return file_scope(space, decl);
  if (const auto* linkage = dyn_cast<clang::LinkageSpecDecl>(decl)) return file_scope(linkage, decl);
  if (!unit_.files.in_project(decl->getLocation())) return;
  if (const auto* pattern = dyn_cast<clang::FunctionTemplateDecl>(decl)) return function_template(pattern);
  if (const auto* one = dyn_cast<clang::FunctionDecl>(decl)) return function(one, false);
  if (const auto* pattern = dyn_cast<clang::ClassTemplateDecl>(decl)) {
    record(pattern->getTemplatedDecl());
    return class_instances(pattern);
  }
  if (const auto* made = dyn_cast<clang::ClassTemplateSpecializationDecl>(decl)) {
    const bool written =
        made->isExplicitSpecialization() || llvm::isa<clang::ClassTemplatePartialSpecializationDecl>(made);
    return written ? record(made) : void();
  }
  if (const auto* one = dyn_cast<clang::RecordDecl>(decl)) return record(one);
  if (const auto* list = dyn_cast<clang::EnumDecl>(decl)) return enumeration(list);
  if (const auto* one = dyn_cast<clang::FieldDecl>(decl)) return field(one);
  if (const auto* one = dyn_cast<clang::VarDecl>(decl)) return variable(one, false);
  if (const auto* pattern = dyn_cast<clang::VarTemplateDecl>(decl)) {
    variable(pattern->getTemplatedDecl(), false);
    if (!instances_done_.insert(pattern->getCanonicalDecl()).second) return;
    for (const auto* made : pattern->specializations()) {
      if (!made->isExplicitSpecialization()) variable(made, true);
    }
    return;
  }
  if (const auto* one = dyn_cast<clang::TypedefNameDecl>(decl)) return alias(one);
  if (const auto* pattern = dyn_cast<clang::TypeAliasTemplateDecl>(decl)) return alias(pattern->getTemplatedDecl());
  if (const auto* one = dyn_cast<clang::ConceptDecl>(decl)) return requirement(one);
  if (const auto* one = dyn_cast<clang::FriendDecl>(decl)) return friendship(one);
  if (const auto* one = dyn_cast<clang::FileScopeAsmDecl>(decl)) return file_scope_assembler(one, unit_);
}

User DeclWalk::user_at(const clang::NamedDecl* decl, SymbolId id) {
  const auto at = unit_.files.spot(decl->getLocation());
  return {id, at.file, at.offset, false, false};
}

User DeclWalk::stand(const clang::NamedDecl* decl, bool definition) {
  const auto id = unit_.symbols.of(decl);
  auto user = user_at(decl, id);
  if (id == kNoSymbol || decl->isImplicit()) return user;
  if (const auto extent = unit_.extents.of(decl)) {
    unit_.facts.of(extent->file).stands.push_back({id, extent->range, extent->body, definition});
  }
  return user;
}

void DeclWalk::types_of(const clang::FunctionDecl* function, ProjectRecorder& recorder) {
  for (const auto* parameter : function->parameters()) {
    recorder.type(
        parameter->getTypeSourceInfo() != nullptr ? parameter->getTypeSourceInfo()->getType() : parameter->getType(),
        parameter->getLocation());
  }
  recorder.type(function->getDeclaredReturnType(), function->getBeginLoc());
}

/// The attribute holds the linker's name: in C that is the name.
void DeclWalk::behind_alias(const clang::FunctionDecl* function, ProjectRecorder& recorder) {
  const auto* attribute = function->getAttr<clang::AliasAttr>();
  if (attribute == nullptr) return;
  const clang::DeclarationName name(&unit_.context.Idents.get(attribute->getAliasee()));
  for (const auto* decl : unit_.context.getTranslationUnitDecl()->lookup(name)) {
    const auto* behind = dyn_cast<clang::FunctionDecl>(decl);
    if (behind != nullptr) recorder.callee(behind, EdgeKind::call, attribute->getLocation());
  }
}

void DeclWalk::overrides_of(const clang::CXXMethodDecl* method, SymbolId id, FileIndex file) {
  if (method != method->getCanonicalDecl()) return;
  for (const auto* overridden : method->overridden_methods()) {
    const auto other = unit_.symbols.of(overridden);
    if (other == kNoSymbol) continue;
    unit_.facts.of(file).overrides.emplace_back(id, other);
    const User user{id, file, 0, false, false};
    SlotFinder(unit_, user).overrides(method, overridden);
  }
}

void DeclWalk::function(const clang::FunctionDecl* function, bool instantiated) {
  if (llvm::isa<clang::CXXDeductionGuideDecl>(function)) return;
  const bool has_body = function->doesThisDeclarationHaveABody();
  const auto* method = dyn_cast<clang::CXXMethodDecl>(function);
  if (function->isImplicit() && (method == nullptr || (!has_body && !method->isVirtual()))) return;
  const bool definition = function->isThisDeclarationADefinition() && !function->isDeleted();
  auto user = instantiated ? user_at(function, unit_.symbols.of(function)) : stand(function, definition);
  if (user.symbol == kNoSymbol || user.file == kOutside) return;
  user.instantiated = instantiated;
  if (instantiated && has_body) unit_.symbols.draft(user.symbol).facts.flags |= UnitSymbol::has_instance;
  if (!instantiated && function->isTemplated()) {
    user.name_candidates = !instances_.has(function);
  }
  ProjectRecorder recorder(unit_, user, on_local_);
  if (!instantiated && !function->isImplicit()) {
    types_of(function, recorder);
    recorder.declared_with(function);
  }
  if (method != nullptr) overrides_of(method, user.symbol, user.file);
  behind_alias(function, recorder);
  if (!has_body && !llvm::isa<clang::CXXDestructorDecl>(function)) return;
  BodyWalk(recorder).function(function);
  if (has_body && !function->isImplicit()) FlowFinder(unit_, user).run(function);
}

void DeclWalk::function_template(const clang::FunctionTemplateDecl* pattern) {
  function(pattern->getTemplatedDecl(), false);
  if (!instances_done_.insert(pattern->getCanonicalDecl()).second) return;
  for (const auto* made : pattern->specializations()) {
    if (made->getTemplateSpecializationKind() == clang::TSK_ExplicitSpecialization) continue;
    const clang::FunctionDecl* body = nullptr;
    if (made->hasBody(body)) function(body, true);
  }
}

void DeclWalk::record(const clang::RecordDecl* record) {
  if (record->isImplicit()) return;
  const bool definition = record->isThisDeclarationADefinition();
  const auto* of_class = dyn_cast<clang::CXXRecordDecl>(record);
  if (of_class != nullptr && of_class->isLambda()) return;
  const auto user = stand(record, definition);
  if (user.symbol == kNoSymbol || !definition) return;
  if (of_class != nullptr) {
    ProjectRecorder recorder(unit_, user, on_local_);
    for (const auto& base : of_class->bases()) {
      recorder.type(base.getTypeSourceInfo()->getType(), base.getBeginLoc());
      recorder.constants(base.getTypeSourceInfo()->getTypeLoc());
    }
    recorder.declared_with(of_class);
  }
  context(record);
}

void DeclWalk::enumeration(const clang::EnumDecl* list) {
  const auto user = stand(list, list->isThisDeclarationADefinition());
  if (user.symbol == kNoSymbol || !list->isThisDeclarationADefinition()) return;
  const clang::EnumConstantDecl* before = nullptr;
  for (const auto* value : list->enumerators()) {
    const auto owner = stand(value, true);
    const auto* previous = std::exchange(before, value);
    if (owner.symbol == kNoSymbol) continue;
    ProjectRecorder recorder(unit_, owner, on_local_);
    if (value->getInitExpr() != nullptr) {
      BodyWalk(recorder).initialiser(value->getInitExpr());
    } else if (previous != nullptr) {
      recorder.mention(previous, EdgeKind::read, value->getLocation());  // its value is one more
    }
  }
}

void DeclWalk::field(const clang::FieldDecl* field) {
  if (field->getIdentifier() == nullptr) return;
  const auto user = stand(field, true);
  if (user.symbol == kNoSymbol) return;
  ProjectRecorder recorder(unit_, user, on_local_);
  if (const auto* source = field->getTypeSourceInfo()) recorder.type(source->getType(), field->getLocation());
  recorder.declared_with(field);
  auto whole = user;
  whole.symbol = unit_.symbols.in_project(outermost_unnamed(field->getParent()));
  if (whole.symbol != kNoSymbol) {
    ProjectRecorder of_whole(unit_, whole, on_local_);
    for (const auto* part : layout_parts(field->getType(), unit_.context, unit_.files))
      of_whole.mention(part, EdgeKind::type, field->getLocation());
  }
  if (field->hasInClassInitializer() && field->getInClassInitializer() != nullptr) {
    recorder.started(field, field->getInClassInitializer());
    BodyWalk(recorder).initialiser(field->getInClassInitializer());
  }
}

void DeclWalk::variable(const clang::VarDecl* variable, bool instantiated) {
  const bool definition = variable->isThisDeclarationADefinition() != clang::VarDecl::DeclarationOnly;
  auto user = instantiated ? user_at(variable, unit_.symbols.of(variable)) : stand(variable, definition);
  if (user.symbol == kNoSymbol || user.file == kOutside) return;
  user.instantiated = instantiated;
  ProjectRecorder recorder(unit_, user, on_local_);
  if (!instantiated) recorder.declared_with(variable);
  BodyWalk(recorder).variable(variable);
}

void DeclWalk::requirement(const clang::ConceptDecl* requirement) {
  const auto user = stand(requirement, true);
  if (user.symbol == kNoSymbol) return;
  ProjectRecorder recorder(unit_, user, on_local_);
  recorder.constraints(requirement->getTemplateParameters());
  recorder.computed(requirement->getConstraintExpr(), true);
}

void DeclWalk::alias(const clang::TypedefNameDecl* alias) {
  if (alias->isImplicit()) return;
  const auto user = stand(alias, true);
  if (user.symbol == kNoSymbol) return;
  ProjectRecorder recorder(unit_, user, on_local_);
  recorder.type(alias->getUnderlyingType(), alias->getLocation());
  if (const auto* written = alias->getTypeSourceInfo()) recorder.constants(written->getTypeLoc());
}

void DeclWalk::friendship(const clang::FriendDecl* friendship) {
  const auto* decl = friendship->getFriendDecl();
  if (decl == nullptr) return;
  if (const auto* pattern = dyn_cast<clang::FunctionTemplateDecl>(decl)) {
    if (pattern->getTemplatedDecl()->doesThisDeclarationHaveABody()) function_template(pattern);
  } else if (const auto* one = dyn_cast<clang::FunctionDecl>(decl)) {
    if (one->doesThisDeclarationHaveABody()) function(one, false);
  }
}

void DeclWalk::class_instances(const clang::ClassTemplateDecl* pattern) {
  if (!instances_done_.insert(pattern->getCanonicalDecl()).second) return;
  see_instances(pattern, [this](const clang::ValueDecl* part) { instantiated(part); });
}

void DeclWalk::instance(const clang::CXXRecordDecl* declared) {
  see_instance(declared, [this](const clang::ValueDecl* part) { instantiated(part); });
}

void DeclWalk::instantiated(const clang::ValueDecl* part) {
  if (const auto* member = dyn_cast<clang::VarDecl>(part)) {
    return variable(member->getDefinition() != nullptr ? member->getDefinition() : member, true);
  }
  const auto* one = llvm::cast<clang::FunctionDecl>(part);
  const clang::FunctionDecl* body = nullptr;
  if (one->hasBody(body)) {
    function(body, true);
  } else if (const auto* method = dyn_cast<clang::CXXMethodDecl>(one); method != nullptr && method->isVirtual()) {
    function(method, true);
  }
}

}  // namespace patchgate
