#include "analyzers/clang/worker/probe.h"

#include <cerrno>

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

#include "analyzers/clang/protocol/messages.h"

namespace patchgate {
namespace {

int errno_if(bool failed) { return failed ? errno : 0; }

}  // namespace

int run_probe(std::string_view kind, pid_t worker) {
  using protocol::ProbeKind;
  if (kind.size() != 1) return 0;
  switch (static_cast<ProbeKind>(kind.front())) {
    case ProbeKind::open_file:
      return errno_if(::open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0);
    case ProbeKind::write_file:
      if (::open("/tmp/patchgate-probe", O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600) < 0) return errno;
      ::unlink("/tmp/patchgate-probe");
      return 0;
    case ProbeKind::socket:
      return errno_if(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0);
    case ProbeKind::exec: {
      char program[] = "/bin/true";
      char* const arguments[] = {program, nullptr};
      char* const environment[] = {nullptr};
      ::execve(program, arguments, environment);
      return errno;
    }
    case ProbeKind::fork:
    case ProbeKind::fork_again: {
      const pid_t child = ::fork();
      if (child == 0) ::_exit(0);
      return errno_if(child < 0);
    }
    case ProbeKind::trace:
      return errno_if(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0);
    case ProbeKind::signal_parent:
      return errno_if(::kill(worker, 0) != 0);
  }
  return 0;
}

}  // namespace patchgate
