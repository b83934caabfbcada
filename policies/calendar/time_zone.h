#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"
#include "policies/calendar/posix_zone.h"

namespace patchgate {

/// Gives the bytes of the file of a zone (TZif) by its name, or says why there are none.
using ZoneSource = std::function<Result<std::string>(const std::string& name)>;

/// Whether `name` has the form of a name in the time zone database (`Europe/Berlin`): letters, digits, `_+-`, parts
/// between `/`; nothing that depends on the machine, as `localtime` does, or counts leap seconds (`right/…`).
bool is_zone_name(std::string_view name);

/// How the clocks of a place are set.
class TimeZone {
 public:
  /// Largest file that is read; the largest of the database has 4 KiB.
  static constexpr std::size_t kMostBytes = 65'536;

  /// Reads a TZif file (RFC 9636) of version 1 to 4. Errors (io): it is none, is damaged, or counts leap seconds.
  static Result<TimeZone> read(std::string_view bytes);

  /// Seconds that clocks are ahead of UTC.
  std::int32_t offset_at(std::int64_t utc) const;

  /// How often clocks show this time: 0 where they are put forward over it, 2 where they are put back over it.
  int times_shown(std::int64_t local) const;
  /// The first moment at which clocks show this time or a later one: the earlier one where they show it twice.
  std::int64_t first_reaching(std::int64_t local) const;
  /// The moment from which on clocks show no time before this one any more: the later one where they show it twice.
  std::int64_t last_reaching(std::int64_t local) const;

 private:
  /// A time in which the offset stays the same: [begin, end).
  struct Stretch {
    std::int64_t begin, end;
    std::int32_t offset;
  };
  /// All stretches that can have to do with this time on the clock, in order, without a hole.
  std::vector<Stretch> around(std::int64_t local) const;
  std::vector<OffsetChange> ruled_changes(std::int64_t utc) const;

  std::int32_t before_ = 0;            ///< the offset before the first change
  std::vector<OffsetChange> changes_;  ///< rising
  std::optional<PosixZone> later_;     ///< what holds after the last of them
};

}  // namespace patchgate
