#pragma once

#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/model/patch.h"

namespace patchgate {

/// Added or changed lines of the patch with text that hides what it says (see analyzers/patch/suspicious_text.h).
Result<std::vector<Place>> suspicious_places(const Repository& repository, const Patch& patch);

}  // namespace patchgate
