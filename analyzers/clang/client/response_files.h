#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "analyzers/clang/client/disk_files.h"

namespace patchgate {

/// Puts the contents of `@file` arguments in their place. Reads only what really lies below the folders given, at most
/// 1 MiB a file, 4 deep, 64 MiB in all.
class ResponseFiles {
 public:
  /// `root` is what commands call the repository's folder, `disk_root` where that is on this machine.
  ResponseFiles(std::string root, std::filesystem::path disk_root,
                const std::vector<std::filesystem::path>& database_folders);

  /// The words with all response files put in; `refused` is raised by one for each that was left out.
  std::vector<std::string> expand(const std::vector<std::string>& words, const std::string& directory,
                                  std::uint32_t& refused);

 private:
  void expand_into(std::vector<std::string>& out, const std::vector<std::string>& words, const std::string& directory,
                   int depth, std::uint32_t& refused);

  std::string root_, disk_root_;
  DiskFiles files_;
  std::uint64_t budget_ = 64U << 20U;
};

}  // namespace patchgate
