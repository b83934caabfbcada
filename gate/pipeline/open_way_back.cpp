#include "gate/pipeline/open_way_back.h"

#include <algorithm>
#include <string>

#include "gate/pipeline/files.h"

namespace patchgate {
namespace {

/// More of such files in one patch are made by a program.
constexpr std::size_t kMostFormats = 64;

bool declares_a_format(const std::string& path) {
  constexpr const char* kEndings[] = {".proto", ".thrift", ".fbs", ".avsc", ".avdl"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](const char* ending) { return path.ends_with(ending); });
}

Result<std::string> text_of(const Repository& repository, const Oid& blob) {
  if (blob.empty()) return std::string();
  return repository.blob(blob, repository.limits().max_patch_blob);
}

Result<void> read_formats(const Repository& repository, const Patch& patch, WayBack& out) {
  for (const auto& change : patch.files) {
    if (!declares_a_format(change.base_path()) && !declares_a_format(change.path)) continue;
    if (change.unread || out.formats.size() == kMostFormats) {
      out.formats_unread.push_back(change.path);
      continue;
    }
    FormatText format{change.path, {}, {}};
    PATCHGATE_TRY(format.base, text_of(repository, change.base_blob));
    PATCHGATE_TRY(format.head, text_of(repository, change.head_blob));
    out.formats.push_back(std::move(format));
  }
  return {};
}

}  // namespace

Result<WayBack> open_way_back(const Repository& repository, const OpenedPatch& opened, bool committed,
                              CommitNotes* notes) {
  const Patch& patch = opened.patch;
  WayBack out;
  out.committed = committed;
  if (committed) {
    PATCHGATE_TRY(const CommitInfo head, repository.commit(patch.head));
    out.one_commit = head.parents.size() == 1 && head.parents.front() == patch.merge_base;
    // What cannot be tried is unknown, never an end of the judgement.
    if (auto trial = repository.try_revert(patch.merge_base, patch.head, patch.base)) {
      out.clean = trial->clean;
      out.conflicts = std::move(trial->conflicts);
    }
  }
  for (const auto& commit : opened.reverted) out.reverted.push_back({commit.id, commit.author});
  PATCHGATE_CHECK(read_formats(repository, patch, out));
  std::vector<std::string> paths;
  for (const auto& change : patch.files)
    if (!change.base_blob.empty() && change.file_class == FileClass::source) paths.push_back(change.base_path());
  if (!paths.empty()) {
    PATCHGATE_TRY(out.authors, repository.recent_authors(patch.merge_base, paths, kRevertsTried, notes));
  }
  return out;
}

void add_to_digest(const WayBack& way_back, Digest& digest) {
  for (const auto& commit : way_back.reverted) digest.add("reverts", commit.id + " " + commit.author);
  for (const auto& author : way_back.authors) digest.add("author", author.name + " " + std::to_string(author.commits));
}

}  // namespace patchgate
