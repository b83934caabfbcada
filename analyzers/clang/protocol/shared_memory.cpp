#include "analyzers/clang/protocol/shared_memory.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace patchgate::protocol {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(begin_, other.begin_);
  std::swap(size_, other.size_);
  return *this;
}

Mapping::~Mapping() {
  if (begin_ != nullptr) ::munmap(begin_, size_);
}

Result<Mapping> Mapping::make(int fd, std::size_t size, bool writable) {
  void* begin = ::mmap(nullptr, size, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED | MAP_NORESERVE, fd, 0);
  if (begin == MAP_FAILED)
    return fail(Error::Kind::toolchain, std::string("cannot map shared memory: ") + std::strerror(errno),
                "raise the limit of address space (ulimit -v)");
  Mapping mapping;
  mapping.begin_ = static_cast<char*>(begin);
  mapping.size_ = size;
  return mapping;
}

Result<MemoryFile> MemoryFile::make(const char* name, std::uint64_t size) {
  MemoryFile file;
  file.write = Descriptor(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  const auto failed = [&](const char* what) {
    return fail(Error::Kind::toolchain, std::string(what) + ": " + std::strerror(errno));
  };
  if (!file.write) return failed("cannot make a file in memory");
  if (::ftruncate(file.write.get(), static_cast<off_t>(size)) != 0) return failed("cannot size a file in memory");
  if (::fcntl(file.write.get(), F_ADD_SEALS, F_SEAL_SHRINK) != 0) return failed("cannot seal a file in memory");
  const auto path = "/proc/self/fd/" + std::to_string(file.write.get());
  file.read = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.read) return failed("cannot open a file in memory for reading (is /proc mounted?)");
  return file;
}

}  // namespace patchgate::protocol
