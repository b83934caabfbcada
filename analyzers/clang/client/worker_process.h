#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/protocol/shared_memory.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// The running patchgate-worker program: it sees nothing of this process but the sockets and the two files in memory,
/// and its environment is empty. Ended, with all its children, when this goes away.
class WorkerProcess {
 public:
  struct Start {
    std::filesystem::path program;
    unsigned slots = 1;
    int table_fd = -1, arena_fd = -1;
    std::uint64_t arena_size = 0;
    std::string sandbox;             ///< strict, best-effort, off
    unsigned patience_seconds = 60;  ///< for its hello
  };
  /// Starts it and waits for its hello. Error (toolchain): not found, cannot run, another version, no sandbox.
  static Result<WorkerProcess> run(const Start& start);
  WorkerProcess(WorkerProcess&&) noexcept = default;
  WorkerProcess& operator=(WorkerProcess&&) noexcept;
  ~WorkerProcess();

  const protocol::Hello& hello() const { return hello_; }
  int control() const { return control_.get(); }                  ///< blocking
  int slot(unsigned index) const { return slots_[index].get(); }  ///< non-blocking
  unsigned slots() const { return static_cast<unsigned>(slots_.size()); }
  protocol::FrameReader& control_reader() { return control_reader_; }

 private:
  WorkerProcess() = default;
  void end();
  struct Pid {
    pid_t value = 0;
    Pid() = default;
    Pid(Pid&& other) noexcept : value(other.value) { other.value = 0; }
    Pid& operator=(Pid&& other) noexcept {
      std::swap(value, other.value);
      return *this;
    }
  };
  Pid pid_;
  protocol::Descriptor control_;
  std::vector<protocol::Descriptor> slots_;
  protocol::FrameReader control_reader_;
  protocol::Hello hello_;
};

}  // namespace patchgate
