#include "analyzers/clang/worker/slot.h"

#include <algorithm>

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace patchgate {

using namespace protocol;

void Slot::started(pid_t child, bool leader, Clock::time_point deadline) {
  *this = Slot(socket_, reins_);
  child_ = child;
  leader_ = leader;
  pending_ = true;
  deadline_ = deadline;
}

bool Slot::pass_on(Type type, const std::string& body, Clock::time_point deadline) {
  pending_ = true;
  deadline_ = deadline;
  forks_left_ = type == Type::unlead ? 0 : 1;
  return send_all(reins_, frame(type, body));
}

void Slot::end() {
  if (child_ == 0) return;
  ::kill(-child_, SIGKILL);
  if (!ended_) ::kill(child_, SIGKILL);  // it may not have its own group yet
}

void Slot::end_overdue() {
  out_of_time_ = true;
  end();
}

void Slot::end_for(Clock::time_point deadline) {
  pending_ = true;
  deadline_ = deadline;
  end();
}

std::optional<Died> Slot::hear_leader() {
  if (!can_ask_) {
    // The first that it says, before it reads any input.
    const auto requests = ForkRequests::take_over(reins_);
    if (!requests) return std::nullopt;
    fork_requests_ = ForkRequests(*requests);
    can_ask_ = fork_requests_.fd() >= 0;
    if (!can_ask_) end();
    return std::nullopt;
  }
  char bytes[4096];
  const auto got = ::recv(reins_, bytes, sizeof bytes, MSG_DONTWAIT);
  if (got <= 0) return std::nullopt;
  from_leader_.add({bytes, static_cast<std::size_t>(got)});
  auto next = from_leader_.next();
  if (next && !*next) return std::nullopt;
  auto died = next && (*next)->type == Type::died ? decode_died((*next)->payload) : fail(Error::Kind::io, "");
  if (!died || !pending_ || !from_leader_.clean()) {
    end();
    return std::nullopt;
  }
  pending_ = false;
  forks_left_ = 0;
  told_microseconds_ += died->cpu_microseconds;
  return *died;
}

void Slot::hear_fork_requests(short events) {
  if ((events & POLLIN) != 0) {
    fork_requests_.answer(forks_left_);
  } else if (events != 0) {
    fork_requests_ = ForkRequests();  // nobody is left who could ask
  }
}

void Slot::take(int status, const rusage& used, bool is_child) {
  const auto microseconds = [](const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(time.tv_usec);
  };
  cpu_microseconds_ += microseconds(used.ru_utime) + microseconds(used.ru_stime);
  max_rss_kb_ = std::max(max_rss_kb_, static_cast<std::uint64_t>(used.ru_maxrss));
  if (!is_child) return;
  ended_ = true;
  status_ = status;
}

std::optional<Died> Slot::reap() {
  if (child_ == 0) return std::nullopt;
  int status = 0;
  rusage used = {};
  if (!ended_ && ::wait4(child_, &status, WNOHANG, &used) == child_) {
    take(status, used, true);
    end();
  }
  pid_t other = 0;
  while (ended_ && (other = ::wait4(-child_, &status, WNOHANG, &used)) > 0) take(status, used, false);
  if (!ended_ || other == 0) return std::nullopt;
  const auto told = std::min(told_microseconds_, cpu_microseconds_);
  const Died died{0, status_, out_of_time_, cpu_microseconds_ - told, max_rss_kb_};
  const bool pending = pending_;
  *this = Slot(socket_, reins_);
  return pending ? std::optional(died) : std::nullopt;
}

}  // namespace patchgate
