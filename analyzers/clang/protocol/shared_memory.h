#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "analyzers/model/result.h"

namespace patchgate::protocol {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return fd_; }
  int release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// A range of addresses that shows a file; unmapped at the end.
class Mapping {
 public:
  Mapping() = default;
  Mapping(Mapping&& other) noexcept : begin_(other.begin_), size_(other.size_) { other.begin_ = nullptr; }
  Mapping& operator=(Mapping&& other) noexcept;
  ~Mapping();
  static Result<Mapping> make(int fd, std::size_t size, bool writable);
  char* begin() const { return begin_; }
  std::size_t size() const { return size_; }

 private:
  char* begin_ = nullptr;
  std::size_t size_ = 0;
};

/// A file without a name, in memory, that can grow but never shrink (a reader can't be hurt by SIGBUS).
struct MemoryFile {
  Descriptor write;  ///< for the owner
  Descriptor read;   ///< of the same file, opened for reading only
  static Result<MemoryFile> make(const char* name, std::uint64_t size);
};

}  // namespace patchgate::protocol
