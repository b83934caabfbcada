#pragma once

#include <string>

#include "analyzers/model/result.h"

namespace patchgate {

/// Something that undoing the code does not take back.
struct Irreversible {
  std::string what;      ///< for a person: "drops the column users.email"
  Place at;              ///< where the patch does it
  std::string remedy{};  ///< what helps instead; may be empty
};

}  // namespace patchgate
