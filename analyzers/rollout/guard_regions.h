#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rollout/flag_catalogue.h"
#include "analyzers/rollout/spelled_tokens.h"

namespace patchgate {

/// Which tokens of a file run only where a flag has a value. Found by tokens alone:
/// - `if (f("key"))` with or without `!`, as the whole condition or as one part of `&&`: its branch
/// - `if (!f("key")) return …;` (throw, break, continue): what follows in the block
/// - a local `bool on = f("key");` in the place of the call
/// Not seen: `? :`, `switch`, loops, `||`, comparisons (`f("key") == true`), a key that is no string literal.
struct GuardRegion {
  std::size_t begin = 0, end = 0;  ///< tokens [begin, end)
  std::string key;
  bool when = true;           ///< runs where the flag has that value
  std::string_view function;  ///< as the call spells it
  std::uint32_t line = 0;     ///< of the call
  std::size_t at = 0;         ///< token of the `if`
  std::size_t then = 0;       ///< behind its condition
};

/// Tokens [begin, end) that only choose: the condition, braces, `else`, the declaration of a flag's variable.
struct GuardFrame {
  std::size_t begin = 0, end = 0;
};

/// `return;` alone, as what leaves in front of a region: tokens [begin, end), the region from `end` to `block_end`.
struct GuardExit {
  std::size_t begin = 0, end = 0, block_end = 0;
};

struct GuardedFile {
  std::vector<SpelledToken> tokens;
  std::vector<GuardRegion> regions;  ///< by begin
  std::vector<GuardFrame> frames;
  std::vector<GuardExit> exits;
};

/// `text` must outlive the result. Of a file with more than 500 regions only the tokens are given.
GuardedFile guarded_file(std::string_view text, const std::vector<FlagFunction>& functions);

}  // namespace patchgate
