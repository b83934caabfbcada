#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/unread_place.h"
#include "analyzers/patch/touched.h"
#include "gate/pipeline/overlay.h"

namespace patchgate {

/// How many of a revision's source files, tests left out, some unit reads.
struct CoveredSources {
  std::size_t all = 0, seen = 0;
  /// "7 of 9 source files of the base".
  std::string share() const;
};
/// `also`: files that are known to be covered though none of `units` reads them.
CoveredSources covered_sources(const Snapshot& base, const std::vector<IndexedUnit>& units,
                               const std::set<std::string>& also = {});

/// How much of the patch and of the project was seen.
struct Analysis {
  std::uint32_t units_total = 0, units_parsed = 0, units_failed = 0;  ///< of the patch's own files, both sides
  std::uint32_t index_units = 0, index_failed = 0;                    ///< of the whole base
  std::uint32_t hunks_total = 0, hunks_mapped = 0;                    ///< of C and C++ files
  std::vector<UnreadPlace> unread;                                    ///< sorted
  std::vector<std::pair<std::string, std::string>> failed_units;      ///< of the whole base and head, sorted
  std::vector<std::string> blind_spots;
};

/// Adds up what was read. `hunks` are those of find_touched for `sides.files`; `no_graph` says why no unit could be
/// read at all (then every C or C++ hunk is unread), empty = units were read.
Analysis account(const Patch& patch, const Snapshot& base, const TwoSides& sides, const std::vector<HunkReading>& hunks,
                 const std::string& no_graph);

}  // namespace patchgate
