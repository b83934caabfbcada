#pragma once

#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/model/patch.h"

namespace patchgate {

/// The paths that a patch changes, new and old names.
std::vector<std::string> touched_paths(const Patch& patch);

/// Changed lines that hide what they say (see suspicious_lines()).
Result<std::vector<Place>> suspicious_places(const Repository& repository, const Patch& patch);

}  // namespace patchgate
