#pragma once

#include <vector>

#include "analyzers/model/unread_place.h"
#include "gate/pipeline/overlay_input.h"

namespace patchgate {

// What a patch does to units without touching a word that they contain: it puts a file where they looked for one in
// vain, takes one away behind which another of the same name lies, or turns a link that they read through.

/// So many units in all are read on head because of that.
inline constexpr std::size_t kMostRerouted = 200;

/// Whether the patch puts a file where the base has nothing: what some unit may have looked for.
bool appears(const Snapshot& base, const FileChange& change);

/// Units of the base that read other files on head: they looked in vain for what the patch adds (or for its folder, and
/// for a file of that name), or they read what it removes while head has another file of that name. Not those of
/// which the patch touches the main file. `beyond`: files of the patch with more such units than may be read.
struct Rerouted {
  std::vector<const IndexedUnit*> units;
  std::vector<UnreadPlace> beyond;
};
Rerouted rerouted_units(const OverlayInput& input, const std::vector<IndexedUnit>& base_units);

/// The main files of such units of which all are read whole on head: what the base saw in them is of the past.
std::vector<std::string> reread_files(const OverlayInput& input, const std::vector<IndexedUnit>& base_units,
                                      const std::vector<IndexedUnit>& head_units);

/// What the files of the patch did to the units and can't be followed: another file is read in place of one that is
/// gone; a link that units read through is changed; a touched file is read by way of a link, where it counts as
/// another one.
std::vector<UnreadPlace> rerouted_places(const OverlayInput& input, const std::vector<IndexedUnit>& base_units,
                                         const std::vector<IndexedUnit>& head_units);

}  // namespace patchgate
