// patchgate-worker: looks at C and C++ for patchgate, in a sandbox. Started by patchgate, never by a person.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "analyzers/clang/protocol/file_table.h"
#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/worker/sandbox.h"
#include "analyzers/clang/worker/serve.h"
#include "analyzers/clang/worker/toolchain.h"

namespace {

using namespace patchgate;

int refuse(const std::string& why) {
  std::fprintf(stderr, "patchgate-worker: %s\n", why.c_str());
  return 2;
}

/// Bytes of address space in use; the reserve for contents, which no child can write to, is most of it.
std::uint64_t own_address_space() {
  std::ifstream in("/proc/self/statm");
  std::uint64_t pages = 0;
  in >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

int children_descriptor() {
  sigset_t children;
  ::sigemptyset(&children);
  ::sigaddset(&children, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &children, nullptr);
  return ::signalfd(-1, &children, SFD_NONBLOCK | SFD_CLOEXEC);
}

/// A name that the text of no repository can hold.
std::string unheard_of_name() {
  unsigned char bytes[16] = {};
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return {};
  std::string name = "start-";
  for (const auto byte : bytes) {
    name += "0123456789abcdef"[byte >> 4U];
    name += "0123456789abcdef"[byte & 0xfU];
  }
  return name + "-";
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && std::string_view(arguments[1]) == "--version") {
    std::printf("patchgate-worker, protocol %u, %s\n", protocol::kVersion, clang_version().c_str());
    return 0;
  }
  if (count != 5) return refuse("is started by patchgate, not by hand");
  if (std::string_view(arguments[1]) != std::to_string(protocol::kVersion))
    return refuse("speaks protocol " + std::to_string(protocol::kVersion) + ", patchgate speaks " + arguments[1] +
                  ": install both from one build");
  ServeOptions options;
  std::uint64_t arena_size = 0;
  const std::string_view slots = arguments[2];
  const std::string_view arena = arguments[3];
  if (std::from_chars(slots.begin(), slots.end(), options.slots).ec != std::errc() || options.slots < 1 ||
      options.slots > protocol::kMaxSlots || std::from_chars(arena.begin(), arena.end(), arena_size).ec != std::errc())
    return refuse("was started with numbers that make no sense");

  const auto files = protocol::FileTableReader::open(protocol::kTableFd, protocol::kArenaFd, arena_size);
  if (!files) return refuse(to_string(files.error()));
  ::close(protocol::kTableFd);
  ::close(protocol::kArenaFd);
  options.resource_dir = find_resource_dir();
  options.children_fd = children_descriptor();
  options.stand_in = unheard_of_name();
  for (unsigned i = 0; i < options.slots; ++i) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return refuse("could not make its sockets");
    options.reins.push_back({ends[0], ends[1]});
  }
  if (options.stand_in.empty()) return refuse("could not get random bytes");
  options.own_address_space = own_address_space();
  ::signal(SIGPIPE, SIG_IGN);
  // What a leader forked is this process's child when the leader is gone, so that its end is seen.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);

  const auto sandbox = enter_sandbox(arguments[4]);
  if (!sandbox) return refuse(to_string(sandbox.error()));
  // From here on nothing that Clang prints may reach a terminal.
  ::dup2(STDOUT_FILENO, STDERR_FILENO);
  const protocol::Hello hello{protocol::kVersion, *sandbox, worker_identity(), options.resource_dir};
  if (!protocol::send_all(protocol::kControlFd, protocol::frame(protocol::Type::hello, protocol::encode(hello))))
    return 2;
  serve(options, *files);
  ::_exit(0);
}
