#include "gate/pipeline/untracked_inputs.h"

#include <algorithm>
#include <unordered_set>

namespace patchgate {
namespace {

// Hundreds of units read the same few hundred headers: nearly every comparison ends with the hash.
struct ByContent {
  std::size_t operator()(const Dependency* dependency) const { return std::hash<Hash128>()(dependency->hash); }
};
struct SameFile {
  bool operator()(const Dependency* a, const Dependency* b) const {
    return a->hash == b->hash && a->in_repository == b->in_repository && a->path == b->path;
  }
};

}  // namespace

std::vector<std::pair<std::string, Hash128>> untracked_inputs(const Repository& repository, const Sides& sides,
                                                              const std::vector<IndexedUnit>& base_units,
                                                              const std::vector<IndexedUnit>& head_units) {
  std::vector<std::pair<std::string, Hash128>> inputs;
  // Across the sides too: a hash of git's is no hash of a content, so that equal entries are tracked on both or none.
  std::unordered_set<const Dependency*, ByContent, SameFile> seen;
  const auto add = [&](SourceSide side, const std::vector<IndexedUnit>& units) {
    for (const auto& unit : units) {
      for (const auto& dependency : unit.unit.dependencies) {
        if (!seen.insert(&dependency).second) continue;
        if (!dependency.in_repository) {
          inputs.emplace_back("", dependency.hash);
          continue;
        }
        const auto tracked = find_through_links(repository, sides.of(side), dependency.path);
        if (!tracked || *tracked == nullptr) inputs.emplace_back(dependency.path, dependency.hash);
      }
    }
  };
  add(SourceSide::base, base_units);
  add(SourceSide::head, head_units);
  std::sort(inputs.begin(), inputs.end());
  inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
  return inputs;
}

}  // namespace patchgate
