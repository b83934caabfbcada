#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace patchgate {

/// What to print of a long step, and when: on a terminal one line that is painted again at most ten times a second; in
/// a log a line every tenth of the way, and every ten seconds in between. Knows no clock: who asks says what time it
/// is.
class ProgressText {
 public:
  using Time = std::chrono::steady_clock::time_point;
  ProgressText(std::string what, bool terminal, Time start)
      : what_(std::move(what)), terminal_(terminal), start_(start), asked_(start), painted_(start) {}

  /// The text to write now, with its line end or, on a terminal, its way back to the begin of the line; empty for
  /// nothing. Rate and time left are told from the second second on. Where `done` falls, another step begins.
  std::string at(std::size_t done, std::size_t of, Time now);
  /// What leaves the terminal's line empty; empty where nothing was painted.
  std::string end();

 private:
  std::string what_;
  bool terminal_;
  Time start_, asked_, painted_;
  bool open_ = false;
  std::size_t last_tenth_ = 0, last_done_ = 0;
};

/// How far a long step is, on standard error.
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
  ProgressText text_;
  bool shown_;
};

}  // namespace patchgate
