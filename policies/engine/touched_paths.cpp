#include "policies/engine/touched_paths.h"

#include <algorithm>

#include "policies/engine/near_miss.h"

namespace patchgate {

std::string TouchedPaths::that_concerns(const Rule& rule) {
  std::size_t first = paths_.size();
  const Glob* by = nullptr;
  for (const auto& glob : rule.paths) {
    const auto match = first_match(glob);
    if (match < first) by = &glob;
    first = std::min(first, match);
  }
  return by == nullptr ? "" : "touched path " + one_line(paths_[first], 200) + " matches " + by->pattern();
}

std::size_t TouchedPaths::first_match(const Glob& glob) {
  const auto [known, fresh] = first_.try_emplace(glob.pattern(), paths_.size());
  if (fresh) {
    const auto found =
        std::find_if(paths_.begin(), paths_.end(), [&](const std::string& path) { return glob.matches(path); });
    known->second = static_cast<std::size_t>(found - paths_.begin());
  }
  return known->second;
}

}  // namespace patchgate
