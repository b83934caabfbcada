#pragma once

#include <map>
#include <string>
#include <vector>

#include "gate/pipeline/overlay_input.h"

namespace patchgate {

/// Everything that one unit saw, by file.
struct Chunks {
  std::map<std::string, std::vector<Store::Chunk>> by_path;
};

Result<Chunks> chunks_of(Store& store, const IndexedUnit& unit);

/// The unit read that file of the repository.
bool includes(const IndexedUnit& unit, const std::string& path);

/// The commands of all units of the base: those of the database whose file is there, and borrowed ones for touched
/// files.
std::vector<CompileCommand> commands_of_base(const OverlayInput& input, std::vector<std::string>& notes);

/// Commands of the units that have to be parsed on head; `rerouted`: among them the counterparts of these.
Result<std::vector<CompileCommand>> commands_of_head(const OverlayInput& input,
                                                     const std::vector<IndexedUnit>& base_units,
                                                     const std::vector<const IndexedUnit*>& rerouted,
                                                     std::vector<std::string>& notes);

}  // namespace patchgate
