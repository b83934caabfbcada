#include "analyzers/clang/client/file_broker.h"

#include <system_error>
#include <utility>

#include "analyzers/clang/client/paths.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

using namespace protocol;

constexpr int kMaxHops = 4;

Scope scope_of(SourceSide side) { return side == SourceSide::base ? Scope::base : Scope::head; }

FileEntry of_kind(FileKind kind, std::uint64_t identity = 0) { return {kind, 0, 0, identity}; }

}  // namespace

FileBroker::FileBroker(const Folders& folders, SourceReader reader, FileTableWriter table)
    : root_(folders.root.empty() ? std::string() : normal_path(folders.root.string())),
      reader_(std::move(reader)),
      table_(std::move(table)) {
  for (const auto& folder : folders.machine) machine_.allow(folder);
  for (const auto& folder : folders.extra_roots) machine_.allow(folder);
  if (!folders.disk_root.empty()) {
    std::error_code gone;
    const auto real = std::filesystem::canonical(folders.disk_root, gone);
    if (!gone) {
      disk_root_ = real.string();
      generated_.allow(real);
    }
  }
}

FileEntry FileBroker::answer(SourceSide side, const FileQuery& query) {
  const auto normal = normal_path(query.path);
  const auto relative = path_below(normal, root_);
  const auto scope = relative ? scope_of(side) : Scope::outside;
  const auto& path = relative ? normal : query.path;
  const auto [at, fresh] = answered_.try_emplace({scope, query.query, path});
  if (!fresh) return at->second;
  const auto entry = query.query == Query::list ? list(path, relative.has_value()) : keep(find(side, path));
  at->second = entry;
  table_.add(scope, query.query, path, entry);
  return entry;
}

std::string FileBroker::text(SourceSide side, const std::string& path) {
  auto found = reader_.read(side, path);
  if (found.kind != SourceReader::Kind::file) return {};
  const auto normal = normal_path(root_ + "/" + path);
  const auto [at, fresh] = answered_.try_emplace({scope_of(side), Query::look_up, normal});
  if (fresh) {
    at->second = keep(found.content, hash64(path), FileKind::file);
    table_.add(scope_of(side), Query::look_up, normal, at->second);
  }
  return std::move(found.content);
}

std::string FileBroker::absolute(const std::string& path) const {
  return path.starts_with('/') ? path : root_ + "/" + path;
}

FileKind FileBroker::kind_now(SourceSide side, const std::string& path) const {
  return find(side, absolute(path)).kind;
}

std::optional<Hash128> FileBroker::hash_now(SourceSide side, const std::string& path) const {
  const auto place = find(side, absolute(path));
  if (place.kind != FileKind::file) return std::nullopt;
  if (place.disk == nullptr) return fast_hash(place.content);
  const auto content = place.disk->read(place.found);
  return content ? std::optional(fast_hash(*content)) : std::nullopt;
}

Result<std::vector<std::string>> FileBroker::names_on_disk(const std::string& folder) const {
  const auto path = absolute(folder);
  const auto normal = normal_path(path);
  const auto relative = path_below(normal, root_);
  if (!relative) return machine_.names(path);
  if (disk_root_.empty()) return std::vector<std::string>();
  return generated_.names(relative->empty() ? disk_root_ : disk_root_ + "/" + std::string(*relative));
}

FileBroker::Place FileBroker::find(SourceSide side, const std::string& path) const {
  const auto normal = normal_path(path);
  const auto relative = path_below(normal, root_);
  return relative ? find_in_repository(side, std::string(*relative), 0) : find_on_machine(path);
}

FileBroker::Place FileBroker::find_in_repository(SourceSide side, const std::string& path, int hops) const {
  auto found = reader_.read(side, path);
  const auto identity = hash64(path);
  if (found.kind == SourceReader::Kind::folder) return {FileKind::folder, identity};
  if (found.kind == SourceReader::Kind::file) return {FileKind::file, identity, std::move(found.content)};
  if (!found.from_disk_allowed || disk_root_.empty()) return {};
  return find_generated(side, path, hops);
}

FileBroker::Place FileBroker::find_generated(SourceSide side, const std::string& path, int hops) const {
  const auto on_disk = path.empty() ? disk_root_ : disk_root_ + "/" + path;
  auto found = generated_.look_up(on_disk);
  if (found.kind == DiskFiles::Kind::absent) return {};
  if (found.kind == DiskFiles::Kind::refused) return {FileKind::refused};
  const auto real = path_below(found.real_path, disk_root_);
  // A link that the build made to a file that git may know: it has the content of this side, not the work tree's.
  if (real && *real != path) return hops < kMaxHops ? find_in_repository(side, std::string(*real), hops + 1) : Place();
  if (found.kind == DiskFiles::Kind::folder) return {FileKind::folder, hash64(path)};
  return {FileKind::file, 0, {}, &generated_, std::move(found)};
}

FileBroker::Place FileBroker::find_on_machine(const std::string& path) const {
  auto found = machine_.look_up(path);
  if (found.kind == DiskFiles::Kind::absent) return {};
  // The work tree is no part of the machine, even where the repository lies below /usr or is reached through a link.
  const bool in_work_tree = !disk_root_.empty() && path_below(found.real_path, disk_root_).has_value();
  if (found.kind == DiskFiles::Kind::refused || in_work_tree) return {FileKind::refused};
  if (found.kind == DiskFiles::Kind::folder) return {FileKind::folder, hash64(found.real_path)};
  return {FileKind::file, 0, {}, &machine_, std::move(found)};
}

FileEntry FileBroker::keep(const Place& place) {
  if (place.kind != FileKind::file) return of_kind(place.kind, place.identity);
  return place.disk != nullptr ? keep_disk_file(*place.disk, place.found)
                               : keep(place.content, place.identity, FileKind::file);
}

FileEntry FileBroker::list(const std::string& path, bool in_repository) {
  // Only the search for compilers lists folders, and those are the machine's.
  if (in_repository) return {};
  const auto listing = machine_.list(path);
  return listing ? keep(*listing, hash64(path), FileKind::listing) : FileEntry();
}

FileEntry FileBroker::keep_disk_file(const DiskFiles& disk, const DiskFiles::Found& found) {
  const auto [at, fresh] = disk_contents_.try_emplace(found.real_path);
  if (!fresh) return at->second;
  const auto content = disk.read(found);
  at->second = content ? keep(*content, hash64(found.real_path), FileKind::file) : of_kind(FileKind::refused);
  return at->second;
}

FileEntry FileBroker::keep(std::string_view content, std::uint64_t identity, FileKind kind) {
  const auto offset = table_.append(content);
  if (!offset) return of_kind(FileKind::refused);
  return {kind, *offset, content.size(), identity};
}

}  // namespace patchgate
