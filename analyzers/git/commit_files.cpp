#include "analyzers/git/commit_files.h"

#include <algorithm>

#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

constexpr const char* kMoreFiles = "more";

}  // namespace

Result<std::optional<std::vector<TreeDelta>>> deltas_of(const Objects& objects, const CommitInfo& commit,
                                                        std::size_t most) {
  PATCHGATE_TRY(const git_oid tree, objects.tree_of(commit.id));
  if (commit.parents.empty()) return tree_delta(objects, std::nullopt, tree, most);
  PATCHGATE_TRY(const git_oid before, objects.tree_of(commit.parents.front()));
  return tree_delta(objects, before, tree, most);
}

std::uint64_t path_hash(const std::string& path) { return fast_hash(path).low; }

PathHashes hashes_of(const std::vector<TreeDelta>& deltas) {
  PathHashes hashes;
  for (const TreeDelta& delta : deltas) hashes.push_back(path_hash(delta.path));
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

std::string note_of(const std::optional<std::vector<TreeDelta>>& deltas) {
  if (!deltas) return kMoreFiles;
  ByteWriter out;
  for (const auto hash : hashes_of(*deltas)) out.fixed64(hash);
  return out.take();
}

std::optional<PathHashes> hashes_in(const std::string& note) {
  if (note == kMoreFiles) return std::nullopt;
  DecodeBudget budget;
  ByteReader in(note, budget);
  PathHashes hashes;
  while (in.ok() && in.left() != 0) hashes.push_back(in.fixed64());
  if (!in.ok() || !std::is_sorted(hashes.begin(), hashes.end())) return std::nullopt;
  return hashes;
}

}  // namespace patchgate
