#include "analyzers/git/work_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "analyzers/git/escape.h"

namespace patchgate {
namespace {

constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

tl::unexpected<Error> cannot_read(const std::string& path) {
  return fail(Error::Kind::io, "cannot read " + escaped_in_quotes(path) + " in the work tree: " + std::strerror(errno));
}

}  // namespace

FolderDescriptor::~FolderDescriptor() {
  if (fd_ >= 0) close(fd_);
}

Result<WorkFolder> WorkFolder::open(const std::filesystem::path& folder) {
  FolderDescriptor top(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (top.get() < 0) return cannot_read(folder.string());
  return WorkFolder(std::move(top));
}

Result<std::pair<FolderDescriptor, std::string>> WorkFolder::parent_of(const std::string& path) const {
  FolderDescriptor folder(openat(top_.get(), ".", kFolder));
  std::size_t from = 0;
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', from)) {
    FolderDescriptor next(openat(folder.get(), path.substr(from, slash - from).c_str(), kFolder));
    if (next.get() < 0) return cannot_read(path);
    folder = std::move(next);
    from = slash + 1;
  }
  return std::pair<FolderDescriptor, std::string>(std::move(folder), path.substr(from));
}

Result<std::vector<WorkFolder::Item>> WorkFolder::list(const std::string& folder) const {
  std::vector<Item> out;
  auto parent = parent_of(folder.empty() ? "." : folder);
  if (!parent) return out;
  FolderDescriptor opened(openat(parent->first.get(), parent->second.c_str(), kFolder));
  if (opened.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) return out;
    return cannot_read(folder);
  }
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(opened.get()), closedir);
  if (stream == nullptr) return cannot_read(folder);
  const int fd = opened.release();
  while (const dirent* entry = readdir(stream.get())) {
    Item item;
    item.name = entry->d_name;
    if (item.name == "." || item.name == "..") continue;
    if (fstatat(fd, entry->d_name, &item.status, AT_SYMLINK_NOFOLLOW) == 0) out.push_back(std::move(item));
  }
  std::sort(out.begin(), out.end(), [](const Item& a, const Item& b) { return a.name < b.name; });
  return out;
}

bool WorkFolder::exists(const std::string& path) const {
  auto parent = parent_of(path);
  struct stat status {};
  return parent && fstatat(parent->first.get(), parent->second.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

Result<std::string> WorkFolder::read(const std::string& path, bool link, std::uint64_t most) const {
  PATCHGATE_TRY(const auto parent, parent_of(path));
  std::string out;
  if (link) {
    std::array<char, 4097> target{};
    const ssize_t length = readlinkat(parent.first.get(), parent.second.c_str(), target.data(), target.size());
    if (length < 0) return cannot_read(path);
    return std::string(target.data(), static_cast<std::size_t>(length));
  }
  // Without waiting for a writer, should it have become a pipe.
  const FolderDescriptor file(
      openat(parent.first.get(), parent.second.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (file.get() < 0 || fstat(file.get(), &status) != 0) return cannot_read(path);
  if (!S_ISREG(status.st_mode)) {
    return fail(Error::Kind::io, escaped_in_quotes(path) + " in the work tree is no regular file any more");
  }
  std::array<char, 1U << 16U> piece{};
  for (;;) {
    const ssize_t count = ::read(file.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return cannot_read(path);
    if (count == 0) return out;
    out.append(piece.data(), static_cast<std::size_t>(count));
    if (out.size() > most) {
      return fail(Error::Kind::limit,
                  escaped_in_quotes(path) + " in the work tree has more than " + std::to_string(most) + " bytes",
                  "name it in .gitignore if it is no source");
    }
  }
}

}  // namespace patchgate
