#include "gate/pipeline/files.h"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace patchgate {
namespace {

std::string reason() { return std::strerror(errno); }

struct Descriptor {
  int fd = -1;
  explicit Descriptor(int f) : fd(f) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

Result<std::filesystem::path> find_worker() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error)
    return fail(Error::Kind::toolchain, "cannot tell where this program lies: " + error.message(), "is /proc mounted?");
  const auto folder = program.parent_path();
  for (const auto& candidate : {folder / "patchgate-worker", folder / PATCHGATE_LIBEXEC / "patchgate-worker"}) {
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return fail(Error::Kind::toolchain, "patchgate-worker is neither beside patchgate nor in " PATCHGATE_LIBEXEC,
              "install both programs, or build the target patchgate-worker");
}

Result<std::string> read_input_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (file.fd < 0 || ::fstat(file.fd, &info) != 0)
    return fail(Error::Kind::io, "cannot read " + path.string() + ": " + reason());
  if (!S_ISREG(info.st_mode)) return fail(Error::Kind::io, "cannot read " + path.string() + ": not a regular file");
  if (static_cast<std::size_t>(info.st_size) > limit)
    return fail(Error::Kind::limit,
                path.string() + " has " + std::to_string(info.st_size) + " bytes, more than " + std::to_string(limit));
  std::string text(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const auto got = ::read(file.fd, text.data() + done, text.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(Error::Kind::io, "cannot read " + path.string() + ": " + reason());
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  text.resize(done);
  return text;
}

Result<void> write_output_file(const std::filesystem::path& path, std::string_view text) {
  const auto cannot = [&](const std::string& why) {
    return fail(Error::Kind::io, "cannot write " + path.string() + ": " + why,
                "choose a folder that exists and is writable");
  };
  struct stat info {};
  // A pipe or /dev/stdout cannot be replaced by a rename: written as it is.
  const bool in_place = ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
  const auto target = in_place ? path : std::filesystem::path(path.string() + ".part");
  // The folder may hold files of the patch: a link that lies in the way is taken away, never followed.
  if (!in_place) ::unlink(target.c_str());
  const auto give_up = [&](const std::string& why) {
    if (!in_place) ::unlink(target.c_str());
    return cannot(why);
  };
  {
    const int how = in_place ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const Descriptor file(::open(target.c_str(), how, 0666));
    if (file.fd < 0) return cannot(reason());
    std::size_t done = 0;
    while (done < text.size()) {
      const auto put = ::write(file.fd, text.data() + done, text.size() - done);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return give_up(reason());
      done += static_cast<std::size_t>(put);
    }
  }
  if (!in_place && ::rename(target.c_str(), path.c_str()) != 0) return give_up(reason());
  return {};
}

}  // namespace patchgate
