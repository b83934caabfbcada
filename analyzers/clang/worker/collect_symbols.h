#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <llvm/ADT/DenseMap.h>

#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/collect_types.h"
#include "analyzers/model/unit.h"

namespace patchgate {

using SymbolId = std::uint32_t;
inline constexpr SymbolId kNoSymbol = 0xffffffffU;

/// A symbol while its unit is being looked at.
struct UnitSymbolDraft {
  UnitSymbol facts;  ///< of a lambda without `usr` until finish()
  FileIndex file = kOutside;
  FileIndex declared_in = kOutside;  ///< first declaration in the repository
  std::uint32_t declared_line = 0;
  SymbolId enclosing = kNoSymbol;  ///< of a lambda
  std::uint32_t offset = 0;        ///< of a lambda
  std::uint32_t order = 0;         ///< of a lambda: among those of one macro expansion, which share the offset
};

/// Declaration → symbol; one number for all declarations that mean the same (see canonical.h). Symbols of the
/// repository, and functions from outside of it as nodes with the flag `outside`.
class SymbolTable {
 public:
  SymbolTable(SourceFiles& files, TypeTable& types) : files_(files), types_(types) {}

  /// kNoSymbol for what is no symbol: locals, parameters, and all but functions from outside. Constant time when asked
  /// again.
  SymbolId of(const clang::NamedDecl* decl);
  /// As of(), but kNoSymbol for symbols from outside as well.
  SymbolId in_project(const clang::NamedDecl* decl);
  /// The lambda with that closure type. It belongs to the function that it stands in; one that stands in no function to
  /// `user`, if that is a variable.
  SymbolId lambda(const clang::CXXRecordDecl* closure, SymbolId user);
  SymbolId macro(llvm::StringRef name, FileIndex file, std::uint32_t line, std::uint32_t end_line);

  UnitSymbolDraft& draft(SymbolId id) { return drafts_[id]; }
  const UnitSymbolDraft& draft(SymbolId id) const { return drafts_[id]; }
  std::size_t size() const { return drafts_.size(); }

  /// Gives lambdas their identity: the enclosing symbol and their place among its lambdas.
  void finish();

 private:
  SymbolId add(const clang::NamedDecl* decl);
  bool place(const clang::NamedDecl* decl, UnitSymbolDraft& draft);
  void describe_function(const clang::FunctionDecl* function, UnitSymbolDraft& draft);
  void describe_variable(const clang::VarDecl* variable, UnitSymbolDraft& draft);
  std::uint64_t identity(const clang::NamedDecl* decl, const UnitSymbolDraft& draft);
  std::uint64_t anonymous_identity(const clang::TagDecl* tag, const UnitSymbolDraft& draft);
  std::string origin(clang::SourceLocation name) const;
  SymbolId function_around(const clang::CXXRecordDecl* closure);
  void enclose(UnitSymbolDraft& lambda, SymbolId enclosing) const;

  SourceFiles& files_;
  TypeTable& types_;
  std::vector<UnitSymbolDraft> drafts_;
  llvm::DenseMap<const clang::NamedDecl*, SymbolId> ids_;
  llvm::DenseMap<clang::SourceLocation, SymbolId> lambdas_;
  llvm::DenseMap<const clang::DeclContext*, std::uint32_t> anonymous_;
  std::map<std::pair<std::string, FileIndex>, SymbolId> macros_;
};

}  // namespace patchgate
