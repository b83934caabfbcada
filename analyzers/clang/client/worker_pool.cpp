#include "analyzers/clang/client/worker_pool.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include <signal.h>
#include <sys/wait.h>

#include "analyzers/clang/client/parse_run.h"
#include "analyzers/clang/client/paths.h"
#include "analyzers/clang/client/slot_loop.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {
namespace {

using namespace protocol;

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

}  // namespace

struct WorkerPool::State {
  SlotLoop loop;
  std::uint64_t tool_hash = 0;
  std::optional<ParsingEnd> end_of_parsing{};
  std::function<bool()> piece{};  ///< of while_parsing()

  /// Runs tasks 0 to `count` - 1, as many at a time as there are slots.
  Result<void> run(std::size_t count, const std::function<SlotLoop::Task(std::size_t)>& make,
                   const std::function<void(std::size_t, SlotLoop::Ended)>& done);
};

Result<void> WorkerPool::State::run(std::size_t count, const std::function<SlotLoop::Task(std::size_t)>& make,
                                    const std::function<void(std::size_t, SlotLoop::Ended)>& done) {
  std::size_t started = 0;
  std::size_t ended = 0;
  std::vector<std::size_t> task_of(loop.slots());
  return loop.run(
      [&](unsigned slot) {
        if (started == count) return std::optional<SlotLoop::Task>();
        task_of[slot] = started;
        return std::optional(make(started++));
      },
      [&](unsigned slot, SlotLoop::Ended how) {
        ++ended;
        done(task_of[slot], std::move(how));
      },
      [&] { return ended == count; });
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
  const Limits limits{options.unit_cpu_seconds, options.unit_wall_seconds, options.unit_memory_bytes,
                      options.every_body};
  if (!send_all(worker.control(), frame(Type::hello, encode(limits))))
    return fail(Error::Kind::toolchain, "lost patchgate-worker: it is gone");
  return WorkerPool(
      std::unique_ptr<State>(new State{SlotLoop(std::move(options), std::move(broker), std::move(worker)), tool}));
}

Result<void> WorkerPool::parse(const std::vector<ParseJob>& jobs, const std::function<void(Outcome)>& done) {
  state_->loop.while_waiting(std::exchange(state_->piece, nullptr));
  auto parsed = ParseRun(state_->loop, jobs, state_->end_of_parsing).run(done);
  state_->loop.while_waiting(nullptr);
  return parsed;
}

Result<void> WorkerPool::shape(const std::vector<ShapeJob>& jobs, const std::function<void(Outcome)>& done) {
  const auto root = normal_path(state_->loop.options().root.string());
  const auto& end = state_->end_of_parsing;
  const auto late = [&] { return end && std::chrono::steady_clock::now() >= end->when; };
  std::size_t started = 0;
  std::size_t told = 0;
  std::vector<std::size_t> job_of(state_->loop.slots());
  if (end) state_->loop.wake_at(end->when);
  PATCHGATE_CHECK(state_->loop.run(
      [&](unsigned slot) -> std::optional<SlotLoop::Task> {
        if (started == jobs.size() || late()) return std::nullopt;
        job_of[slot] = started;
        const auto& job = jobs[started++];
        ShapeBody body{body_of(job.unit, root), {}};
        for (const auto& [path, range] : job.wanted) body.wanted.push_back({path, range.begin, range.end});
        return SlotLoop::Task{Type::shape, job.unit.side, encode(body)};
      },
      [&](unsigned slot, SlotLoop::Ended how) {
        ++told;
        done({job_of[slot], std::move(how.answer), std::move(how.error),
              static_cast<double>(how.died.cpu_microseconds) / 1e6, false, how.out_of_time});
      },
      [&] {
        if (late()) state_->loop.end_all(end->why);
        return told == jobs.size() || (late() && told == started);
      }));
  for (; started < jobs.size(); ++started) done({started, {}, end->why, 0, false, true});
  return {};
}

void WorkerPool::while_parsing(std::function<bool()> piece) { state_->piece = std::move(piece); }

void WorkerPool::end_parsing_at(std::chrono::steady_clock::time_point when, std::string why) {
  state_->end_of_parsing = ParsingEnd{when, std::move(why)};
}

Result<std::vector<Token>> WorkerPool::lex(std::string_view text, bool cplusplus) {
  SlotLoop::Ended ended;
  PATCHGATE_CHECK(state_->run(
      1,
      [&](std::size_t) {
        return SlotLoop::Task{Type::lex, SourceSide::base, encode(LexBody{cplusplus, std::string(text)})};
      },
      [&](std::size_t, SlotLoop::Ended how) { ended = std::move(how); }));
  if (!ended.error.empty()) return fail(Error::Kind::limit, "cannot read the tokens of a file: " + ended.error);
  return decode_tokens(ended.answer);
}

Result<std::vector<WorkerPool::Probe>> WorkerPool::probe(bool shared_start) {
  static constexpr std::array<const char*, kProbes> kNames = {
      "read a file", "write a file",    "open a socket",          "start a program",
      "fork",        "trace a process", "signal another process", "fork once more than asked"};
  std::vector<SlotLoop::Task> tasks;
  const auto root = normal_path(state_->loop.options().root.string());
  if (shared_start)
    tasks.push_back({Type::lead, SourceSide::base, encode(LeadBody{{0, root, root, "probe.c", {}}, 0, {}})});
  for (int kind = 0; kind < kProbes; ++kind)
    tasks.push_back({Type::probe, SourceSide::base, std::string(1, static_cast<char>(kind))});
  if (shared_start) tasks.push_back({Type::unlead, SourceSide::base, encode(UnleadBody{true})});

  std::vector<Probe> probes;
  std::string failure;
  std::size_t started = 0;
  std::size_t ended = 0;
  const auto next = [&](unsigned slot) {
    // One after the other: the leader is that of one slot.
    const bool now = slot == 0 && started == ended && started < tasks.size();
    return now ? std::optional(tasks[started++]) : std::nullopt;
  };
  const auto done = [&](unsigned, SlotLoop::Ended how) {
    if (tasks[ended++].type == Type::lead && !how.error.empty()) failure = how.error;
    if (tasks[ended - 1].type != Type::probe) return;
    const bool killed = WIFSIGNALED(how.died.status) && WTERMSIG(how.died.status) == SIGSYS;
    const bool refused = killed || (how.error.empty() && !how.answer.empty() && how.answer != "0");
    const auto said = killed ? "killed" : how.error.empty() ? "errno " + how.answer : how.error;
    probes.push_back({kNames[probes.size()], refused, said});
  };
  PATCHGATE_CHECK(state_->loop.run(next, done, [&] { return ended == tasks.size(); }));
  if (!failure.empty()) return fail(Error::Kind::toolchain, "no unit can share its start: " + failure);
  return probes;
}

bool WorkerPool::is_there(SourceSide side, const std::string& path) const {
  return state_->loop.broker().kind_now(side, path) != FileKind::absent;
}

std::optional<Hash128> WorkerPool::hash_now(SourceSide side, const std::string& path) const {
  return state_->loop.broker().hash_now(side, path);
}

Result<std::vector<std::string>> WorkerPool::names_on_disk(const std::string& folder) const {
  return state_->loop.broker().names_on_disk(folder);
}

const std::string& WorkerPool::sandbox() const { return state_->loop.hello().sandbox; }
std::uint64_t WorkerPool::tool_hash() const { return state_->tool_hash; }
double WorkerPool::cpu_seconds() const { return state_->loop.cpu_seconds(); }
std::uint64_t WorkerPool::max_rss_kb() const { return state_->loop.max_rss_kb(); }

}  // namespace patchgate
