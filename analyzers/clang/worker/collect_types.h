#pragma once

#include <cstdint>

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <clang/AST/Type.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/SmallVector.h>

#include "analyzers/clang/worker/collect_files.h"

namespace patchgate {

/// What types are called and whom they concern; every answer is kept.
class TypeTable {
 public:
  TypeTable(const clang::ASTContext& context, SourceFiles& files) : context_(context), files_(files) {}

  /// Hash of a canonical function type (or of what a pointer, reference or member pointer leads to), without noexcept
  /// and the qualifiers of parameters, equal in all units and in C and C++; 0 when it is none. Types of non-static
  /// methods differ from those of functions.
  std::uint64_t function_type(clang::QualType type);
  std::uint64_t callable(const clang::FunctionDecl* function);
  /// Of the function in a std::function with that signature: what is called through it is no plain pointer.
  std::uint64_t wrapped(clang::QualType signature);

  /// Types of the repository that are named in `type` as it is written (aliases are not looked through).
  using Named = llvm::SmallVector<const clang::NamedDecl*, 2>;
  const Named& named(clang::QualType type);

  /// The type is made from something that the repository declares.
  bool concerns_project(clang::QualType type);
  bool concerns_project(const clang::TemplateArgument& argument);
  /// A function from outside, instantiated with something that the repository declares.
  bool concerns_project(const clang::FunctionDecl* function);

 private:
  void gather(clang::QualType type, Named& out, int depth);
  void gather(const clang::TemplateArgument& argument, Named& out, int depth);
  bool context_concerns_project(const clang::DeclContext* context);
  bool find_concern(const clang::Type* type);
  std::uint64_t hash_of(clang::QualType canonical);

  const clang::ASTContext& context_;
  SourceFiles& files_;
  llvm::DenseMap<const void*, std::uint64_t> hashes_;
  llvm::DenseMap<const void*, Named> named_;
  llvm::DenseMap<const clang::Type*, bool> concerns_;
  llvm::DenseMap<const clang::DeclContext*, bool> context_concerns_;
};

}  // namespace patchgate
