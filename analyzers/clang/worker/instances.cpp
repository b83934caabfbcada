#include "analyzers/clang/worker/instances.h"

#include <clang/AST/DeclCXX.h>

#include "analyzers/clang/worker/canonical.h"

namespace patchgate {

using llvm::dyn_cast;

namespace {

const clang::ClassTemplateDecl* family_of(const clang::CXXRecordDecl* record) {
  if (const auto* partial = dyn_cast<clang::ClassTemplatePartialSpecializationDecl>(record)) {
    return partial->getSpecializedTemplate();
  }
  return record->getDescribedClassTemplate();
}

bool has_body(const clang::FunctionTemplateDecl* family) {
  for (const auto* made : family->specializations()) {
    if (made->getTemplateSpecializationKind() != clang::TSK_ExplicitSpecialization && made->hasBody()) return true;
  }
  return false;
}

/// The instances of what is inside hang on instances of what is around it.
struct Around {
  const clang::ClassTemplateDecl* family = nullptr;  ///< the outermost
  const clang::FunctionDecl* function = nullptr;     ///< the innermost, if the pattern is in a local class
};

Around around(const clang::FunctionDecl* pattern) {
  Around found;
  const bool is_friend = pattern->getFriendObjectKind() != clang::Decl::FOK_None;
  const auto* scope = is_friend ? pattern->getLexicalDeclContext() : pattern->getDeclContext();
  for (; scope != nullptr && !scope->isFileContext(); scope = scope->getParent()) {
    if (const auto* outer = dyn_cast<clang::FunctionDecl>(scope)) {
      found.function = outer;
      return found;
    }
    const auto* record = dyn_cast<clang::CXXRecordDecl>(scope);
    if (record == nullptr) continue;
    if (const auto* family = family_of(record)) found.family = family;
  }
  return found;
}

}  // namespace

const clang::Decl* friend_made_here(const clang::FriendDecl* friendship) {
  const auto* decl = friendship->getFriendDecl();
  const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(decl);
  if (const auto* pattern = llvm::dyn_cast_or_null<clang::FunctionTemplateDecl>(decl)) {
    function = pattern->getTemplatedDecl();
  }
  if (function == nullptr) return nullptr;
  const bool here =
      function->doesThisDeclarationHaveABody() || function->isThisDeclarationInstantiatedFromAFriendDefinition();
  return here ? decl : nullptr;
}

bool InstanceSearch::has(const clang::FunctionDecl* pattern) {
  const auto* own = pattern->getDescribedFunctionTemplate();
  if (own != nullptr && has_body(own)) return true;
  const auto place = around(pattern);
  // A local class is instantiated with all of its methods.
  if (place.function != nullptr) return own == nullptr && place.function->isTemplated() && has(place.function);
  if (place.family == nullptr) return false;
  const auto [row, fresh] = found_.try_emplace(place.family->getCanonicalDecl());
  if (fresh) instances_of(place.family, row->second);
  return row->second.contains(canonical(pattern));
}

void InstanceSearch::instances_of(const clang::ClassTemplateDecl* family, Patterns& found) {
  for (const auto* made : family->specializations()) {
    if (!made->isExplicitSpecialization()) members_of(made, found);
  }
}

void InstanceSearch::members_of(const clang::CXXRecordDecl* declared, Patterns& found) {
  const auto* made = declared->getDefinition();
  if (made == nullptr) return;
  for (const auto* decl : made->decls()) {
    if (const auto* aside = dyn_cast<clang::FriendDecl>(decl)) decl = friend_made_here(aside);
    if (decl == nullptr) continue;
    if (const auto* one = dyn_cast<clang::FunctionDecl>(decl)) {
      add(one, found);
    } else if (const auto* pattern = dyn_cast<clang::FunctionTemplateDecl>(decl)) {
      for (const auto* inner : pattern->specializations()) add(inner, found);
    } else if (const auto* family = dyn_cast<clang::ClassTemplateDecl>(decl)) {
      instances_of(family, found);
    } else if (const auto* nested = dyn_cast<clang::CXXRecordDecl>(decl)) {
      if (!nested->isImplicit()) members_of(nested, found);
    }
  }
}

void InstanceSearch::add(const clang::FunctionDecl* made, Patterns& found) {
  if (made->hasBody()) found.insert(canonical(made));
}

}  // namespace patchgate
