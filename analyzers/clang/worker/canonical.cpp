#include "analyzers/clang/worker/canonical.h"

#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>

namespace patchgate {
namespace {

// Patterns of patterns: a member template of a class template instantiated twice. Deeper nests than this are cut.
constexpr int kNesting = 16;

const clang::FunctionDecl* pattern_of(const clang::FunctionDecl* function) {
  for (int i = 0; i < kNesting; ++i) {
    const auto* pattern = function->getTemplateInstantiationPattern(/*ForDefinition=*/true);
    if (pattern == nullptr || pattern == function) break;
    function = pattern;
  }
  return function;
}

const clang::TagDecl* pattern_of(const clang::TagDecl* tag) {
  for (int i = 0; i < kNesting; ++i) {
    const clang::TagDecl* pattern = nullptr;
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(tag)) {
      pattern = record->getTemplateInstantiationPattern();
    } else if (const auto* list = llvm::dyn_cast<clang::EnumDecl>(tag)) {
      pattern = list->getTemplateInstantiationPattern();
    }
    if (pattern == nullptr || pattern == tag) break;
    tag = pattern;
  }
  return tag;
}

const clang::VarDecl* pattern_of(const clang::VarDecl* variable) {
  for (int i = 0; i < kNesting; ++i) {
    const auto* pattern = variable->getTemplateInstantiationPattern();
    if (pattern == nullptr || pattern == variable) break;
    variable = pattern;
  }
  return variable;
}

/// The declaration of the same name, kind and place among those of its kind in the pattern of its context.
template <class T>
const clang::NamedDecl* twin(const T* decl, const clang::TagDecl* context) {
  if (context == nullptr) return decl;
  const auto* pattern = pattern_of(context);
  if (pattern == context) return decl;
  using clang::DeclContext;
  auto own = DeclContext::specific_decl_iterator<T>(context->decls_begin());
  auto theirs = DeclContext::specific_decl_iterator<T>(pattern->decls_begin());
  const auto own_end = DeclContext::specific_decl_iterator<T>(context->decls_end());
  const auto their_end = DeclContext::specific_decl_iterator<T>(pattern->decls_end());
  for (; own != own_end && theirs != their_end; ++own, ++theirs) {
    if (*own == decl) return theirs->getDeclName() == decl->getDeclName() ? *theirs : decl;
  }
  return decl;
}

const clang::NamedDecl* named_tag(const clang::TypedefNameDecl* alias) {
  const auto* tag = alias->getUnderlyingType()->getAsTagDecl();
  if (tag == nullptr) return nullptr;
  if (tag->getTypedefNameForAnonDecl() == alias) return tag;
  const bool same_name = tag->getIdentifier() != nullptr && tag->getIdentifier() == alias->getIdentifier();
  const bool written_so = !alias->getUnderlyingType()->isPointerType();
  return same_name && written_so && tag->getDeclContext()->Equals(alias->getDeclContext()) ? tag : nullptr;
}

}  // namespace

const clang::CXXRecordDecl* closure_of(const clang::FunctionDecl* function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
  if (method == nullptr || method->getOverloadedOperator() != clang::OO_Call) return nullptr;
  return method->getParent()->isLambda() ? method->getParent() : nullptr;
}

const clang::FunctionDecl* behind_inherited(const clang::FunctionDecl* function) {
  const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(function);
  for (int i = 0; i < kNesting && constructor != nullptr && constructor->isInheritingConstructor(); ++i) {
    const auto* base = constructor->getInheritedConstructor().getConstructor();
    if (base == nullptr || base == constructor) break;
    constructor = base;
  }
  return constructor != nullptr ? constructor : function;
}

const clang::RecordDecl* outermost_unnamed(const clang::RecordDecl* record) {
  while (record->isAnonymousStructOrUnion()) {
    const auto* outer = llvm::dyn_cast<clang::RecordDecl>(record->getDeclContext());
    if (outer == nullptr) break;
    record = outer;
  }
  return record;
}

const clang::NamedDecl* canonical(const clang::NamedDecl* decl) {
  using llvm::dyn_cast;
  if (const auto* pattern = dyn_cast<clang::TemplateDecl>(decl)) {
    if (pattern->getTemplatedDecl() == nullptr) return pattern;
    decl = pattern->getTemplatedDecl();
  }
  if (const auto* function = dyn_cast<clang::FunctionDecl>(decl)) {
    if (const auto* closure = closure_of(function)) return closure;
    return llvm::cast<clang::NamedDecl>(pattern_of(function)->getCanonicalDecl());
  }
  if (const auto* alias = dyn_cast<clang::TypedefNameDecl>(decl)) {
    if (const auto* tag = named_tag(alias)) return canonical(tag);
    const auto* own = twin(alias, dyn_cast<clang::TagDecl>(alias->getDeclContext()));
    return llvm::cast<clang::NamedDecl>(own->getCanonicalDecl());
  }
  if (const auto* tag = dyn_cast<clang::TagDecl>(decl)) {
    const auto* record = dyn_cast<clang::CXXRecordDecl>(tag);
    if (record != nullptr && record->isLambda()) return record;
    if (record != nullptr && record->isInjectedClassName()) {
      if (const auto* outer = dyn_cast<clang::CXXRecordDecl>(record->getDeclContext())) tag = outer;
    }
    return llvm::cast<clang::NamedDecl>(pattern_of(tag)->getCanonicalDecl());
  }
  if (const auto* variable = dyn_cast<clang::VarDecl>(decl)) {
    return llvm::cast<clang::NamedDecl>(pattern_of(variable)->getCanonicalDecl());
  }
  if (const auto* field = dyn_cast<clang::FieldDecl>(decl)) return twin(field, field->getParent());
  if (const auto* value = dyn_cast<clang::EnumConstantDecl>(decl)) {
    return twin(value, dyn_cast<clang::TagDecl>(value->getDeclContext()));
  }
  return decl;
}

}  // namespace patchgate
