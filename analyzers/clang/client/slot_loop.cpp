#include "analyzers/clang/client/slot_loop.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace patchgate {
namespace {

using namespace protocol;

constexpr std::size_t kMostUnsent = 1U << 20U;
/// How long past a unit's own limit the worker may take to say that it ended it.
constexpr auto kGrace = std::chrono::seconds(60);

std::string why_it_died(const Died& died, const WorkerOptions& options) {
  if (died.out_of_time) return "took longer than " + std::to_string(options.unit_wall_seconds) + " s";
  if (WIFSIGNALED(died.status)) {
    const int signal = WTERMSIG(died.status);
    const bool spent = died.cpu_microseconds / 1'000'000 >= options.unit_cpu_seconds;
    if (signal == SIGXCPU || (signal == SIGKILL && spent))
      return "needs more than " + std::to_string(options.unit_cpu_seconds) + " s of processor time";
    if (signal == SIGSYS) return "the parser tried what its sandbox forbids";
    return "the parser crashed (signal " + std::to_string(signal) + ")";
  }
  switch (WEXITSTATUS(died.status)) {
    case 0:
      return "the parser gave no answer";
    case kExitOutOfMemory:
      return "needs more than " + std::to_string(options.unit_memory_bytes >> 20U) + " MiB of memory";
    case kExitFatal:
      return "the parser met a fatal error of its own";
    case kExitNoSandbox:
      return "the parser's child could not be started in its sandbox";
    default:
      return "the parser ended with code " + std::to_string(WEXITSTATUS(died.status));
  }
}

}  // namespace

SlotLoop::SlotLoop(WorkerOptions options, FileBroker broker, WorkerProcess worker)
    : options_(std::move(options)), broker_(std::move(broker)), worker_(std::move(worker)), slots_(worker_.slots()) {}

void SlotLoop::start(unsigned index, const Task& task) {
  auto& slot = slots_[index];
  slot = ChildSlot{};
  slot.busy = true;
  slot.type = task.type;
  slot.side = task.side;
  slot.overdue = Clock::now() + std::chrono::seconds(options_.unit_wall_seconds) + kGrace;
  if (!send_all(worker_.control(), frame(task.type, encode(Request{index, task.body})))) lost_ = "it is gone";
}

void SlotLoop::complain(unsigned index, std::string why) {
  auto& slot = slots_[index];
  if (!slot.broken.empty()) return;
  slot.broken = std::move(why);
  slot.unsent.clear();
  if (!send_all(worker_.control(), frame(Type::stop, encode(Request{index, {}})))) lost_ = "it is gone";
}

void SlotLoop::end_all(const std::string& why) {
  for (unsigned i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].busy || slots_[i].out_of_time) continue;
    slots_[i].out_of_time = true;
    complain(i, why);
  }
}

bool SlotLoop::idle() const {
  return std::none_of(slots_.begin(), slots_.end(), [](const ChildSlot& slot) { return slot.busy; });
}

/// Milliseconds to wait for news.
int SlotLoop::patience() const {
  constexpr int kLongest = 1000;
  if (!wake_) return kLongest;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*wake_ - Clock::now()).count();
  return left <= 0 ? kLongest : static_cast<int>(std::min<std::int64_t>(kLongest, left));
}

void SlotLoop::take(unsigned index, Frame frame) {
  auto& slot = slots_[index];
  if (slot.answered) return complain(index, "the parser's answer has a second part");
  if (frame.type == Type::answer) {
    slot.answer = std::move(frame.payload);
    slot.answered = true;
    return;
  }
  const auto query = decode_file_query(frame.payload);
  if (frame.type != Type::file_query || !query) return complain(index, "the parser's child asks for nonsense");
  slot.unsent += protocol::frame(Type::file_reply, encode(broker_.answer(slot.side, *query)));
  if (slot.unsent.size() > kMostUnsent) return complain(index, "the parser's child does not listen");
  send_to(index);
}

