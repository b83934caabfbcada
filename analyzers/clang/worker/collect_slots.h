#pragma once

#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/Expr.h>
#include <clang/AST/ExprCXX.h>
#include <llvm/ADT/SetVector.h>

#include "analyzers/clang/worker/collect_uses.h"

namespace patchgate {

/// Where a pointer to function may come from, as an expression says it.
struct PointerSources {
  llvm::SmallSetVector<SymbolId, 2> functions;
  llvm::SmallSetVector<Slot, 2> slots;
  bool open = false;  ///< and from somewhere that can't be followed
};

/// Says which pointers to functions are put into which slots by the code of one user. Flow-insensitive: what is ever
/// put into a place may be in it, which is what inclusion-based points-to analysis does (L. O. Andersen, "Program
/// Analysis and Specialization for the C Programming Language", 1994, chapter 4), here with one place for each field
/// of a type, and for functions only.
class SlotFinder {
 public:
  SlotFinder(UnitView& unit, const User& user) : unit_(unit), user_(user) {}

  PointerSources sources(const clang::Expr* value);
  void store(const clang::Expr* target, const clang::Expr* value);
  void start(const clang::ValueDecl* decl, const clang::Expr* value);
  void start_fields(const clang::InitListExpr* list);
  /// `object`: what the method is called on, or null.
  void pass(const clang::FunctionDecl* callee, const clang::Expr* object, llvm::ArrayRef<const clang::Expr*> arguments);
  void pass_through_pointer(clang::QualType type, llvm::ArrayRef<const clang::Expr*> arguments);
  void give_back(const clang::Expr* value);
  /// The slot of the callee of a call through a pointer.
  Slot called(const clang::Expr* callee, std::uint32_t offset);
  /// The address of a function is taken: whoever calls it by its type passes arguments to it.
  void address_taken(const clang::FunctionDecl* function, SymbolId id, std::uint64_t type);
  void overrides(const clang::CXXMethodDecl* method, const clang::CXXMethodDecl* overridden);

 private:
  void gather(const clang::Expr* value, PointerSources& out, int depth);
  bool gather_object(const clang::Expr* value, PointerSources& out);
  void gather_cast(const clang::CastExpr* cast, PointerSources& out, int depth);
  void gather_name(const clang::ValueDecl* decl, PointerSources& out, int depth);
  void gather_call(const clang::CallExpr* call, PointerSources& out, int depth);
  void gather_construct(const clang::CXXConstructExpr* made, PointerSources& out, int depth);
  bool gather_children(const clang::Expr* value, PointerSources& out, int depth);
  /// A pointer to function itself, whatever it is turned into.
  bool concerns(const clang::Expr* value);
  bool concerns_target(const clang::Expr* target);
  void move_outside(const clang::FunctionDecl* callee, llvm::ArrayRef<const clang::Expr*> arguments);
  bool is_filled_outside(const clang::FunctionDecl* callee, unsigned place, const clang::Expr* argument);
  bool takes_callable(const clang::FunctionDecl* callee, const clang::Expr* argument);
  void wrap(const PointerSources& values, clang::QualType holder);
  void pass_outside(const clang::FunctionDecl* callee, SymbolId id, llvm::ArrayRef<const clang::Expr*> arguments);
  void note_outside(const clang::ValueDecl* decl);
  void share(const clang::ValueDecl* member, const clang::Expr* value);
  void put(const PointerSources& from, Slot into, bool shared);
  FileDraft& draft() { return unit_.facts.of(user_.file); }

  UnitView& unit_;
  const User& user_;
};

}  // namespace patchgate
