#pragma once

#include <cstdint>
#include <optional>

#include <clang/AST/Decl.h>
#include <clang/AST/ExprCXX.h>
#include <clang/Basic/LangOptions.h>
#include <llvm/ADT/DenseMap.h>

#include "analyzers/clang/worker/collect_files.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// Where one declaration stands in the text; see Extent.
struct TextExtent {
  FileIndex file = kOutside;
  clang::FileID id;
  ByteRange range;
  std::uint32_t body = 0;
};

/// Finds the text of declarations. Made for one unit; declarations of one statement (`int a, *b = 0;`) must be asked
/// for in order.
class ExtentFinder {
 public:
  ExtentFinder(SourceFiles& files, const clang::LangOptions& language) : files_(files), language_(language) {}

  /// None when it does not lie in one file of the repository.
  std::optional<TextExtent> of(const clang::Decl* decl);
  std::optional<TextExtent> of(const clang::LambdaExpr* lambda);

 private:
  struct Bounds {
    clang::SourceLocation begin, end, body;
  };
  Bounds bounds_of(const clang::Decl* decl) const;
  std::optional<TextExtent> measure(const Bounds& bounds, bool takes_semicolon);
  std::uint32_t end_of_token(clang::SourceLocation at) const;
  std::uint32_t begin_with_attributes(const clang::Decl* decl, const TextExtent& extent) const;
  std::uint32_t function_body(const clang::FunctionDecl* function, const TextExtent& extent) const;

  SourceFiles& files_;
  const clang::LangOptions& language_;
  /// Of the last declarator that ended in a comma: where its statement began and where it ended itself.
  clang::FileID shared_id_;
  std::uint32_t shared_begin_ = 0, shared_end_ = 0;
};

}  // namespace patchgate
