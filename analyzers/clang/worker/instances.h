#pragma once

#include <clang/AST/DeclFriend.h>
#include <clang/AST/DeclTemplate.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>

namespace patchgate {

/// The function or function template that a class, or an instance of one, defines as its friend; none where it only
/// names a friend.
const clang::Decl* friend_made_here(const clang::FriendDecl* friendship);

/// Whether the unit made a body out of a pattern. A class template may be instantiated while a method of it is not.
class InstanceSearch {
 public:
  /// `pattern`: a function that is templated, by itself or by what is around it.
  bool has(const clang::FunctionDecl* pattern);

 private:
  using Patterns = llvm::DenseSet<const clang::Decl*>;

  static void instances_of(const clang::ClassTemplateDecl* family, Patterns& found);
  static void members_of(const clang::CXXRecordDecl* declared, Patterns& found);
  static void add(const clang::FunctionDecl* made, Patterns& found);

  /// What has a body, in the instances of an outermost class template.
  llvm::DenseMap<const clang::ClassTemplateDecl*, Patterns> found_;
};

}  // namespace patchgate
