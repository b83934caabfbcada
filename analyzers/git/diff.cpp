#include <algorithm>

#include "analyzers/git/content.h"
#include "analyzers/git/hunks.h"
#include "analyzers/git/renames.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace {

/// A path whose two sides differ.
struct Delta {
  const TreeEntry* base = nullptr;
  const TreeEntry* head = nullptr;
  std::string too_large;  ///< why it is not read; empty = it is

  const std::string& path() const { return head != nullptr ? head->path : base->path; }
  bool submodule() const {
    return (base != nullptr && base->mode == kModeSubmodule) || (head != nullptr && head->mode == kModeSubmodule);
  }
};

Result<std::vector<Delta>> differing_paths(const Snapshot& base, const Snapshot& head, std::size_t most) {
  std::vector<Delta> out;
  std::size_t count = 0;
  auto i = base.entries().begin();
  auto j = head.entries().begin();
  while (i != base.entries().end() || j != head.entries().end()) {
    const bool take_base = j == head.entries().end() || (i != base.entries().end() && i->path <= j->path);
    const bool take_head = i == base.entries().end() || (j != head.entries().end() && j->path <= i->path);
    const TreeEntry* before = take_base ? &*i++ : nullptr;
    const TreeEntry* after = take_head ? &*j++ : nullptr;
    if (before != nullptr && after != nullptr && before->blob == after->blob && before->mode == after->mode) continue;
    if (++count <= most) out.push_back({before, after, {}});
  }
  if (count > most) {
    return fail(Error::Kind::limit,
                "the patch changes " + std::to_string(count) + " files, limit " + std::to_string(most),
                "split it, or judge a smaller range with --base and --head");
  }
  return out;
}

/// Decides from the object headers alone what is read: each side within the limit for one, all within the total.
Result<void> check_sizes(const Objects& objects, std::vector<Delta>& deltas) {
  const GitLimits& limits = objects.limits();
  std::uint64_t total = 0;
  for (Delta& delta : deltas) {
    if (delta.submodule()) continue;
    for (const TreeEntry* side : {delta.base, delta.head}) {
      if (side == nullptr) continue;
      PATCHGATE_TRY(const std::uint64_t size, objects.blob_size(side->blob));
      if (size > limits.max_patch_blob) {
        delta.too_large =
            "too large: " + std::to_string(size) + " bytes, limit " + std::to_string(limits.max_patch_blob);
      }
      if (!delta.too_large.empty()) continue;
      if (size > limits.max_patch_total - total) {
        delta.too_large = "too large: all changed files together pass the limit of " +
                          std::to_string(limits.max_patch_total) + " bytes";
        continue;
      }
      total += size;
    }
  }
  return {};
}

Result<std::map<std::size_t, Origin>> origins_of(const Objects& objects, const std::vector<Delta>& deltas) {
  std::vector<RenameCandidate> sources, targets;
  for (std::size_t i = 0; i < deltas.size(); ++i) {
    const Delta& delta = deltas[i];
    if (delta.submodule()) continue;
    const TreeEntry& side = delta.base != nullptr ? *delta.base : *delta.head;
    PATCHGATE_TRY(const std::uint64_t size, objects.blob_size(side.blob));
    RenameCandidate candidate;
    candidate.delta = i;
    candidate.path = side.path;
    candidate.id = side.blob;
    candidate.mode = side.mode;
    candidate.size = size;
    candidate.deleted = delta.head == nullptr;
    candidate.c_family = is_c_family(side.path);
    candidate.readable = delta.too_large.empty();
    (delta.base != nullptr ? sources : targets).push_back(std::move(candidate));
  }
  if (sources.empty() || targets.empty()) return std::map<std::size_t, Origin>();
  const std::uint64_t most = objects.limits().max_patch_blob;
  return find_renames(sources, targets, [&](const Oid& id) { return objects.blob(id, most); });
}

FileStatus status_of(const TreeEntry* base, const TreeEntry* head) {
  if (base == nullptr) return FileStatus::added;
  if (head == nullptr) return FileStatus::deleted;
  if ((base->mode == kModeLink) != (head->mode == kModeLink)) return FileStatus::type_changed;
  return base->blob == head->blob ? FileStatus::mode_changed : FileStatus::modified;
}

FileChange described(const TreeEntry* base, const TreeEntry* head) {
  FileChange out;
  out.path = head != nullptr ? head->path : base->path;
  if (base != nullptr && base->path != out.path) out.old_path = base->path;
  if (base != nullptr) {
    out.base_blob = base->blob;
    out.base_mode = base->mode;
  }
  if (head != nullptr) {
    out.head_blob = head->blob;
    out.head_mode = head->mode;
  }
  out.status = status_of(base, head);
  out.file_class = classify(out.path);
  out.c_family = is_c_family(out.path);
  out.build_role = build_role(out.path);
  if (out.build_role == BuildRole::none && !out.old_path.empty()) out.build_role = build_role(out.old_path);
  return out;
}

