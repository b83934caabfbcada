#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// One entry of a compile_commands.json, as it stands there.
/// Source of the format: clang.llvm.org/docs/JSONCompilationDatabase.html
struct CompileEntry {
  std::string directory, file;
  std::vector<std::string> words;  ///< the compiler first
  std::uint32_t line = 0;          ///< in the database
  std::string unusable;            ///< why nothing can be made of it; else empty
};

/// Reads the text of a database called `name`. Errors (toolchain) with its line: no JSON, a NUL byte, nested deeper
/// than 64, a key given twice, not an array of objects, a value of the wrong type.
Result<std::vector<CompileEntry>> parse_compile_entries(std::string_view text, const std::string& name);

}  // namespace patchgate