void SlotLoop::send_to(unsigned index) {
  auto& slot = slots_[index];
  while (!slot.unsent.empty()) {
    const auto sent = ::send(worker_.slot(index), slot.unsent.data(), slot.unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;
    slot.unsent.erase(0, static_cast<std::size_t>(sent));
  }
}

void SlotLoop::receive_from(unsigned index, bool to_the_end) {
  auto& slot = slots_[index];
  char bytes[65536];
  // A few reads at a time, so that one child that talks a lot does not keep the others waiting.
  for (int reads = 0; to_the_end || reads < 64; ++reads) {
    const auto got = ::recv(worker_.slot(index), bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return;
    if (!slot.broken.empty()) continue;
    slot.reader.add({bytes, static_cast<std::size_t>(got)});
    while (slot.broken.empty()) {
      auto next = slot.reader.next();
      if (!next) complain(index, "the parser's answer makes no sense: " + next.error().message);
      if (!next || !*next) break;
      take(index, std::move(**next));
    }
  }
}

void SlotLoop::finish(const Died& died, const Done& done) {
  if (died.slot >= slots_.size() || !slots_[died.slot].busy) {
    lost_ = "it speaks of children that it does not have";
    return;
  }
  auto& slot = slots_[died.slot];
  receive_from(died.slot, /*to_the_end=*/true);
  const bool needs_answer = slot.type != Type::lead && slot.type != Type::unlead;
  Ended ended{std::move(slot.answer), std::move(slot.broken), false, died, slot.out_of_time};
  ended.killed = died.out_of_time || !ended.error.empty();
  if (ended.error.empty() && (died.status != 0 || slot.answered != needs_answer))
    ended.error = why_it_died(died, options_);
  if (!ended.error.empty()) ended.answer.clear();
  cpu_seconds_ += static_cast<double>(died.cpu_microseconds) / 1e6;
  max_rss_kb_ = std::max(max_rss_kb_, died.max_rss_kb);
  slot = ChildSlot{};
  done(died.slot, std::move(ended));
}

void SlotLoop::receive_control(const Done& done) {
  char bytes[4096];
  const auto got = ::recv(worker_.control(), bytes, sizeof bytes, MSG_DONTWAIT);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) {
    lost_ = "it is gone";
    return;
  }
  worker_.control_reader().add({bytes, static_cast<std::size_t>(got)});
  while (lost_.empty()) {
    auto next = worker_.control_reader().next();
    if (next && !*next) return;
    const auto died = next && (*next)->type == Type::died ? decode_died((*next)->payload)
                                                          : Result<Died>(fail(Error::Kind::io, "not expected"));
    if (died) {
      finish(*died, done);
    } else {
      lost_ = "it makes no sense";
    }
  }
}

void SlotLoop::wait(const Done& done) {
  std::vector<pollfd> waiting = {{worker_.control(), POLLIN, 0}};
  std::vector<unsigned> index_of;
  for (unsigned i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].busy) continue;
    if (Clock::now() > slots_[i].overdue) lost_ = "it does not end what is overdue";
    const short events = slots_[i].unsent.empty() ? POLLIN : POLLIN | POLLOUT;
    waiting.push_back({worker_.slot(i), events, 0});
    index_of.push_back(i);
  }
  const int ready_now = ::poll(waiting.data(), waiting.size(), piece_ ? 0 : patience());
  if (ready_now < 0 && errno != EINTR) lost_ = "it cannot be waited for";
  if (ready_now == 0 && piece_ && !piece_()) piece_ = nullptr;
  for (std::size_t i = 0; i < index_of.size() && lost_.empty(); ++i) {
    const auto ready = waiting[i + 1].revents;
    if ((ready & POLLOUT) != 0) send_to(index_of[i]);
    if ((ready & ~POLLOUT) != 0) receive_from(index_of[i], /*to_the_end=*/false);
  }
  if (waiting[0].revents != 0 && lost_.empty()) receive_control(done);
}

Result<void> SlotLoop::run(const Next& next, const Done& done, const std::function<bool()>& finished) {
  while (lost_.empty() && !finished()) {
    for (unsigned i = 0; i < slots_.size(); ++i) {
      if (slots_[i].busy) continue;
      if (const auto task = next(i)) start(i, *task);
    }
    wait(done);
  }
  if (!lost_.empty())
    return fail(Error::Kind::toolchain, "lost patchgate-worker: " + lost_, "run again; if it stays so, report it");
  return {};
}

}  // namespace patchgate
