#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policies/calendar/time_zone.h"

namespace patchgate {

/// The time zone database of this machine (Debian's package tzdata), or the folder that was named. Nothing is ever
/// downloaded.
struct ZoneFiles {
  std::string folder;

  static ZoneFiles in(const std::optional<std::string>& folder);
  /// Reads the file of one zone; errors (io) say why there is none, without a path of this machine.
  Result<std::string> read(const std::string& name) const;
  /// "2025b"; empty where the database does not say.
  std::string version() const;
  /// Names of its zones, sorted, at most 2000; empty where there is no database.
  std::vector<std::string> names() const;
};

}  // namespace patchgate
