#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "analyzers/model/result.h"

namespace patchgate {

/// Closes its file descriptor.
class FolderDescriptor {
 public:
  explicit FolderDescriptor(int fd) : fd_(fd) {}
  FolderDescriptor(FolderDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderDescriptor& operator=(FolderDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FolderDescriptor();
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

/// The files below one folder, read without ever following a symbolic link, not even one put there meanwhile.
class WorkFolder {
 public:
  static Result<WorkFolder> open(const std::filesystem::path& folder);

  struct Item {
    std::string name;
    struct stat status {};
  };
  /// What lies in `folder` (relative, empty for the top), sorted by name. A folder that is gone has nothing in it.
  Result<std::vector<Item>> list(const std::string& folder) const;
  bool exists(const std::string& path) const;

  /// A regular file's bytes, or the target of a link. Error (limit) where there are more than `most`, (io) where it
  /// cannot be read or is neither.
  Result<std::string> read(const std::string& path, bool link, std::uint64_t most) const;

 private:
  explicit WorkFolder(FolderDescriptor top) : top_(std::move(top)) {}
  /// The folder that `path` lies in, and its last name.
  Result<std::pair<FolderDescriptor, std::string>> parent_of(const std::string& path) const;

  FolderDescriptor top_;
};

}  // namespace patchgate
