#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/hash.h"
#include "analyzers/model/result.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// What many units were read from, each file once: to know that nothing changed, a header that hundreds of them read is
/// looked at once. A cache of what the units themselves say.
struct UnitHeads {
  struct Head {
    Hash128 content;                          ///< StoredUnit::content; all zero = nothing is known
    UnitFacts unit;                           ///< without dependencies, missing, missing_in and files
    std::vector<std::uint32_t> dependencies;  ///< indices, rising
    std::vector<std::uint32_t> missing;       ///< indices, rising
    std::vector<std::uint32_t> missing_in;    ///< indices, rising
  };
  std::vector<Dependency> dependencies;  ///< sorted by (path, in_repository, hash), each once
  std::vector<std::uint64_t> missing;    ///< sorted, each once
  std::vector<std::string> missing_in;   ///< sorted, each once
  std::vector<Head> units;

  /// The unit with all that is in its head.
  UnitFacts unit(std::size_t number) const;
};

struct KnownHead {
  Hash128 content;  ///< all zero: nothing is to be known of it
  const UnitFacts* unit = nullptr;
};
/// Keeps the order of the units.
UnitHeads unit_heads(const std::vector<KnownHead>& units);

/// For Store::put_derived, with a checksum in front. Empty where there is more than decode_unit_heads() would take.
std::string encode_unit_heads(const UnitHeads& heads);
/// Error (io): damaged, or of another format.
Result<UnitHeads> decode_unit_heads(std::string_view bytes);

}  // namespace patchgate
