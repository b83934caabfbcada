#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/model/hash.h"
#include "gate/pipeline/overlay.h"

namespace patchgate {

/// What the units of both sides read and no commit names: files that the build generated, by path below the repository,
/// and headers of the machine, whose name is left empty: where they lie says nothing about what was read. With the
/// hashes of their contents; sorted, each once.
std::vector<std::pair<std::string, Hash128>> untracked_inputs(const Repository& repository, const Sides& sides,
                                                              const std::vector<IndexedUnit>& base_units,
                                                              const std::vector<IndexedUnit>& head_units);

}  // namespace patchgate
