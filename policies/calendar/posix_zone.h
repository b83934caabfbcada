#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace patchgate {

/// From `at` (utc) on, clocks are `offset` seconds ahead of UTC.
struct OffsetChange {
  std::int64_t at = 0;
  std::int32_t offset = 0;
  friend bool operator==(const OffsetChange&, const OffsetChange&) = default;
};

/// The rule for all years to come at the end of a file of a time zone: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX TZ with the
/// extensions of RFC 9636, section 3.3.1: <…> in names, hours of a change from -167 to 167).
class PosixZone {
 public:
  /// None where the text is no such rule, or names daylight saving time without saying when.
  static std::optional<PosixZone> read(std::string_view text);

  bool has_changes() const { return summer_.has_value(); }
  std::int32_t standard_offset() const { return standard_; }
  /// The two changes of this year, in the order of time; none without daylight saving time.
  std::vector<OffsetChange> changes_of(int year) const;

 private:
  struct Day {
    enum class Form { month_week_day, day_without_leap, day_of_year };
    Form form = Form::month_week_day;
    int month = 0, week = 0, day = 0;  ///< of the other forms only `day`
    std::int32_t time = 7200;          ///< on the clock before the change, seconds after midnight
  };
  struct Summer {
    std::int32_t offset = 0;
    Day begins, ends;
  };
  struct Reader;
  static std::int64_t local_time_of(const Day& day, int year);

  std::int32_t standard_ = 0;
  std::optional<Summer> summer_;
};

}  // namespace patchgate
