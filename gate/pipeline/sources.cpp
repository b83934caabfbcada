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
  const auto joined = (std::filesystem::path(path).parent_path() / target).lexically_normal().generic_string();
  return joined.starts_with("..") ? std::string() : joined;
}

}  // namespace

bool Sides::knows(std::string_view path) const {
  return base.find(path) != nullptr || head.find(path) != nullptr || base.is_folder(path) || head.is_folder(path);
}

Result<const TreeEntry*> find_through_links(const Repository& repository, const Snapshot& side, std::string path) {
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
      if (entry == nullptr || entry->mode != kLink) return nullptr;
    }
    if (entry->mode == kSubmodule) return nullptr;
    if (entry->mode != kLink) return entry;
    PATCHGATE_TRY(const auto content, repository.blob(entry->blob, 4096));
    path = link_target(entry->path, content);
    if (path.empty()) return nullptr;
    path += below;
  }
  return nullptr;
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
    if (auto content = read_file(repository, snapshot, path); content && *content) {
      answer.kind = Kind::file;
      answer.content = std::move(**content);
    } else if (path.empty() || snapshot.is_folder(path)) {
      answer.kind = Kind::folder;
    } else {
      answer.from_disk_allowed = !sides.knows(path);
    }
    return answer;
  }};
}

}  // namespace patchgate
