#include "analyzers/clang/worker/brokered_file_system.h"

#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

namespace fs = llvm::sys::fs;
using namespace protocol;

std::error_code error_of(FileKind kind) {
  return std::make_error_code(kind == FileKind::refused ? std::errc::permission_denied
                                                        : std::errc::no_such_file_or_directory);
}

llvm::vfs::Status status_of(const llvm::Twine& name, const FileEntry& entry, Scope scope) {
  const auto type = entry.kind == FileKind::file ? fs::file_type::regular_file : fs::file_type::directory_file;
  // No time: it would differ from run to run.
  return {name,
          fs::UniqueID(scope == Scope::outside ? 1 : 2, entry.identity),
          llvm::sys::TimePoint<>(),
          0,
          0,
          entry.kind == FileKind::file ? entry.size : 0,
          type,
          fs::perms::all_read};
}

class SharedFile : public llvm::vfs::File {
 public:
  SharedFile(llvm::vfs::Status status, std::string_view content) : status_(std::move(status)), content_(content) {}
  llvm::ErrorOr<llvm::vfs::Status> status() override { return status_; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, std::int64_t, bool,
                                                               bool) override {
    return llvm::MemoryBuffer::getMemBuffer(content_, name.str(), /*RequiresNullTerminator=*/true);
  }
  std::error_code close() override { return {}; }
  void setPath(const llvm::Twine& path) override { status_ = llvm::vfs::Status::copyWithNewName(status_, path); }

 private:
  llvm::vfs::Status status_;
  llvm::StringRef content_;
};

/// Walks over a listing: (type byte, name, NUL)*.
class Listing : public llvm::vfs::detail::DirIterImpl {
 public:
  Listing(std::string folder, std::string_view rest) : folder_(std::move(folder)), rest_(rest) { increment(); }
  std::error_code increment() override {
    const auto end = rest_.find('\0');
    if (rest_.size() < 2 || end == std::string_view::npos || end < 1) {
      CurrentEntry = {};
      return {};
    }
    llvm::SmallString<256> path(folder_);
    llvm::sys::path::append(path, llvm::StringRef(rest_.substr(1, end - 1)));
    CurrentEntry = {path.str().str(),
                    rest_.front() == 'd' ? fs::file_type::directory_file : fs::file_type::regular_file};
    rest_.remove_prefix(end + 1);
    return {};
  }

 private:
  std::string folder_;
  std::string_view rest_;
};

/// What follows `root` in `path`; empty for the root itself; none where it lies elsewhere.
std::optional<std::string_view> below(std::string_view root, std::string_view path) {
  if (root.empty() || !path.starts_with(root)) return std::nullopt;
  path.remove_prefix(root.size());
  if (path.empty()) return path;
  if (path.front() != '/') return std::nullopt;
  path.remove_prefix(1);
  return path;
}

}  // namespace

BrokeredFileSystem::BrokeredFileSystem(const FileTableReader& known, Scope side, std::string root, Ask ask)
    : known_(known), side_(side), root_(std::move(root)), ask_(std::move(ask)) {}

BrokeredFileSystem::Place BrokeredFileSystem::place_of(const llvm::Twine& path) const {
  llvm::SmallString<256> absolute;
  path.toVector(absolute);
  if (!llvm::sys::path::is_absolute(absolute)) {
    llvm::SmallString<256> joined(working_folder_);
    llvm::sys::path::append(joined, absolute);
    absolute = std::move(joined);
  }
  llvm::SmallString<256> normal(absolute);
  llvm::sys::path::remove_dots(normal, /*remove_dot_dot=*/true);
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  if (below(root_, normal.str())) return {side_, normal.str().str()};
  // On the machine's disk a `..` after a link is not the folder before it: leave those to the parent.
  llvm::sys::path::remove_dots(absolute, /*remove_dot_dot=*/false);
  while (absolute.size() > 1 && absolute.back() == '/') absolute.pop_back();
  return {Scope::outside, absolute.str().str()};
}

FileEntry BrokeredFileSystem::entry_of(const Place& place, Query query) {
  if (place.path.empty() || place.path.size() > kMaxPath || place.path.find('\0') != std::string::npos) return {};
  auto entry = known_.find(place.scope, query, place.path);
  if (!entry) entry = ask_({query, place.path});
  if (entry->kind == FileKind::absent) note_missing(place);
  return *entry;
}

void BrokeredFileSystem::note_missing(const Place& place) {
  const std::string_view path = place.scope == Scope::outside ? place.path : *below(root_, place.path);
  if (path.empty() || !missing_.insert(hash64(path)).second) return;
  const auto cut = path.rfind('/');
  const auto folder = cut == std::string_view::npos ? "" : cut == 0 ? "/" : path.substr(0, cut);
  if (missing_in_.find(folder) == missing_in_.end()) missing_in_.emplace(folder);
}

llvm::ErrorOr<llvm::vfs::Status> BrokeredFileSystem::status(const llvm::Twine& path) {
  const auto place = place_of(path);
  const auto entry = entry_of(place, Query::look_up);
  if (entry.kind != FileKind::file && entry.kind != FileKind::folder) return error_of(entry.kind);
  return status_of(path, entry, place.scope);
}

llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> BrokeredFileSystem::openFileForRead(const llvm::Twine& path) {
  const auto place = place_of(path);
  const auto entry = entry_of(place, Query::look_up);
  if (entry.kind == FileKind::folder) return std::make_error_code(std::errc::is_a_directory);
  const auto content = known_.content(entry);
  if (entry.kind != FileKind::file || !content) return error_of(entry.kind);
  return std::make_unique<SharedFile>(status_of(path, entry, place.scope), *content);
}

llvm::vfs::directory_iterator BrokeredFileSystem::dir_begin(const llvm::Twine& folder, std::error_code& error) {
  const auto entry = entry_of(place_of(folder), Query::list);
  const auto content = known_.content(entry);
  if (entry.kind != FileKind::listing || !content) {
    error = error_of(entry.kind);
    return {};
  }
  error = {};
  return llvm::vfs::directory_iterator(std::make_shared<Listing>(folder.str(), *content));
}

std::error_code BrokeredFileSystem::setCurrentWorkingDirectory(const llvm::Twine& path) {
  working_folder_ = place_of(path).path;
  return {};
}

std::error_code BrokeredFileSystem::getRealPath(const llvm::Twine& path, llvm::SmallVectorImpl<char>& output) {
  const auto place = place_of(path);
  if (const auto kind = entry_of(place, Query::look_up).kind; kind != FileKind::file && kind != FileKind::folder)
    return error_of(kind);
  llvm::SmallString<256> normal(place.path);
  llvm::sys::path::remove_dots(normal, /*remove_dot_dot=*/true);
  output.assign(normal.begin(), normal.end());
  return {};
}

std::error_code BrokeredFileSystem::isLocal(const llvm::Twine&, bool& result) {
  result = true;
  return {};
}

}  // namespace patchgate
