#pragma once

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/SmallVector.h>

#include "analyzers/clang/worker/collect_files.h"

namespace patchgate {

/// The types of the repository that lie in an object of `type` itself, not behind a pointer or a reference: those that
/// its size and layout depend on, except for parts of these parts. Looks into types from outside (std::optional<T>),
/// and into the arguments' places in templates. Nothing for types that depend on template parameters.
using LayoutParts = llvm::SmallVector<const clang::NamedDecl*, 4>;
LayoutParts layout_parts(clang::QualType type, const clang::ASTContext& context, SourceFiles& files);

}  // namespace patchgate
