#include "analyzers/clang/worker/serve.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>
#include <vector>

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/worker/child.h"
#include "analyzers/clang/worker/slot.h"

namespace patchgate {
namespace {

using Clock = Slot::Clock;
using namespace protocol;

void drop_what_waits(int socket) {
  char stale[4096];
  while (::recv(socket, stale, sizeof stale, MSG_DONTWAIT) > 0) {
  }
}

class Server {
 public:
  Server(const ServeOptions& options, const FileTableReader& files) : options_(options), files_(files) {
    for (unsigned i = 0; i < options.slots; ++i)
      slots_.emplace_back(kFirstSlotFd + static_cast<int>(i), options.reins[i].worker);
  }

  void run() {
    while (alive_) {
      std::vector<pollfd> ready = {{kControlFd, POLLIN, 0}, {options_.children_fd, POLLIN, 0}};
      for (const auto& slot : slots_) {
        if (slot.has_leader()) ready.push_back({slot.reins(), POLLIN, 0});
        if (slot.fork_requests() >= 0) ready.push_back({slot.fork_requests(), POLLIN, 0});
      }
      if (::poll(ready.data(), ready.size(), milliseconds_to_next_deadline()) < 0 && errno != EINTR) break;
      hear_fork_requests(ready);
      hear_leaders();
      if (ready[1].revents != 0) reap();
      for (auto& slot : slots_)
        if (slot.is_overdue(Clock::now())) slot.end_overdue();
      if (ready[0].revents != 0) take_requests();
    }
    for (auto& slot : slots_) slot.end();
  }

 private:
  int milliseconds_to_next_deadline() const {
    auto wait = std::chrono::milliseconds(-1);
    for (const auto& slot : slots_) {
      if (!slot.is_pending() || slot.is_out_of_time()) continue;
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(slot.deadline() - Clock::now());
      const auto bounded = std::clamp(left, std::chrono::milliseconds(0), std::chrono::milliseconds(60'000));
      if (wait.count() < 0 || bounded < wait) wait = bounded;
    }
    return static_cast<int>(wait.count());
  }

  Clock::time_point deadline() const { return Clock::now() + std::chrono::seconds(limits_.wall_seconds); }

  void hear_fork_requests(const std::vector<pollfd>& ready) {
    for (auto& slot : slots_) {
      const auto same = [&](const pollfd& one) { return one.fd == slot.fork_requests(); };
      const auto found = std::find_if(ready.begin() + 2, ready.end(), same);
      if (found != ready.end()) slot.hear_fork_requests(found->revents);
    }
  }

  void hear_leaders() {
    for (auto& slot : slots_) {
      if (!slot.has_leader()) continue;
      if (const auto died = slot.hear_leader()) report(slot, *died);
    }
  }

  void reap() {
    signalfd_siginfo events[16];
    while (::read(options_.children_fd, events, sizeof events) == static_cast<ssize_t>(sizeof events)) {
    }
    for (auto& slot : slots_)
      if (const auto died = slot.reap()) report(slot, *died);
  }

  void report(const Slot& slot, Died died) {
    died.slot = static_cast<std::uint32_t>(&slot - slots_.data());
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
      slot.end();
    } else if (slot.is_pending()) {
      alive_ = false;
    } else if (slot.has_child()) {
      ask_leader(slot, frame.type, request->body);
    } else {
      start(slot, frame.type, request->body);
    }
  }

  void ask_leader(Slot& slot, Type type, const std::string& body) {
    const auto leave = type == Type::unlead ? decode_unlead_body(body) : Result<UnleadBody>(UnleadBody());
    if (!leave) {
      alive_ = false;
    } else if (leave->all) {
      slot.end_for(deadline());
    } else {
      drop_what_waits(slot.socket());
      if (!slot.pass_on(type, body, deadline())) slot.end();
    }
  }

  void start(Slot& slot, Type type, const std::string& body) {
    const auto lead = type == Type::lead ? decode_lead_body(body) : Result<LeadBody>(LeadBody());
    if (type == Type::unlead) return report(slot, Died{0, 0, false, 0, 0});  // they ended by themselves
    if (!lead || lead->depth != 0) return report(slot, Died{0, kExitNotShared << 8, false, 0, 0});
    // What the parent still sent to a child that is gone must not reach the next one.
    drop_what_waits(slot.socket());
    const auto& reins = options_.reins[static_cast<std::size_t>(&slot - slots_.data())];
    drop_what_waits(reins.worker);
    drop_what_waits(reins.leader);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) {
      report(slot, Died{0, kExitNoSandbox << 8, false, 0, 0});
    } else if (child > 0) {
      slot.started(child, type == Type::lead, deadline());
    } else {
      ::close(kControlFd);
      ::close(options_.children_fd);
      for (const auto& other : slots_) {
        if (other.socket() != slot.socket()) ::close(other.socket());
        if (other.fork_requests() >= 0) ::close(other.fork_requests());
      }
      for (const auto& pair : options_.reins) {
        ::close(pair.worker);
        if (type != Type::lead || pair.leader != reins.leader) ::close(pair.leader);
      }
      run_child({slot.socket(), reins.leader, parent, limits_, options_.own_address_space, options_.resource_dir,
                 options_.stand_in, &files_},
                type, body);
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
