#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace patchgate {

/// How far a long step is, on standard error: one line that moves on a terminal, a line each tenth elsewhere (CI logs).
class ProgressLine {
 public:
  ProgressLine(std::string what, bool shown);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  std::function<void(std::size_t done, std::size_t of)> callback();
  /// Leaves the terminal's line empty.
  void finish();

 private:
  void show(std::size_t done, std::size_t of);

  std::string what_;
  bool shown_;
  bool terminal_;
  bool open_ = false;
  std::size_t last_tenth_ = 0;
};

}  // namespace patchgate
