#include "analyzers/clang/client/parse_run.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "analyzers/clang/client/leading_headers.h"
#include "analyzers/clang/client/paths.h"

namespace patchgate {
namespace {

using namespace protocol;

/// Units of which only the main file's name differs, by the rules of a compiler that looks for headers beside it.
using Group = std::tuple<SourceSide, std::string, std::vector<std::string>, std::string, std::string>;

Group group_of(const ParseJob& job) {
  const auto& command = job.command;
  const std::filesystem::path file(command.file);
  return {job.side, command.directory, command.arguments, file.parent_path().string(), file.extension().string()};
}

/// Modules and what was compiled before say themselves what they share.
bool may_share(const CompileCommand& command) {
  return std::none_of(command.arguments.begin(), command.arguments.end(), [](const std::string& word) {
    return word.starts_with("-fmodule") || word.starts_with("-fcxx-modules") || word.starts_with("-include-p");
  });
}

std::vector<StartPlan::Unit> units_of(SlotLoop& loop, const std::vector<ParseJob>& jobs) {
  std::map<Group, std::size_t> groups;
  std::vector<StartPlan::Unit> units;
  // Of one unit there is nothing to share, and its text need not be read twice.
  const bool share = loop.options().shared_starts && jobs.size() > 1;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    auto headers = share && may_share(jobs[i].command)
                       ? leading_headers(loop.broker().text(jobs[i].side, jobs[i].command.file))
                       : std::nullopt;
    // A group of its own has a number that no other has.
    const auto group = headers ? groups.try_emplace(group_of(jobs[i]), i).first->second : i;
    units.push_back({i, group, headers ? std::move(*headers) : std::vector<std::string>()});
  }
  return units;
}

}  // namespace

ParseBody body_of(const ParseJob& job, const std::string& root) {
  const auto& command = job.command;
  return {static_cast<std::uint8_t>(job.side == SourceSide::base ? 0 : 1), root, command.directory, command.file,
          command.arguments};
}

ParseRun::ParseRun(SlotLoop& loop, const std::vector<ParseJob>& jobs, const std::optional<ParsingEnd>& end)
    : loop_(loop),
      jobs_(jobs),
      end_(end),
      root_(normal_path(loop.options().root.string())),
      plan_(units_of(loop, jobs), loop.slots()),
      job_of_(loop.slots()),
      told_(jobs.size()),
      closing_(loop.slots(), Closing::no) {}

bool ParseRun::time_is_over() {
  if (over_ || !end_ || std::chrono::steady_clock::now() < end_->when) return over_;
  over_ = true;
  loop_.end_all(end_->why);
  return over_;
}

std::optional<SlotLoop::Task> ParseRun::close(unsigned slot) {
  const bool lead = closing_[slot] == Closing::no && plan_.has_leader(slot);
  closing_[slot] = lead ? Closing::leaders : Closing::yes;
  if (!lead) return std::nullopt;
  return SlotLoop::Task{Type::unlead, SourceSide::base, encode(UnleadBody{true})};
}

std::optional<SlotLoop::Task> ParseRun::next(unsigned slot) {
  using Kind = StartPlan::Step::Kind;
  if (time_is_over()) return close(slot);
  const auto step = plan_.next(slot);
  if (step.kind == Kind::wait) return std::nullopt;
  if (step.unit == nullptr)
    return SlotLoop::Task{Type::unlead, SourceSide::base, encode(UnleadBody{step.kind == Kind::unlead_all})};
  job_of_[slot] = step.unit->job;
  const auto& job = jobs_[step.unit->job];
  const auto body = body_of(job, root_);
  if (step.kind == Kind::parse) return SlotLoop::Task{Type::parse, job.side, encode(body)};
  return SlotLoop::Task{Type::lead, job.side,
                        encode(LeadBody{body, static_cast<std::uint32_t>(step.depth), step.headers})};
}

void ParseRun::ended(unsigned slot, SlotLoop::Ended how, const Done& done) {
  if (closing_[slot] == Closing::leaders) return;
  const bool shared = plan_.has_leader(slot);
  const auto well = how.error.empty() ? StartPlan::How::well : StartPlan::How::badly;
  if (!plan_.ended(slot, how.killed ? StartPlan::How::killed : well) || how.out_of_time) return;
  told_[job_of_[slot]] = true;
  done({job_of_[slot], std::move(how.answer), std::move(how.error),
        static_cast<double>(how.died.cpu_microseconds) / 1e6, shared});
}

bool ParseRun::finished() {
  if (!time_is_over()) return plan_.finished();
  const auto closed = [](Closing one) { return one == Closing::yes; };
  return plan_.finished() || (loop_.idle() && std::all_of(closing_.begin(), closing_.end(), closed));
}

Result<void> ParseRun::run(const Done& done) {
  if (end_) loop_.wake_at(end_->when);
  PATCHGATE_CHECK(loop_.run([&](unsigned slot) { return next(slot); },
                            [&](unsigned slot, SlotLoop::Ended how) { ended(slot, std::move(how), done); },
                            [&] { return finished(); }));
  for (std::size_t job = 0; job < jobs_.size(); ++job) {
    if (!told_[job]) done({job, {}, end_ ? end_->why : std::string("not looked at"), 0, false, true});
  }
  return {};
}

}  // namespace patchgate
