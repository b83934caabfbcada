#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/hash.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// How one file is compiled, made harmless: only flags on an allow-list, no program is ever run.
struct CompileCommand {
  std::string file;                    ///< relative to the repository
  std::string directory;               ///< absolute; relative paths in `arguments` start here
  std::vector<std::string> arguments;  ///< without the compiler, -c, -o and the file itself
  Hash128 hash;                        ///< strong, of directory (relative to the root) and arguments
  std::string borrowed_from;           ///< the file whose command this is, when it has none of its own; else empty
};

struct CompileDatabase {
  std::vector<CompileCommand>
      commands;  ///< sorted by (file, hash), no doubles; several for one file = several configurations
  std::map<std::string, std::uint32_t>
      dropped_flags;               ///< flag → times; known harmless ones (-O2, -g, -c, -o, -W…) are not listed
  std::vector<std::string> notes;  ///< entries left out and why, sorted
  std::filesystem::path root;  ///< the folder on disk that the repository's paths lie under, as the commands write it

  /// Commands of that file; else, borrowed, those of `renamed_from`; else that of the nearest sibling (same folder and
  /// language, then the parent's, …). Empty when nothing is near enough to borrow: the file has no compile command.
  std::vector<CompileCommand> for_file(std::string_view file, std::string_view renamed_from = {}) const;
};

/// Reads compile_commands.json files (of CMake, Bear, Meson, Ninja, …). `work_folder` is the repository's; when the
/// commands name another folder (made in a container, or the repository is bare) the root is found by matching the ends
/// of their paths with the repository's (`is_tracked`). Errors name file and line: unreadable, not JSON, not a compile
/// database, over 64 MiB.
Result<CompileDatabase> load_compile_databases(const std::vector<std::filesystem::path>& files,
                                               const std::filesystem::path& work_folder,
                                               const std::function<bool(std::string_view)>& is_tracked);

/// The flags of one command, made harmless. `dropped` collects what was left out. Exposed for its table of cases.
std::vector<std::string> allowed_arguments(const std::vector<std::string>& arguments, const std::string& directory,
                                           const std::filesystem::path& root,
                                           std::map<std::string, std::uint32_t>& dropped);

}  // namespace patchgate
