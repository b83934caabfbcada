#pragma once

#include "analyzers/git/repository.h"
#include "analyzers/model/way_back.h"
#include "gate/pipeline/digest.h"
#include "gate/pipeline/open_patch.h"
#include "gate/pipeline/overlay.h"

namespace patchgate {

/// What git knows about the way back: the revert tried on the base tip, the commits that the patch takes back, files
/// that declare formats, who changed the touched files lately. `committed`: false for the work tree and for what is
/// staged.
Result<WayBack> open_way_back(const Repository& repository, const OpenedPatch& opened, bool committed,
                              CommitNotes* notes);

/// The text on head of touched functions, of those that call or are called by them for certain and of what those
/// callers call; of functions that use a type whose layout is touched. At most 60 of them, from at most 24 files;
/// WayBack::bodies_cut says that there were more.
void read_bodies(const Repository& repository, const Snapshot& head, const TwoSides& sides, WayBack& way_back);

/// What a verdict depends on beside base and head: the history before them, as far as the clone has it.
void add_to_digest(const WayBack& way_back, Digest& digest);

}  // namespace patchgate
