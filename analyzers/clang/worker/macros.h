#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>

#include "analyzers/clang/worker/collect_facts.h"
#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/clang/worker/collect_symbols.h"
#include "analyzers/clang/worker/conditions.h"

namespace patchgate {

/// What the preprocessor saw of the repository's files: macros and where they are expanded, includes, skipped lines.
struct MacroRecord {
  struct Definition {
    const clang::MacroInfo* info;
    std::string name;
  };
  struct Expansion {
    const clang::MacroInfo* macro;
    clang::SourceLocation at;  ///< of its name as it is spelt: in a file, or in another macro's replacement list
  };
  /// A use spelt in a macro's replacement list.
  struct SpeltUse {
    clang::SourceLocation at;
    SymbolId to;
    EdgeKind kind;
  };
  std::vector<Definition> definitions;
  std::vector<Expansion> expansions;
  std::vector<ConditionalPart> conditions;
  std::vector<SpeltUse> uses;
  llvm::DenseSet<const clang::MacroInfo*> replaced;  ///< by what they stand for, not only asked whether they are there
  llvm::DenseSet<std::pair<const clang::MacroInfo*, clang::SourceLocation>> seen_expansions;
  llvm::DenseSet<std::pair<clang::SourceLocation, unsigned>> seen_uses;
  std::map<std::pair<FileIndex, FileIndex>, bool> includes;
  llvm::DenseMap<clang::FileID, std::vector<std::pair<std::uint32_t, std::uint32_t>>> skipped;
  std::vector<clang::FileID> entered;

  void use(clang::SourceLocation spelt, SymbolId to, EdgeKind kind);
};

/// Fills `record` while the unit is preprocessed.
std::unique_ptr<clang::PPCallbacks> watch_macros(clang::Preprocessor& preprocessor, SourceFiles& files,
                                                 MacroRecord& record);

/// Makes facts of it, after all other extents are known: the user of a macro is the innermost symbol around it.
void finish_macros(const MacroRecord& record, SourceFiles& files, SymbolTable& symbols, FactStore& facts);

}  // namespace patchgate
