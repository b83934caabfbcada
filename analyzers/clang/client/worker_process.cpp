#include "analyzers/clang/client/worker_process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace patchgate {
namespace {

using namespace protocol;

struct SocketPair {
  Descriptor ours, theirs;
};

Result<SocketPair> socket_pair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return fail(Error::Kind::toolchain, std::string("cannot make a socket pair: ") + std::strerror(errno));
  return SocketPair{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// In the new process, where only simple system calls are safe: puts the descriptors where the worker expects them,
/// closes all others, and starts the program. `fds` are distinct and above all target numbers.
[[noreturn]] void become_worker(const char* program, char* const* arguments, const int* fds, int count) {
  for (int i = 0; i < count; ++i)
    if (::dup2(fds[i], i) < 0) ::_exit(127);
  ::close_range(static_cast<unsigned>(count), ~0U, 0);
  // Set before exec, so that the kernel leaves that much room below the stack.
  constexpr rlim_t kStack = 64U << 20U;
  rlimit stack = {};
  if (::getrlimit(RLIMIT_STACK, &stack) == 0) {
    stack.rlim_cur = stack.rlim_max < kStack ? stack.rlim_max : kStack;
    ::setrlimit(RLIMIT_STACK, &stack);
  }
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  // Nothing of ours. Its memory is touched for the first time in large pages where the machine has them on request,
  // which spares C++ units two of three page faults. Other C libraries than glibc know nothing of this.
  char tunables[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1";
  char* const environment[] = {tunables, nullptr};
  ::execve(program, arguments, environment);
  const char* why = std::strerror(errno);
  const auto ignored = ::write(2, why, std::strlen(why));
  (void)ignored;
  ::_exit(127);
}

std::string printable(std::string text) {
  for (auto& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = ' ';
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string what_it_said(int fd) {
  std::string text(4096, '\0');
  pollfd ready = {fd, POLLIN, 0};
  if (::poll(&ready, 1, 1000) <= 0) return {};
  const auto got = ::read(fd, text.data(), text.size());
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return printable(std::move(text));
}

/// The worker's first frame, or none in time.
std::optional<Frame> first_frame(int socket, FrameReader& reader, unsigned seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (true) {
    auto next = reader.next();
    if (!next) return std::nullopt;
    if (*next) return std::move(**next);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd ready = {socket, POLLIN, 0};
    if (left <= 0 || (::poll(&ready, 1, static_cast<int>(left)) < 0 && errno != EINTR)) return std::nullopt;
    char bytes[4096];
    const auto got = ::recv(socket, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return std::nullopt;
    reader.add({bytes, static_cast<std::size_t>(got)});
  }
}

}  // namespace

Result<WorkerProcess> WorkerProcess::run(const Start& start) {
  const auto name = start.program.string();
  if (::access(name.c_str(), X_OK) != 0)
    return fail(Error::Kind::toolchain, "cannot run " + name + ": " + std::strerror(errno),
                "patchgate-worker is installed beside patchgate; install it again");
  WorkerProcess worker;
  PATCHGATE_TRY(auto control, socket_pair());
  PATCHGATE_TRY(auto complaints, socket_pair());
  Descriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return fail(Error::Kind::toolchain, "cannot open /dev/null");
  std::vector<int> wanted = {null.get(),           null.get(),     complaints.theirs.get(),
                             control.theirs.get(), start.table_fd, start.arena_fd};
  std::vector<Descriptor> theirs;
  for (unsigned i = 0; i < start.slots; ++i) {
    PATCHGATE_TRY(auto pair, socket_pair());
    ::fcntl(pair.ours.get(), F_SETFL, O_NONBLOCK);
    wanted.push_back(pair.theirs.get());
    worker.slots_.push_back(std::move(pair.ours));
    theirs.push_back(std::move(pair.theirs));
  }
  // Copies above all target numbers, so that none is overwritten before its turn.
  std::vector<Descriptor> high;
  std::vector<int> numbers;
  for (const int fd : wanted) {
    high.emplace_back(::fcntl(fd, F_DUPFD_CLOEXEC, static_cast<int>(wanted.size())));
    if (!high.back()) return fail(Error::Kind::toolchain, "too many open files", "raise ulimit -n");
    numbers.push_back(high.back().get());
  }

  std::array<std::string, 5> words = {"patchgate-worker", std::to_string(kVersion), std::to_string(start.slots),
                                      std::to_string(start.arena_size), start.sandbox};
  std::array<char*, 6> arguments = {};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  worker.pid_.value = ::fork();
  if (worker.pid_.value < 0) {
    worker.pid_.value = 0;
    return fail(Error::Kind::toolchain, std::string("cannot start the worker: ") + std::strerror(errno));
  }
  if (worker.pid_.value == 0)
    become_worker(name.c_str(), arguments.data(), numbers.data(), static_cast<int>(numbers.size()));
  worker.control_ = std::move(control.ours);
  // Ours of what is theirs must go, or the end of the worker would not be seen.
  high.clear();
  theirs.clear();
  control.theirs = Descriptor();
  complaints.theirs = Descriptor();

  const auto first = first_frame(worker.control(), worker.control_reader_, start.patience_seconds);
  if (!first) {
    const auto said = what_it_said(complaints.ours.get());
    return fail(Error::Kind::toolchain, name + " did not start" + (said.empty() ? "" : ": " + said),
                "try `" + name + " --version`; patchgate and patchgate-worker must come from one build");
  }
  auto hello = first->type == Type::hello ? decode_hello(first->payload)
                                          : Result<Hello>(fail(Error::Kind::io, "it did not say hello"));
  if (!hello || hello->version != kVersion)
    return fail(Error::Kind::toolchain, name + " speaks another protocol",
                "install patchgate and patchgate-worker from one build");
  worker.hello_ = std::move(*hello);
  return worker;
}

WorkerProcess& WorkerProcess::operator=(WorkerProcess&& other) noexcept {
  if (this != &other) {
    end();
    pid_ = std::move(other.pid_);
    control_ = std::move(other.control_);
    slots_ = std::move(other.slots_);
    control_reader_ = std::move(other.control_reader_);
    hello_ = std::move(other.hello_);
  }
  return *this;
}

WorkerProcess::~WorkerProcess() { end(); }

void WorkerProcess::end() {
  if (pid_.value <= 0) return;
  // Its children go with it: each asked the kernel for that when it started.
  ::kill(pid_.value, SIGKILL);
  while (::waitpid(pid_.value, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_.value = 0;
}

}  // namespace patchgate
