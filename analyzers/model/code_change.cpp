#include "analyzers/model/code_change.h"

#include <array>

namespace patchgate {

const char* name_of(CodeChange::Kind kind) {
  static constexpr std::array kNames = {"guard_removed",   "guard_weakened", "assert_removed", "value_emptied",
                                        "default_changed", "error_ignored",  "loop_widened"};
  static_assert(kNames.size() == static_cast<std::size_t>(kLastCodeChange) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace patchgate
