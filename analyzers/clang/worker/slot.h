#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <sys/resource.h>
#include <sys/types.h>

#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/protocol/messages.h"
#include "analyzers/clang/worker/fork_requests.h"

namespace patchgate {

/// One slot of the worker: a child that works on one request, or a leader with whatever it forked, all in one group of
/// processes. Used by one thread.
class Slot {
 public:
  using Clock = std::chrono::steady_clock;

  Slot(int socket, int reins) : socket_(socket), reins_(reins) {}

  int socket() const { return socket_; }
  int reins() const { return reins_; }
  /// -1 = nobody can ask to fork.
  int fork_requests() const { return fork_requests_.fd(); }
  bool has_child() const { return child_ != 0; }
  bool has_leader() const { return child_ != 0 && leader_; }
  /// A request was made that died has not answered yet.
  bool is_pending() const { return pending_; }
  bool is_out_of_time() const { return out_of_time_; }
  Clock::time_point deadline() const { return deadline_; }
  /// Its time is over and nothing was done about that.
  bool is_overdue(Clock::time_point now) const { return pending_ && !out_of_time_ && now >= deadline_; }

  void started(pid_t child, bool leader, Clock::time_point deadline);
  /// Hands a request to the leader. False when it can't be sent.
  bool pass_on(protocol::Type type, const std::string& body, Clock::time_point deadline);
  /// Kills the child and its whole group.
  void end();
  void end_overdue();
  /// The request is answered by the end of the group.
  void end_for(Clock::time_point deadline);

  /// What the leader says of one request; kills the group when it says anything else.
  std::optional<protocol::Died> hear_leader();
  /// Answers a request to fork, as poll announced it: one is granted for each request that the leader was handed, as
  /// long as it has not answered that.
  void hear_fork_requests(short events);
  /// Takes what has ended of the group. When nothing is left of it, the slot is free, and what is answered is how the
  /// child ended, if a request was pending.
  std::optional<protocol::Died> reap();

 private:
  void take(int status, const rusage& used, bool is_child);

  int socket_, reins_;
  pid_t child_ = 0;
  bool leader_ = false, pending_ = false, out_of_time_ = false, ended_ = false, can_ask_ = false;
  int status_ = 0;
  Clock::time_point deadline_{};
  protocol::FrameReader from_leader_;
  ForkRequests fork_requests_;
  unsigned forks_left_ = 0;
  std::uint64_t cpu_microseconds_ = 0, told_microseconds_ = 0, max_rss_kb_ = 0;
};

}  // namespace patchgate
