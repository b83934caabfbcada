#pragma once

#include <cstdint>
#include <vector>

#include <clang/Basic/SourceLocation.h>
#include <llvm/ADT/SmallVector.h>

#include "analyzers/clang/worker/collect_facts.h"
#include "analyzers/clang/worker/collect_symbols.h"

namespace patchgate {

/// The text from an #if to its #endif, and which macro expansions choose among its branches.
struct ConditionalPart {
  clang::FileID id;
  std::uint32_t begin = 0;                    ///< of the word after `#`
  std::uint32_t end = 0;                      ///< of the word `endif`
  llvm::SmallVector<std::uint32_t, 4> asked;  ///< numbers of the expansions in its conditions
};

/// What is there because of a macro: a macro's symbol, and where it is asked for.
struct Asked {
  SymbolId macro = kNoSymbol;
  std::uint32_t offset = 0;
};

/// What is declared between `begin` and `end` of a file uses the macros that were asked whether it is there: functions
/// and macros wherever they stand, of types and variables the outermost (what is in a type comes and goes with it).
/// `stands` are sorted as Nesting sorts them: by begin, outer before inner.
void depend_on_condition(const std::vector<FileDraft::Stand>& stands, const SymbolTable& symbols, std::uint32_t begin,
                         std::uint32_t end, const llvm::SmallVectorImpl<Asked>& asked,
                         std::vector<FileDraft::Edge>& edges);

}  // namespace patchgate
