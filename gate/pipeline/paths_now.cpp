#include "gate/pipeline/paths_now.h"

#include <algorithm>

#include "analyzers/model/hash.h"

namespace patchgate {

void PathsNow::add(Side& side, const std::string& folder, std::string_view name) {
  auto path = folder;
  if (!path.empty() && !path.ends_with('/')) path += '/';
  path += name;
  const auto hash = hash64(path);
  side.paths.try_emplace(hash, std::move(path));
}

void PathsNow::add_tracked(SourceSide which, const std::string& folder) {
  const auto& side = sides_.of(which);
  // What lies in a linked folder is found under the link's name.
  const auto end = follow_links(repository_, side, folder);
  if (!end || !end->folder) return;
  const auto start = end->folder->empty() ? std::string() : *end->folder + "/";
  const auto& entries = side.entries();
  const auto not_before = [&](const std::string& path) {
    return std::lower_bound(entries.begin(), entries.end(), path,
                            [](const TreeEntry& entry, const std::string& other) { return entry.path < other; });
  };
  for (auto at = not_before(start); at != entries.end() && at->path.starts_with(start);) {
    const auto cut = at->path.find('/', start.size());
    const auto name = std::string_view(at->path).substr(0, cut).substr(start.size());
    add(known_[static_cast<int>(which)], folder, name);
    // Past all of a folder: '0' follows '/'.
    at = cut == std::string::npos ? at + 1 : not_before(at->path.substr(0, cut) + '0');
  }
}

bool PathsNow::look_in(SourceSide which, const std::string& folder) {
  auto& side = known_[static_cast<int>(which)];
  const auto [at, fresh] = side.folders.try_emplace(folder, true);
  if (!fresh) return at->second;
  if (!folder.starts_with('/')) add_tracked(which, folder);
  const auto names = pool_.names_on_disk(folder);
  if (!names) return at->second = false;
  for (const auto& name : *names) add(side, folder, name);
  return true;
}

bool PathsNow::there(SourceSide which, std::uint64_t path) {
  auto& side = known_[static_cast<int>(which)];
  const auto at = side.paths.find(path);
  if (at == side.paths.end()) return false;
  const auto [row, fresh] = side.there.try_emplace(path, false);
  if (fresh) row->second = pool_.is_there(which, at->second);
  return row->second;
}

}  // namespace patchgate
