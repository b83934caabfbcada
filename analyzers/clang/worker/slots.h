#pragma once

#include <cstdint>

#include <clang/AST/Decl.h>
#include <clang/AST/Type.h>
#include <llvm/ADT/DenseMap.h>

#include "analyzers/clang/worker/collect_symbols.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// Tells which places of a unit can hold pointers to functions, and names them (see Slot). Fields are one place for all
/// objects; locals, parameters and results are places of their function's text, so that the instantiations of a
/// template share them.
class SlotTable {
 public:
  SlotTable(SourceFiles& files, TypeTable& types, SymbolTable& symbols)
      : files_(files), types_(types), symbols_(symbols) {}

  /// What a value of that type hands over. `place`: what is put in through one copy can be seen through the other
  /// (a reference, a pointer to a pointer, an array, a container of the standard library).
  enum class Holds : std::uint8_t { nothing, function, place };
  Holds holds(clang::QualType type);
  bool holds_any(clang::QualType type) { return holds(type) != Holds::nothing; }
  bool holds_any(const clang::CXXRecordDecl* record) { return find_in_class(record, 0) != Holds::nothing; }

  /// 0 for what can't be named: a field of a container, what stands outside without a name.
  Slot of(const clang::ValueDecl* decl);
  Slot parameter(const clang::FunctionDecl* function, unsigned place);
  Slot result(SymbolId function);
  /// Of any function of that type (TypeTable::function_type), for calls through pointers that can't be followed.
  static Slot parameter_of_type(std::uint64_t type, unsigned place);
  static Slot result_of_type(std::uint64_t type);
  /// The callee of the call at that place.
  Slot call_at(FileIndex file, std::uint32_t offset) const;

  /// The type of the function in a std::function or one of its kind; null for all other types.
  static clang::QualType wrapped_function(clang::QualType type);
  static clang::QualType wrapped_function(const clang::CXXRecordDecl* record);

 private:
  Holds find(clang::QualType canonical, int depth);
  Holds find_in_class(const clang::CXXRecordDecl* record, int depth);
  std::uint64_t identity(SymbolId function) const;
  std::uint64_t text_place(clang::SourceLocation at);

  SourceFiles& files_;
  TypeTable& types_;
  SymbolTable& symbols_;
  llvm::DenseMap<const void*, Holds> holds_;
};

}  // namespace patchgate
