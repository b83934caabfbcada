#pragma once

#include <cstdint>
#include <vector>

#include <clang/AST/Decl.h>
#include <llvm/ADT/DenseMap.h>

#include "analyzers/clang/worker/collect_symbols.h"
#include "analyzers/clang/worker/collect_types.h"
#include "analyzers/model/symbol.h"

namespace patchgate {

/// Calls back into the repository that pass through templates from outside of it: `std::sort` and its comparator,
/// `std::make_unique<Fee>` and Fee's constructor. Bodies are looked at once.
class ExternalCalls {
 public:
  ExternalCalls(SymbolTable& symbols, TypeTable& types) : symbols_(symbols), types_(types) {}

  struct Callback {
    SymbolId symbol;
    EdgeKind kind;
    bool handed;  ///< it is only handed to somebody who may call it: into a std::function, to a thread
  };
  /// What a call of `function`, which lies outside, may call in the repository; each once.
  const std::vector<Callback>& reached_by(const clang::FunctionDecl* function);

 private:
  friend class ExternalRecorder;
  struct Body {
    std::vector<Callback> ours;
    struct Callee {
      const clang::FunctionDecl* function;
      bool handed;
    };
    std::vector<Callee> outside;
  };
  const Body& body_of(const clang::FunctionDecl* function);

  SymbolTable& symbols_;
  TypeTable& types_;
  llvm::DenseMap<const clang::FunctionDecl*, std::uint32_t> index_;
  std::vector<Body> bodies_;
  llvm::DenseMap<const clang::FunctionDecl*, std::vector<Callback>> reached_;
};

}  // namespace patchgate
