#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"
#include "analyzers/patch/side_symbols.h"

namespace patchgate {

/// What became of one hunk of a C or C++ file.
struct HunkReading {
  enum class Outcome {
    symbol,      ///< lies in a symbol
    no_tokens,   ///< comments and white space only, or the same tokens on both sides
    includes,    ///< only #include lines: what they mean for the symbols of this file shows in what these use
    file_scope,  ///< tokens outside of any symbol: #if, #pragma, using, static_assert, extern "C", a macro invocation
    unread,      ///< could not be looked at; `why` says so
  };
  Outcome outcome = Outcome::unread;
  Place at;
  std::string why;
  UnreadCause cause = UnreadCause::content;  ///< of unread
  std::uint32_t last_line = 0;               ///< of what is unread, on the side that `on_base` says
  bool on_base = false;
};

/// Reads each hunk of `change`, in order. Never empty where the change has hunks.
std::vector<HunkReading> read_hunks(const FileChange& change, const SideFile& base, const SideFile& head);

}  // namespace patchgate
