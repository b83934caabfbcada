#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// A string of C or C++ code: literals that stand side by side, or are joined by + or <<, are one. What stands between
/// them is a kHole.
struct CodeLiteral {
  std::string text;  ///< escapes and raw strings resolved, cut after 64 KiB
  std::uint32_t line = 0;
  struct Piece {
    std::size_t offset = 0;  ///< in `text`, where a literal begins
    std::uint32_t line = 0;
    bool raw = false;  ///< its line ends are lines of the file
  };
  std::vector<Piece> pieces;
  /// Names around it, the nearest first: calls that it is an argument of, the variable or stream that it goes to.
  std::vector<std::string> around;
  bool open_end = false;  ///< the variable that it goes to gets more text a little later

  std::uint32_t line_at(std::size_t offset) const;
};

/// By tokens alone: comments, #include and characters are none. Linear. Bytes that are no C++ are passed over.
std::vector<CodeLiteral> code_literals(std::string_view source);

}  // namespace patchgate
