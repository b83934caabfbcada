#pragma once

namespace clang {
class CXXRecordDecl;
class FunctionDecl;
class NamedDecl;
class RecordDecl;
}  // namespace clang

namespace patchgate {

/// The record that an unnamed struct or union without a variable is a part of; itself, where it is none.
const clang::RecordDecl* outermost_unnamed(const clang::RecordDecl* record);

/// The one declaration that stands for all that count as the same symbol: redeclarations, instantiations of a template
/// (its pattern), members of instantiations (the pattern's member), a typedef that only names its struct (the struct).
/// A closure's call operator is the closure type.
const clang::NamedDecl* canonical(const clang::NamedDecl* decl);

/// The closure type that a function is the call operator of; null for all others.
const clang::CXXRecordDecl* closure_of(const clang::FunctionDecl* function);

/// The base constructor behind an inherited one; the function itself for all others.
const clang::FunctionDecl* behind_inherited(const clang::FunctionDecl* function);

}  // namespace patchgate
