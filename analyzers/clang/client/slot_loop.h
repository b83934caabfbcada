#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/clang/client/file_broker.h"
#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/clang/client/worker_process.h"
#include "analyzers/clang/protocol/frames.h"

namespace patchgate {

/// Has the worker's slots do one thing after the other, answers what their children ask for, and says how each ended.
/// What a child sends is taken as hostile: who breaks the rules is killed and has no answer.
class SlotLoop {
 public:
  struct Task {
    protocol::Type type = protocol::Type::parse;  ///< parse, lex, probe, shape, lead or unlead
    SourceSide side = SourceSide::base;
    std::string body;
  };
  struct Ended {
    std::string answer;   ///< empty on error, and where none is due (lead, unlead)
    std::string error;    ///< what kept it from ending well, in words
    bool killed = false;  ///< from outside, and the leaders of the slot with it
    protocol::Died died;
    bool out_of_time = false;  ///< by end_all()
  };
  /// What the slot is to do next, if anything; asked for each free slot after everything that happens.
  using Next = std::function<std::optional<Task>(unsigned slot)>;
  using Done = std::function<void(unsigned slot, Ended)>;

  SlotLoop(WorkerOptions options, FileBroker broker, WorkerProcess worker);

  /// Kills what runs now; each has `why` as its error.
  void end_all(const std::string& why);
  bool idle() const;
  /// `finished` is asked at that time, too, though nothing happens.
  void wake_at(std::chrono::steady_clock::time_point when) { wake_ = when; }

  /// Done piece by piece whenever there is nothing to be done for the worker, until it answers false. A piece is short:
  /// the worker's children wait for their files meanwhile.
  void while_waiting(std::function<bool()> piece) { piece_ = std::move(piece); }

  /// Until `finished`. Fails only when the worker itself is lost.
  Result<void> run(const Next& next, const Done& done, const std::function<bool()>& finished);

  unsigned slots() const { return static_cast<unsigned>(slots_.size()); }
  const WorkerOptions& options() const { return options_; }
  const protocol::Hello& hello() const { return worker_.hello(); }
  FileBroker& broker() { return broker_; }
  double cpu_seconds() const { return cpu_seconds_; }
  std::uint64_t max_rss_kb() const { return max_rss_kb_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct ChildSlot {
    bool busy = false;
    protocol::Type type = protocol::Type::parse;
    SourceSide side = SourceSide::base;
    Clock::time_point overdue{};
    protocol::FrameReader reader;
    std::string unsent;
    std::string answer;
    bool answered = false;
    std::string broken;  ///< how it broke the rules
    bool out_of_time = false;
  };

  int patience() const;
  void start(unsigned index, const Task& task);
  void wait(const Done& done);
  void receive_from(unsigned index, bool to_the_end);
  void take(unsigned index, protocol::Frame frame);
  void send_to(unsigned index);
  void complain(unsigned index, std::string why);
  void receive_control(const Done& done);
  void finish(const protocol::Died& died, const Done& done);

  WorkerOptions options_;
  FileBroker broker_;
  WorkerProcess worker_;
  std::vector<ChildSlot> slots_;
  double cpu_seconds_ = 0;
  std::uint64_t max_rss_kb_ = 0;
  std::optional<Clock::time_point> wake_;
  std::function<bool()> piece_;
  std::string lost_;  ///< why the worker is of no use any more
};

}  // namespace patchgate
