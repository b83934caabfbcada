#pragma once

#include <cstdint>
#include <string>

#include "analyzers/model/result.h"

namespace patchgate {

/// What keeps C or C++ code from being read. What helps against it follows from this alone.
enum class UnreadCause {
  content,     ///< of the file itself: too large, binary-looking, a submodule, a name of another kind
  database,    ///< there is no compile database, or it leaves out most of the project
  no_command,  ///< the compile database has no command for it, nor for a unit that includes it
  failed,      ///< each unit that reads it has errors
  inactive,    ///< the preprocessor skips it in every configuration of the compile database
  budget,      ///< there was no time for it
};

inline constexpr UnreadCause kUnreadCauses[] = {UnreadCause::content, UnreadCause::database, UnreadCause::no_command,
                                                UnreadCause::failed,  UnreadCause::inactive, UnreadCause::budget};

/// The words of facts and reports: "content", "database", …
const char* name_of(UnreadCause cause);

/// A place of the patch that was not read.
struct UnreadPlace {
  Place at;         ///< its first line; line 0 = the whole file
  std::string why;  ///< for a person
  UnreadCause cause = UnreadCause::content;
  std::uint32_t last_line = 0;  ///< the last one that is known to be concerned; 0 = no more than the first
  bool on_base = false;         ///< the lines are counted on the base: the patch removes them

  friend bool operator==(const UnreadPlace&, const UnreadPlace&) = default;
  friend auto operator<=>(const UnreadPlace&, const UnreadPlace&) = default;
};

/// "src/a.cpp", "src/a.cpp:3", "src/a.cpp:3-9", "src/a.cpp:3-9 of the base".
std::string lines_of(const UnreadPlace& place);

}  // namespace patchgate
