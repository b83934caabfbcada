#include "gate/pipeline/progress.h"

#include <cstdio>
#include <utility>

#include <unistd.h>

namespace patchgate {
namespace {

/// Fewer units than this are read before a person would wonder.
constexpr std::size_t kWorthALine = 8;

}  // namespace

ProgressLine::ProgressLine(std::string what, bool shown)
    : what_(std::move(what)), shown_(shown), terminal_(::isatty(2) != 0) {}

ProgressLine::~ProgressLine() { finish(); }

std::function<void(std::size_t, std::size_t)> ProgressLine::callback() {
  return [this](std::size_t done, std::size_t of) { show(done, of); };
}

void ProgressLine::finish() {
  if (open_) std::fputs("\r\x1b[K", stderr);
  open_ = false;
}

void ProgressLine::show(std::size_t done, std::size_t of) {
  if (!shown_ || of < kWorthALine) return;
  if (terminal_) {
    constexpr std::size_t kWidth = 30;
    const auto full = done * kWidth / of;
    std::string bar(full, '#');
    bar.append(kWidth - full, '.');
    std::fprintf(stderr, "\r%s [%s] %zu/%zu", what_.c_str(), bar.c_str(), done, of);
    std::fflush(stderr);
    open_ = true;
    return;
  }
  const auto tenth = done * 10 / of;
  if (tenth == last_tenth_) return;
  last_tenth_ = tenth;
  std::fprintf(stderr, "%s: %zu/%zu\n", what_.c_str(), done, of);
}

}  // namespace patchgate
