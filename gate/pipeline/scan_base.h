#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "analyzers/clang/client/compile_database.h"
#include "analyzers/git/repository.h"
#include "analyzers/scope/mentioning.h"
#include "gate/pipeline/look_limits.h"
#include "gate/pipeline/sources.h"

namespace patchgate {

struct ScanInput {
  const Repository& repository;
  const Sides& sides;
  const std::vector<CompileCommand>& commands;
  const std::filesystem::path& root;                        ///< that repository paths lie under in `commands`
  const std::vector<std::filesystem::path>& build_folders;  ///< outside of the repository; may be read
  const LookLimits& limits;
};

/// The names in all files that units of the base are compiled from and that these may include: the base's own, those
/// that the build generated (from disk, for paths that git does not know), and the command lines. None when the time
/// was over before the end: then nothing can be left out for a reason.
Result<std::optional<ProjectScan>> scan_base(const ScanInput& input);

}  // namespace patchgate
