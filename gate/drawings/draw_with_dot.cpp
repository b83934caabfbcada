#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/drawings/drawings.h"

namespace patchgate {
namespace {

constexpr rlim_t kMostSeconds = 60;
constexpr std::size_t kMostBytes = std::size_t{64} << 20U;
constexpr const char* kInstall =
    "install Graphviz (Debian: apt-get install graphviz), or ask for --format dot or mermaid and draw it elsewhere";

/// Both ends of a pipe, closed at the end.
struct Pipe {
  int end[2] = {-1, -1};
  bool open() { return ::pipe2(end, O_CLOEXEC) == 0; }
  void close(int which) {
    if (end[which] >= 0) ::close(end[which]);
    end[which] = -1;
  }
  ~Pipe() {
    close(0);
    close(1);
  }
};

/// Writes `text` and reads until the end, both at once: neither side waits for the other.
bool exchange(Pipe& in, Pipe& out, std::string_view text, std::string& answer) {
  while (out.end[0] >= 0) {
    pollfd ends[2] = {{out.end[0], POLLIN, 0}, {in.end[1], POLLOUT, 0}};
    if (::poll(ends, in.end[1] >= 0 ? 2 : 1, -1) < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    if (in.end[1] >= 0 && ends[1].revents != 0) {
      const auto done = ::write(in.end[1], text.data(), std::min<std::size_t>(text.size(), 4096));
      if (done > 0) text.remove_prefix(static_cast<std::size_t>(done));
      if (text.empty() || (done < 0 && errno != EINTR && errno != EAGAIN)) in.close(1);
    }
    if (ends[0].revents == 0) continue;
    char buffer[65536];
    const auto got = ::read(out.end[0], buffer, sizeof buffer);
    if (got > 0) answer.append(buffer, static_cast<std::size_t>(got));
    if (got == 0) out.close(0);
    if ((got < 0 && errno != EINTR) || answer.size() > kMostBytes) return false;
  }
  return true;
}

}  // namespace

Result<std::string> svg_by_dot(const std::string& dot) {
  Pipe in, out;
  if (!in.open() || !out.open()) {
    return fail(Error::Kind::io, std::string("cannot start dot: ") + std::strerror(errno));
  }
  const auto child = ::fork();
  if (child < 0) return fail(Error::Kind::io, std::string("cannot start dot: ") + std::strerror(errno));
  if (child == 0) {
    const rlimit time{kMostSeconds, kMostSeconds};
    const rlimit memory{rlim_t{2} << 30U, rlim_t{2} << 30U};
    ::setrlimit(RLIMIT_CPU, &time);
    ::setrlimit(RLIMIT_AS, &memory);
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(in.end[0], 0);
    ::dup2(out.end[1], 1);
    ::execlp("dot", "dot", "-Tsvg", static_cast<char*>(nullptr));
    ::_exit(127);
  }
  in.close(0);
  out.close(1);
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  std::string svg;
  const bool read = exchange(in, out, dot, svg);
  in.close(1);
  out.close(0);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  ::sigaction(SIGPIPE, &before, nullptr);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    return fail(Error::Kind::toolchain, "--format svg needs the program dot, which is not on PATH", kInstall);
  }
  if (!read || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return fail(Error::Kind::toolchain, "the program dot could not draw this graph",
                "ask for fewer symbols with --top or --depth");
  }
  return svg;
}

}  // namespace patchgate
