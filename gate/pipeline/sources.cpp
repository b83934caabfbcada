#include "gate/pipeline/sources.h"

#include <filesystem>

namespace patchgate {
namespace {

constexpr std::uint32_t kLink = 0120000;
constexpr std::uint32_t kSubmodule = 0160000;
constexpr int kMaxLinks = 8;

/// Where a link leads, relative to the repository; empty when it leads out of it.
std::string link_target(const std::string& path, const std::string& content) {
  const std::filesystem::path target(content);
  if (target.is_absolute() || content.empty()) return {};
  auto joined = (std::filesystem::path(path).parent_path() / target).lexically_normal().generic_string();
  if (joined.ends_with('/')) joined.pop_back();
  return joined.starts_with("..") ? std::string() : joined;
}

}  // namespace

bool Sides::knows(std::string_view path) const {
  return base.find(path) != nullptr || head.find(path) != nullptr || base.is_folder(path) || head.is_folder(path);
}

Result<LinkEnd> follow_links(const Repository& repository, const Snapshot& side, std::string path) {
  for (int hops = 0; hops <= kMaxLinks; ++hops) {
    const auto* entry = side.find(path);
    std::string below;
    if (entry == nullptr) {
      // A folder on the way may be a link.
      for (auto cut = path.rfind('/'); cut != std::string::npos && cut > 0; cut = path.rfind('/', cut - 1)) {
        entry = side.find(std::string_view(path).substr(0, cut));
        if (entry != nullptr) {
          below = path.substr(cut);
          break;
        }
      }
      if (entry == nullptr) return path.empty() || side.is_folder(path) ? LinkEnd{nullptr, path} : LinkEnd();
      if (entry->mode != kLink) return LinkEnd();
    }
    if (entry->mode == kSubmodule) return LinkEnd();
    if (entry->mode != kLink) return LinkEnd{entry, std::nullopt};
    PATCHGATE_TRY(const auto content, repository.blob(entry->blob, 4096));
    path = link_target(entry->path, content);
    if (path.empty()) return LinkEnd();
    path += below;
    if (path.starts_with("./") || path == ".") path.erase(0, 2);  // it leads to the repository's own folder
  }
  return LinkEnd();
}

Result<const TreeEntry*> find_through_links(const Repository& repository, const Snapshot& side, std::string path) {
  PATCHGATE_TRY(const auto end, follow_links(repository, side, std::move(path)));
  return end.file;
}

Result<std::optional<std::string>> read_file(const Repository& repository, const Snapshot& side,
                                             const std::string& path) {
  PATCHGATE_TRY(const auto* entry, find_through_links(repository, side, path));
  if (entry == nullptr) return std::optional<std::string>();
  PATCHGATE_TRY(auto content, repository.blob(entry->blob));
  return std::optional(std::move(content));
}

SourceReader source_reader(const Repository& repository, const Sides& sides) {
  return {[&repository, &sides](SourceSide side, const std::string& path) {
    using Kind = SourceReader::Kind;
    const auto& snapshot = sides.of(side);
    SourceReader::Answer answer;
    const auto end = follow_links(repository, snapshot, path);
    if (end && end->folder) {
      answer.kind = Kind::folder;
      return answer;
    }
    if (end && end->file != nullptr) {
      if (auto content = repository.blob(end->file->blob)) {
        answer.kind = Kind::file;
        answer.content = std::move(*content);
        return answer;
      }
    }
    answer.from_disk_allowed = !sides.knows(path);
    return answer;
  }};
}

}  // namespace patchgate
