#pragma once

#include "policies/engine/verdict.h"

namespace patchgate {

/// allow 0, warn `warn_exit`, block 1, none 3. An error has its own: see exit_code_of (2 or 3).
constexpr int exit_code(Decision decision, int warn_exit) {
  switch (decision) {
    case Decision::allow:
      return 0;
    case Decision::warn:
      return warn_exit;
    case Decision::block:
      return 1;
    case Decision::none:
      break;
  }
  return 3;
}

}  // namespace patchgate
