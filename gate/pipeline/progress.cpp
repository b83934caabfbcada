#include "gate/pipeline/progress.h"

#include <cstdio>
#include <utility>

#include <unistd.h>

namespace patchgate {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Fewer units than this are read before a person would wonder.
constexpr std::size_t kWorthALine = 8;
constexpr std::size_t kWidth = 24;
constexpr milliseconds kBetweenPaints{100};
constexpr seconds kBetweenLines{10};
/// Before that, a rate says nothing yet.
constexpr seconds kUntilRate{2};

/// "3.5/s" while it is slow, "120/s" when it is not.
std::string rate_text(double rate) {
  char text[32];
  std::snprintf(text, sizeof text, rate < 10 ? "%.1f/s" : "%.0f/s", rate);
  return text;
}

/// "45s", "2m05s", "1h02m".
std::string time_text(std::size_t left) {
  char text[64];
  if (left < 60) {
    std::snprintf(text, sizeof text, "%zus", left);
  } else if (left < 3600) {
    std::snprintf(text, sizeof text, "%zum%02zus", left / 60, left % 60);
  } else {
    std::snprintf(text, sizeof text, "%zuh%02zum", left / 3600, left / 60 % 60);
  }
  return text;
}

}  // namespace

std::string ProgressText::at(std::size_t done, std::size_t of, Time now) {
  if (of < kWorthALine || done > of) return "";
  if (done < last_done_) {
    start_ = asked_;
    last_tenth_ = 0;
  }
  last_done_ = done;
  asked_ = now;
  const auto since = now - painted_;
  const auto tenth = done * 10 / of;
  const bool due =
      terminal_ ? !open_ || since >= kBetweenPaints || done == of : tenth != last_tenth_ || since >= kBetweenLines;
  if (!due) return "";
  painted_ = now;
  last_tenth_ = tenth;

  std::string tail = std::to_string(done) + "/" + std::to_string(of);
  const double passed = duration<double>(now - start_).count();
  if (now - start_ >= kUntilRate && done != 0) {
    const double rate = static_cast<double>(done) / passed;
    tail += ", " + rate_text(rate);
    if (done != of)
      tail += ", " + time_text(static_cast<std::size_t>(static_cast<double>(of - done) / rate) + 1) + " left";
  }
  if (!terminal_) return what_ + ": " + tail + "\n";
  open_ = true;
  const auto full = done * kWidth / of;
  return "\r" + what_ + " [" + std::string(full, '#') + std::string(kWidth - full, '.') + "] " + tail + "\x1b[K";
}

std::string ProgressText::end() {
  const bool open = std::exchange(open_, false);
  return open ? "\r\x1b[K" : "";
}

ProgressLine::ProgressLine(std::string what, bool shown)
    : text_(std::move(what), ::isatty(2) != 0, std::chrono::steady_clock::now()), shown_(shown) {}

ProgressLine::~ProgressLine() { finish(); }

std::function<void(std::size_t, std::size_t)> ProgressLine::callback() {
  return [this](std::size_t done, std::size_t of) {
    if (!shown_) return;
    const auto text = text_.at(done, of, std::chrono::steady_clock::now());
    std::fwrite(text.data(), 1, text.size(), stderr);
  };
}

void ProgressLine::finish() {
  const auto text = text_.end();
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace patchgate
