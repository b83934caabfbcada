#include "analyzers/clang/client/worker_pool.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "analyzers/clang/client/file_broker.h"
#include "analyzers/clang/client/paths.h"
#include "analyzers/clang/client/worker_process.h"
#include "analyzers/clang/protocol/frames.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {
namespace {

using namespace protocol;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostUnsent = 1U << 20U;
/// How long past a unit's own limit the worker may take to say that it ended it.
constexpr auto kGrace = std::chrono::seconds(60);

const char* word_of(SandboxMode mode) {
  switch (mode) {
    case SandboxMode::strict:
      return "strict";
    case SandboxMode::best_effort:
      return "best-effort";
    case SandboxMode::off:
      break;
  }
  return "off";
}

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

/// One thing to be done by a child, and how it went.
struct Task {
  Type type = Type::parse;
  SourceSide side = SourceSide::base;
  std::string body;
};
struct Ended {
  std::string answer, error;
  Died died;
};

struct ChildSlot {
  bool busy = false;
  std::size_t task = 0;
  SourceSide side = SourceSide::base;
  Clock::time_point overdue{};
  FrameReader reader;
  std::string unsent;
  std::string answer;
  bool answered = false;
  std::string broken;  ///< how it broke the rules
};

}  // namespace

struct WorkerPool::State {
  WorkerOptions options;
  FileBroker broker;
  WorkerProcess worker;
  std::uint64_t tool_hash = 0;
  double cpu_seconds = 0;
  std::uint64_t max_rss_kb = 0;
  std::vector<ChildSlot> slots{};
  std::string lost{};  ///< why the worker is of no use any more

  /// Runs tasks 0 to `count` - 1, as many at a time as there are slots.
  Result<void> run(std::size_t count, const std::function<Task(std::size_t)>& make,
                   const std::function<void(std::size_t, Ended)>& done);

 private:
  void start(unsigned index, std::size_t task, const Task& what);
  void receive_from(unsigned index, bool to_the_end);
  void take(unsigned index, Frame frame);
  void send_to(unsigned index);
  void complain(unsigned index, std::string why);
  void receive_control(const std::function<void(std::size_t, Ended)>& done);
  void finish(const Died& died, const std::function<void(std::size_t, Ended)>& done);
};

void WorkerPool::State::start(unsigned index, std::size_t task, const Task& what) {
  auto& slot = slots[index];
  slot = ChildSlot{};
  slot.busy = true;
  slot.task = task;
  slot.side = what.side;
  slot.overdue = Clock::now() + std::chrono::seconds(options.unit_wall_seconds) + kGrace;
  if (!send_all(worker.control(), frame(what.type, encode(Request{index, what.body})))) lost = "it is gone";
}

void WorkerPool::State::complain(unsigned index, std::string why) {
  auto& slot = slots[index];
  if (!slot.broken.empty()) return;
  slot.broken = std::move(why);
  slot.unsent.clear();
  if (!send_all(worker.control(), frame(Type::stop, encode(Request{index, {}})))) lost = "it is gone";
}

void WorkerPool::State::take(unsigned index, Frame frame) {
  auto& slot = slots[index];
  if (slot.answered) return complain(index, "the parser's answer has a second part");
  if (frame.type == Type::answer) {
    slot.answer = std::move(frame.payload);
    slot.answered = true;
    return;
  }
  const auto query = decode_file_query(frame.payload);
  if (frame.type != Type::file_query || !query) return complain(index, "the parser's child asks for nonsense");
  slot.unsent += protocol::frame(Type::file_reply, encode(broker.answer(slot.side, *query)));
  if (slot.unsent.size() > kMostUnsent) return complain(index, "the parser's child does not listen");
  send_to(index);
}

