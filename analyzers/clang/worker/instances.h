#pragma once

#include <clang/AST/DeclFriend.h>
#include <clang/AST/DeclTemplate.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLFunctionalExtras.h>

namespace patchgate {

/// The function or function template that a class, or an instance of one, defines as its friend; none where it only
/// names a friend.
const clang::Decl* friend_made_here(const clang::FriendDecl* friendship);

/// A function or variable that comes with an instance.
using See = llvm::function_ref<void(const clang::ValueDecl*)>;
/// Shows all that comes with an instance of a class template: its members, friends that it defines, and the same of the
/// classes in it and of the instances of its member templates. Parts that are specialised by hand are no instances.
void see_instance(const clang::CXXRecordDecl* declared, See see);
/// The same of all instances of a template.
void see_instances(const clang::ClassTemplateDecl* family, See see);

/// Whether the unit made a body out of a pattern. A class template may be instantiated while a method of it is not.
class InstanceSearch {
 public:
  /// `pattern`: a function that is templated, by itself or by what is around it.
  bool has(const clang::FunctionDecl* pattern);

 private:
  using Patterns = llvm::DenseSet<const clang::Decl*>;

  /// What has a body, in the instances of an outermost class template.
  llvm::DenseMap<const clang::ClassTemplateDecl*, Patterns> found_;
};

}  // namespace patchgate
