#pragma once

#include <optional>
#include <string>

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>

namespace patchgate {

/// What can be read off an argument: a string's content, an enumerator's name, or the spelling of an integer constant
/// made of macros (`O_WRONLY | O_CREAT`); looks through a variable that such a constant initialises. At most 120 bytes.
std::optional<std::string> literal_of(const clang::Expr* argument, const clang::ASTContext& context);

}  // namespace patchgate