void WorkerPool::State::send_to(unsigned index) {
  auto& slot = slots[index];
  while (!slot.unsent.empty()) {
    const auto sent = ::send(worker.slot(index), slot.unsent.data(), slot.unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;
    slot.unsent.erase(0, static_cast<std::size_t>(sent));
  }
}

void WorkerPool::State::receive_from(unsigned index, bool to_the_end) {
  auto& slot = slots[index];
  char bytes[65536];
  // A few reads at a time, so that one child that talks a lot does not keep the others waiting.
  for (int reads = 0; to_the_end || reads < 64; ++reads) {
    const auto got = ::recv(worker.slot(index), bytes, sizeof bytes, MSG_DONTWAIT);
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

void WorkerPool::State::finish(const Died& died, const std::function<void(std::size_t, Ended)>& done) {
  if (died.slot >= slots.size() || !slots[died.slot].busy) {
    lost = "it speaks of children that it does not have";
    return;
  }
  auto& slot = slots[died.slot];
  receive_from(died.slot, /*to_the_end=*/true);
  Ended ended{std::move(slot.answer), std::move(slot.broken), died};
  if (ended.error.empty() && (died.status != 0 || !slot.answered)) ended.error = why_it_died(died, options);
  if (!ended.error.empty()) ended.answer.clear();
  cpu_seconds += static_cast<double>(died.cpu_microseconds) / 1e6;
  max_rss_kb = std::max(max_rss_kb, died.max_rss_kb);
  const auto task = slot.task;
  slot = ChildSlot{};
  done(task, std::move(ended));
}

void WorkerPool::State::receive_control(const std::function<void(std::size_t, Ended)>& done) {
  char bytes[4096];
  const auto got = ::recv(worker.control(), bytes, sizeof bytes, MSG_DONTWAIT);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) {
    lost = "it is gone";
    return;
  }
  worker.control_reader().add({bytes, static_cast<std::size_t>(got)});
  while (lost.empty()) {
    auto next = worker.control_reader().next();
    if (next && !*next) return;
    const auto died = next && (*next)->type == Type::died ? decode_died((*next)->payload)
                                                          : Result<Died>(fail(Error::Kind::io, "not expected"));
    if (died) {
      finish(*died, done);
    } else {
      lost = "it makes no sense";
    }
  }
}

Result<void> WorkerPool::State::run(std::size_t count, const std::function<Task(std::size_t)>& make,
                                    const std::function<void(std::size_t, Ended)>& done) {
  std::size_t started = 0;
  std::size_t ended = 0;
  const auto count_and_pass_on = [&](std::size_t task, Ended how) {
    ++ended;
    done(task, std::move(how));
  };
  while (lost.empty() && ended < count) {
    std::vector<pollfd> waiting = {{worker.control(), POLLIN, 0}};
    std::vector<unsigned> index_of;
    for (unsigned i = 0; i < slots.size(); ++i) {
      if (!slots[i].busy && started < count) {
        start(i, started, make(started));
        ++started;
      }
      if (!slots[i].busy) continue;
      if (Clock::now() > slots[i].overdue) lost = "it does not end what is overdue";
      const short events = slots[i].unsent.empty() ? POLLIN : POLLIN | POLLOUT;
      waiting.push_back({worker.slot(i), events, 0});
      index_of.push_back(i);
    }
    if (::poll(waiting.data(), waiting.size(), 1000) < 0 && errno != EINTR) lost = "it cannot be waited for";
    for (std::size_t i = 0; i < index_of.size() && lost.empty(); ++i) {
      const auto ready = waiting[i + 1].revents;
      if ((ready & POLLOUT) != 0) send_to(index_of[i]);
      if ((ready & ~POLLOUT) != 0) receive_from(index_of[i], /*to_the_end=*/false);
    }
    if (waiting[0].revents != 0 && lost.empty()) receive_control(count_and_pass_on);
  }
  if (!lost.empty())
    return fail(Error::Kind::toolchain, "lost patchgate-worker: " + lost, "run again; if it stays so, report it");
  return {};
}

WorkerPool::WorkerPool(std::unique_ptr<State> state) : state_(std::move(state)) {}
WorkerPool::WorkerPool(WorkerPool&&) noexcept = default;
WorkerPool& WorkerPool::operator=(WorkerPool&&) noexcept = default;
WorkerPool::~WorkerPool() = default;

Result<WorkerPool> WorkerPool::start(WorkerOptions options, SourceReader reader) {
  FileTableWriter::Sizes sizes;
  PATCHGATE_TRY(auto table, FileTableWriter::make(sizes));
  WorkerProcess::Start how;
  how.program = options.worker;
  how.slots = std::clamp(options.jobs, 1U, kMaxSlots);
  how.table_fd = table.table_fd();
  how.arena_fd = table.arena_fd();
  how.arena_size = sizes.arena;
  how.sandbox = word_of(options.sandbox);
  PATCHGATE_TRY(auto worker, WorkerProcess::run(how));
  const auto& hello = worker.hello();
  if (hello.resource_dir.empty())
    return fail(Error::Kind::toolchain, "Clang's own headers (lib/clang/…/include) are not installed",
                "install libclang-common-dev of the version that patchgate-worker was built with");
  FileBroker::Folders folders;
  folders.root = options.root;
  folders.disk_root = options.disk_root;
  folders.extra_roots = options.extra_roots;
  FileBroker broker(folders, std::move(reader), std::move(table));
  broker.allow_machine_folder(hello.resource_dir);
  const auto tool = hash64(hello.clang + '\n' + std::to_string(kUnitFormat) + '\n' + std::to_string(kVersion) + '\n' +
                           std::string(file_name(hello.resource_dir)));
  const Limits limits{options.unit_cpu_seconds, options.unit_wall_seconds, options.unit_memory_bytes};
  if (!send_all(worker.control(), frame(Type::hello, encode(limits))))
    return fail(Error::Kind::toolchain, "lost patchgate-worker: it is gone");
  std::unique_ptr<State> state(new State{std::move(options), std::move(broker), std::move(worker), tool});
  state->slots.resize(state->worker.slots());
  return WorkerPool(std::move(state));
}

Result<void> WorkerPool::parse(const std::vector<ParseJob>& jobs, const std::function<void(Outcome)>& done) {
  const auto root = normal_path(state_->options.root.string());
  const auto make = [&](std::size_t i) {
    const auto& command = jobs[i].command;
    const ParseBody body{static_cast<std::uint8_t>(jobs[i].side == SourceSide::base ? 0 : 1), root, command.directory,
                         command.file, command.arguments};
    return Task{Type::parse, jobs[i].side, encode(body)};
  };
  return state_->run(jobs.size(), make, [&](std::size_t job, Ended ended) {
    done(
        {job, std::move(ended.answer), std::move(ended.error), static_cast<double>(ended.died.cpu_microseconds) / 1e6});
  });
}

Result<std::vector<Token>> WorkerPool::lex(std::string_view text, bool cplusplus) {
  Ended ended;
  PATCHGATE_CHECK(state_->run(
      1,
      [&](std::size_t) {
        return Task{Type::lex, SourceSide::base, encode(LexBody{cplusplus, std::string(text)})};
      },
      [&](std::size_t, Ended how) { ended = std::move(how); }));
  if (!ended.error.empty()) return fail(Error::Kind::limit, "cannot read the tokens of a file: " + ended.error);
  return decode_tokens(ended.answer);
}

Result<std::vector<WorkerPool::Probe>> WorkerPool::probe() {
  static constexpr std::array<const char*, kProbes> kNames = {
      "read a file", "write a file",    "open a socket",         "start a program",
      "fork",        "trace a process", "signal another process"};
  std::vector<Probe> probes(kNames.size());
  PATCHGATE_CHECK(state_->run(
      kNames.size(),
      [](std::size_t i) {
        return Task{Type::probe, SourceSide::base, std::string(1, static_cast<char>(i))};
      },
      [&](std::size_t i, Ended ended) {
        const bool killed = WIFSIGNALED(ended.died.status) && WTERMSIG(ended.died.status) == SIGSYS;
        const bool refused = killed || (ended.error.empty() && !ended.answer.empty() && ended.answer != "0");
        probes[i] = {kNames[i], refused,
                     killed                ? "killed"
                     : ended.error.empty() ? "errno " + ended.answer
                                           : ended.error};
      }));
  return probes;
}

const std::string& WorkerPool::sandbox() const { return state_->worker.hello().sandbox; }
std::uint64_t WorkerPool::tool_hash() const { return state_->tool_hash; }
double WorkerPool::cpu_seconds() const { return state_->cpu_seconds; }
std::uint64_t WorkerPool::max_rss_kb() const { return state_->max_rss_kb; }

}  // namespace patchgate
