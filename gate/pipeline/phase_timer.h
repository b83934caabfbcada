#pragma once

#include <chrono>
#include <map>
#include <string>

namespace patchgate {

/// Adds the seconds of its own lifetime to `(*seconds)[phase]`; phases of the same name add up. Measures nothing where
/// `seconds` is null. For --stats and the like: no verdict or report depends on it.
class PhaseTimer {
 public:
  /// `seconds` and `phase` outlive the timer.
  PhaseTimer(std::map<std::string, double>* seconds, const char* phase)
      : seconds_(seconds), phase_(phase), start_(std::chrono::steady_clock::now()) {}
  PhaseTimer(const PhaseTimer&) = delete;
  PhaseTimer& operator=(const PhaseTimer&) = delete;
  ~PhaseTimer() {
    if (seconds_ != nullptr)
      (*seconds_)[phase_] += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::map<std::string, double>* seconds_;
  const char* phase_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace patchgate
