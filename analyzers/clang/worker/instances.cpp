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

void see_instance(const clang::CXXRecordDecl* declared, See see) {
  // What is instantiated on request is declared again there: the list of instances has that declaration.
  const auto* made = declared->getDefinition();
  if (made == nullptr) return;
  for (const auto* decl : made->decls()) {
    if (const auto* aside = dyn_cast<clang::FriendDecl>(decl)) decl = friend_made_here(aside);
    if (decl == nullptr) continue;
    if (const auto* one = dyn_cast<clang::ValueDecl>(decl)) {
      if (llvm::isa<clang::FunctionDecl, clang::VarDecl>(one)) see(one);
    } else if (const auto* pattern = dyn_cast<clang::FunctionTemplateDecl>(decl)) {
      for (const auto* inner : pattern->specializations()) see(inner);
    } else if (const auto* family = dyn_cast<clang::ClassTemplateDecl>(decl)) {
      see_instances(family, see);
    } else if (const auto* nested = dyn_cast<clang::CXXRecordDecl>(decl)) {
      if (!nested->isImplicit()) see_instance(nested, see);
    }
  }
}

void see_instances(const clang::ClassTemplateDecl* family, See see) {
  for (const auto* made : family->specializations()) {
    if (!made->isExplicitSpecialization()) see_instance(made, see);
  }
}

bool InstanceSearch::has(const clang::FunctionDecl* pattern) {
  const auto* own = pattern->getDescribedFunctionTemplate();
  if (own != nullptr && has_body(own)) return true;
  const auto place = around(pattern);
  // A local class is instantiated with all of its methods.
  if (place.function != nullptr) return own == nullptr && place.function->isTemplated() && has(place.function);
  if (place.family == nullptr) return false;
  const auto [row, fresh] = found_.try_emplace(place.family->getCanonicalDecl());
  if (fresh) {
    see_instances(place.family, [&, &found = row->second](const clang::ValueDecl* part) {
      const auto* made = dyn_cast<clang::FunctionDecl>(part);
      if (made != nullptr && made->hasBody()) found.insert(canonical(made));
    });
  }
  return row->second.contains(canonical(pattern));
}

}  // namespace patchgate
