#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/clang/client/slot_loop.h"
#include "analyzers/clang/client/start_plan.h"
#include "analyzers/clang/client/worker_pool.h"

namespace patchgate {

/// The time after which no unit is parsed any more, and why that is.
struct ParsingEnd {
  std::chrono::steady_clock::time_point when;
  std::string why;
};

/// What the worker is asked about a unit, whose repository's paths lie under `root`.
protocol::ParseBody body_of(const ParseJob& job, const std::string& root);

/// One call of WorkerPool::parse: leads the slots through the plan of starts, and, when the time is over, out of it.
class ParseRun {
 public:
  using Outcome = WorkerPool::Outcome;
  using Done = std::function<void(Outcome)>;

  /// All three must outlive the run.
  ParseRun(SlotLoop& loop, const std::vector<ParseJob>& jobs, const std::optional<ParsingEnd>& end);

  /// Calls `done` once for each job. Fails only when the worker itself is lost.
  Result<void> run(const Done& done);

 private:
  /// How far a slot is on its way out: past the time its leaders are let go, so that the next run finds none.
  enum class Closing : std::uint8_t { no, leaders, yes };

  bool time_is_over();
  std::optional<SlotLoop::Task> next(unsigned slot);
  std::optional<SlotLoop::Task> close(unsigned slot);
  void ended(unsigned slot, SlotLoop::Ended how, const Done& done);
  bool finished();

  SlotLoop& loop_;
  const std::vector<ParseJob>& jobs_;
  const std::optional<ParsingEnd>& end_;
  std::string root_;
  StartPlan plan_;
  std::vector<std::size_t> job_of_;  ///< by slot
  std::vector<bool> told_;           ///< by job
  std::vector<Closing> closing_;     ///< by slot
  bool over_ = false;
};

}  // namespace patchgate
