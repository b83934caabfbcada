#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/source_tokens.h"

namespace patchgate {

/// What a function does that may fail a test, by its text.
struct LiveCode {
  bool found = false;    ///< false: no body begins in these lines
  bool asserts = false;  ///< a call named like an assertion, with something to compare; throw; abort; exit and return
                         ///< with anything but success
  bool decides = false;  ///< a condition or a comparison
  bool skips = false;    ///< a GTEST_SKIP that nothing guards
  std::set<std::string, std::less<>> calls;       ///< names called where something runs
  std::set<std::string, std::less<>> dead_calls;  ///< names called, but only behind `if (false)` or after a `return`
};

/// The first body that begins in the lines [first, last]. `code`: without comments, directives and what is switched
/// off.
LiveCode live_code(const std::vector<SourceToken>& code, std::uint32_t first, std::uint32_t last);

/// The same of tokens that have no head and no braces of their own: what a macro stands for.
LiveCode live_code(const std::vector<SourceToken>& tokens);

}  // namespace patchgate
