#pragma once

#include <cstdint>
#include <string>

#include <llvm/ADT/StringRef.h>

namespace clang {
class NamedDecl;
}

namespace patchgate {

/// XXH3.
std::uint64_t hash_text(llvm::StringRef text);
std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second);

/// `ns::Class::method`; without parameters, template arguments, anonymous and inline namespaces. What has no name of
/// its own is `(anonymous)`, a closure type `(lambda)`.
std::string qualified_name(const clang::NamedDecl& decl);
/// The last part of it.
std::string own_name(const clang::NamedDecl& decl);

/// Hash of Clang's USR, and of the constraints of the templates that it is or stands in; 0 where Clang has none.
std::uint64_t usr_hash(const clang::NamedDecl& decl);

/// White space collapsed to one blank, cut to `limit` bytes at a character's start.
std::string one_line(llvm::StringRef text, std::size_t limit);

}  // namespace patchgate
