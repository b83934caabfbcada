#include "analyzers/clang/worker/serve.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <vector>

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/worker/child.h"

namespace patchgate {
namespace {

using Clock = std::chrono::steady_clock;
using namespace protocol;

struct Slot {
  int fd = -1;
  pid_t child = 0;
  Clock::time_point deadline{};
  bool out_of_time = false;
};

class Server {
 public:
  Server(const ServeOptions& options, const FileTableReader& files) : options_(options), files_(files) {
    for (unsigned i = 0; i < options.slots; ++i) slots_.push_back({kFirstSlotFd + static_cast<int>(i), 0, {}, false});
  }

  void run() {
    while (alive_) {
      pollfd ready[2] = {{kControlFd, POLLIN, 0}, {options_.children_fd, POLLIN, 0}};
      if (::poll(ready, 2, milliseconds_to_next_deadline()) < 0 && errno != EINTR) break;
      if (ready[1].revents != 0) reap();
      end_overdue();
      if (ready[0].revents != 0) take_requests();
    }
    for (auto& slot : slots_) end(slot);
  }

 private:
  int milliseconds_to_next_deadline() const {
    auto wait = std::chrono::milliseconds(-1);
    for (const auto& slot : slots_) {
      if (slot.child == 0 || slot.out_of_time) continue;
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(slot.deadline - Clock::now());
      const auto bounded = std::clamp(left, std::chrono::milliseconds(0), std::chrono::milliseconds(60'000));
      if (wait.count() < 0 || bounded < wait) wait = bounded;
    }
    return static_cast<int>(wait.count());
  }

  static void end(const Slot& slot) {
    if (slot.child == 0) return;
    ::kill(-slot.child, SIGKILL);
    ::kill(slot.child, SIGKILL);  // it may not have its own group yet
  }

  void end_overdue() {
    for (auto& slot : slots_) {
      if (slot.child == 0 || slot.out_of_time || Clock::now() < slot.deadline) continue;
      slot.out_of_time = true;
      end(slot);
    }
  }

  void reap() {
    signalfd_siginfo events[16];
    while (::read(options_.children_fd, events, sizeof events) == static_cast<ssize_t>(sizeof events)) {
    }
    int status = 0;
    rusage used = {};
    for (pid_t pid = ::wait4(-1, &status, WNOHANG, &used); pid > 0; pid = ::wait4(-1, &status, WNOHANG, &used)) {
      const auto slot = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& one) { return one.child == pid; });
      if (slot == slots_.end()) continue;
      const auto microseconds = [](const timeval& time) {
        return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(time.tv_usec);
      };
      report(*slot, status, microseconds(used.ru_utime) + microseconds(used.ru_stime),
             static_cast<std::uint64_t>(used.ru_maxrss));
    }
  }

  void report(Slot& slot, int status, std::uint64_t cpu_microseconds, std::uint64_t max_rss_kb) {
    const Died died{static_cast<std::uint32_t>(&slot - slots_.data()), status, slot.out_of_time, cpu_microseconds,
                    max_rss_kb};
    slot.child = 0;
    slot.out_of_time = false;
    if (!send_all(kControlFd, frame(Type::died, encode(died)))) alive_ = false;
  }

  void take_requests() {
    char bytes[65536];
    const auto got = ::recv(kControlFd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (got <= 0) {
      alive_ = false;
      return;
    }
    control_.add({bytes, static_cast<std::size_t>(got)});
    while (alive_) {
      auto next = control_.next();
      if (!next) alive_ = false;
      if (!next || !*next) return;
      take(std::move(**next));
    }
  }

  void take(Frame frame) {
    if (frame.type == Type::hello) {
      if (const auto limits = decode_limits(frame.payload)) limits_ = *limits;
      return;
    }
    auto request = decode_request(frame.payload);
    if (!request || request->slot >= slots_.size()) {
      alive_ = false;
      return;
    }
    auto& slot = slots_[request->slot];
    if (frame.type == Type::stop) {
      end(slot);
    } else if (slot.child != 0) {
      alive_ = false;
    } else {
      start(slot, frame.type, request->body);
    }
  }

  void start(Slot& slot, Type type, const std::string& body) {
    // What the parent still sent to a child that is gone must not reach the next one.
    char stale[4096];
    while (::recv(slot.fd, stale, sizeof stale, MSG_DONTWAIT) > 0) {
    }
    slot.deadline = Clock::now() + std::chrono::seconds(limits_.wall_seconds);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) {
      report(slot, kExitNoSandbox << 8, 0, 0);
    } else if (child > 0) {
      slot.child = child;
    } else {
      ::close(kControlFd);
      ::close(options_.children_fd);
      for (const auto& other : slots_)
        if (other.fd != slot.fd) ::close(other.fd);
      run_child({slot.fd, parent, limits_, options_.own_address_space, options_.resource_dir, &files_}, type, body);
    }
  }

  const ServeOptions& options_;
  const FileTableReader& files_;
  std::vector<Slot> slots_;
  FrameReader control_;
  Limits limits_;
  bool alive_ = true;
};

}  // namespace

void serve(const ServeOptions& options, const FileTableReader& files) { Server(options, files).run(); }

}  // namespace patchgate
