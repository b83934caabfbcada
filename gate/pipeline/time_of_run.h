#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace patchgate {

/// The time that a run is judged at, read at most once.
class TimeOfRun {
 public:
  /// `given`: --now, checked.
  explicit TimeOfRun(std::optional<std::string> given) : text_(given.value_or("")) {}

  /// As --now says it; else what the clock says, which is asked now and put into the report from now on, so that the
  /// run can be repeated. Seconds since 1970.
  std::int64_t needed();
  /// RFC 3339; empty as long as nobody asked and none was given.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace patchgate