std::string submodule_text(const FileChange& file) {
  const auto side = [](const Oid& id, std::uint32_t mode) {
    return id.empty() ? std::string("none") : mode == kModeSubmodule ? id.substr(0, 12) : std::string("a file");
  };
  return "a submodule, whose content is not in this repository: " + side(file.base_blob, file.base_mode) + " to " +
         side(file.head_blob, file.head_mode);
}

std::optional<std::string> why_unread(const FileChange& file, const std::string& base, const std::string& head) {
  if (is_lfs_pointer(head) || is_lfs_pointer(base)) {
    return "a Git LFS pointer: the content is not in this repository";
  }
  if (!file.c_family) return std::nullopt;
  if (file.base_mode == kModeLink || file.head_mode == kModeLink) return "a symbolic link in place of source";
  for (const std::string* side : {&head, &base}) {
    if (auto why = why_not_source(*side)) return why;
  }
  return std::nullopt;
}

Result<void> read_content(const Objects& objects, FileChange& file, double& budget) {
  std::string base, head;
  const std::uint64_t most = objects.limits().max_patch_blob;
  if (!file.base_blob.empty()) {
    PATCHGATE_TRY(base, objects.blob(file.base_blob, most));
  }
  if (!file.head_blob.empty()) {
    PATCHGATE_TRY(head, objects.blob(file.head_blob, most));
  }
  const bool either = !base.empty() || !head.empty();
  if (either && file.path.ends_with(".def") && (base.empty() || is_module_definition(base)) &&
      (head.empty() || is_module_definition(head))) {
    file.c_family = false;
    file.file_class = FileClass::build;
    file.build_role = BuildRole::link;
  }
  file.unread = why_unread(file, base, head);
  if (!file.c_family && (looks_binary(base) || looks_binary(head))) return {};
  for (const std::string* side : {&base, &head}) {
    if (const std::uint64_t lines = line_count(*side); lines > kMaxLines) {
      file.unread = "too large: " + std::to_string(lines) + " lines, limit " + std::to_string(kMaxLines);
      return {};
    }
  }
  // Two large files of unlike lines keep the comparison busy for long; a patch may have many.
  const double cost = comparison_cost(base, head);
  if (cost > budget) {
    file.unread = "too large: comparing all changed files takes too long";
    return {};
  }
  budget -= cost;
  PATCHGATE_TRY(file.hunks, hunks_between(base, head));
  for (const Hunk& hunk : file.hunks) {
    file.added += hunk.head.count;
    file.deleted += hunk.base.count;
  }
  return {};
}

Result<FileChange> change_of(const Objects& objects, const Delta& delta, const Delta* source, bool copied,
                             double& budget) {
  FileChange file = described(source != nullptr ? source->base : delta.base, delta.head);
  if (source != nullptr) file.status = copied ? FileStatus::copied : FileStatus::renamed;
  if (delta.submodule()) {
    file.status = FileStatus::submodule;
    file.unread = submodule_text(file);
    return file;
  }
  const bool same_content = file.base_blob == file.head_blob;
  if (same_content && !copied) return file;
  const std::string& too_large = delta.too_large.empty() && source != nullptr ? source->too_large : delta.too_large;
  if (!too_large.empty()) {
    file.unread = too_large;
    return file;
  }
  PATCHGATE_CHECK(read_content(objects, file, budget));
  return file;
}

}  // namespace

Result<std::vector<FileChange>> Repository::diff(const Snapshot& base, const Snapshot& head) const {
  const Objects& objects = state_->objects;
  PATCHGATE_TRY(std::vector<Delta> deltas, differing_paths(base, head, limits().max_deltas));
  PATCHGATE_CHECK(check_sizes(objects, deltas));
  PATCHGATE_TRY(const auto origins, origins_of(objects, deltas));

  std::vector<bool> renamed(deltas.size(), false);
  for (const auto& [target, origin] : origins) {
    if (!origin.copied) renamed[origin.delta] = true;
  }
  double budget = kMaxComparison;
  std::vector<FileChange> out;
  for (std::size_t i = 0; i < deltas.size(); ++i) {
    if (renamed[i]) continue;
    const auto origin = origins.find(i);
    const bool has_origin = origin != origins.end();
    PATCHGATE_TRY(FileChange file, change_of(objects, deltas[i], has_origin ? &deltas[origin->second.delta] : nullptr,
                                             has_origin && origin->second.copied, budget));
    out.push_back(std::move(file));
  }
  return out;
}

}  // namespace patchgate
