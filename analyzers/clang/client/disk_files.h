#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// Reads from this machine's disk, and only below the folders it was given, wherever links lead: all else is absent,
/// and so is what looks like a secret: anything in `.git`, files whose name starts with a dot, and in folders whose
/// name starts with one all but C and C++ files. Refused are devices, FIFOs and files that are too large.
class DiskFiles {
 public:
  enum class Kind : std::uint8_t { absent, file, folder, refused };
  struct Found {
    Kind kind = Kind::absent;
    std::string real_path;
    std::uint64_t size = 0;
  };

  explicit DiskFiles(std::uint64_t largest_file = 64U << 20U) : largest_file_(largest_file) {}

  /// Allows what lies below. A folder that is not there is left out.
  void allow(const std::filesystem::path& folder);

  Found look_up(const std::string& path) const;
  /// The content of a file that look_up found; none when it changed its kind or size limit in between.
  std::optional<std::string> read(const Found& file) const;
  /// (type byte 'd' or 'f', name, NUL)*, sorted by name, at most 65536 entries; none when it is no allowed folder.
  std::optional<std::string> list(const std::string& path) const;
  /// All names in an allowed folder, of what may be read and of what may not; none where it is no such folder. Error
  /// (limit): more than a million.
  Result<std::vector<std::string>> names(const std::string& path) const;

 private:
  std::vector<std::string> roots_;  // real paths
  std::uint64_t largest_file_;
};

/// As told above, for a file.
bool looks_secret(std::string_view path_below_a_root);

}  // namespace patchgate
