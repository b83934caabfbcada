#include "gate/pipeline/digest_of_part.h"

namespace patchgate {

void add_what_was_read(const LookLimits& limits, const TwoSides& sides, Digest& digest) {
  if (limits.patch_scope) digest.add("scope", limits.fast_lane ? "revert" : "patch");
  if (limits.budget) digest.add("budget", std::to_string(*limits.budget));
  const auto add = [&](const std::string& side, const std::vector<IndexedUnit>& units) {
    for (const auto& unit : units)
      if (!unit.out_of_time) digest.add("read on " + side + " " + unit.command.file, to_string(unit.command.hash));
  };
  add("base", sides.base_units);
  add("head", sides.head_units);
  for (const auto& symbol : sides.touched.symbols)
    digest.add("users seen of " + symbol.name,
               std::string(symbol.seen.direct ? "direct " : "") + (symbol.seen.transitive ? "transitive" : ""));
  if (sides.covered)
    for (const auto& path : *sides.covered) digest.add("covered", path);
  digest.add("left out", sides.left_out);
}

}  // namespace patchgate
