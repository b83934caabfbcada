#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/build_role.h"

namespace patchgate {

/// A git object id, 40 lower-case hex digits; empty = none (the side does not exist).
using Oid = std::string;

enum class FileStatus { added, deleted, modified, renamed, copied, mode_changed, type_changed, submodule };
enum class FileClass { source, test, build, config, migration, gate, other };

/// Lines [first, first + count), counted from 1. A count of 0 is a place between lines: just after line `first`.
struct LineRange {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  friend bool operator==(const LineRange&, const LineRange&) = default;
};

/// One run of changed lines, without context lines.
struct Hunk {
  LineRange base;
  LineRange head;
  friend bool operator==(const Hunk&, const Hunk&) = default;
};

struct FileChange {
  std::string path;      ///< on head; the base path for a deleted file
  std::string old_path;  ///< on base, where it differs (rename, copy); else empty
  FileStatus status = FileStatus::modified;
  FileClass file_class = FileClass::other;
  BuildRole build_role = BuildRole::none;  ///< the weightier one of both names of a renamed file
  std::string run_by{};                    ///< a script: the place in a build file that runs it, `CMakeLists.txt:12`
  Oid base_blob;                           ///< empty: the file is not on the base (added)
  Oid head_blob;                           ///< empty: the file is not on head (deleted)
  std::uint32_t base_mode = 0;
  std::uint32_t head_mode = 0;
  std::vector<Hunk> hunks;
  std::uint64_t added = 0;    ///< lines
  std::uint64_t deleted = 0;  ///< lines
  bool c_family = false;      ///< C or C++ source or header, by its name
  std::optional<std::string>
      unread;  ///< why its content could not be looked at: too large, binary-looking, a submodule, …

  const std::string& base_path() const { return old_path.empty() ? path : old_path; }
};

/// The difference from `merge_base` to `head`, files sorted by path.
struct Patch {
  Oid base;  ///< tip of the base ref
  Oid head;  ///< a commit; for --worktree and --staged the tree's id
  Oid merge_base;
  std::string target_ref;  ///< short name of the branch that the patch is meant for; empty = not known
  std::string source_ref;  ///< short name of the branch that it comes from; empty = not known
  std::vector<FileChange> files;
  std::optional<Oid> revert_of;   ///< the commit on the target that this patch undoes exactly (the newest of several)
  bool reverts_a_revert = false;  ///< one of these was an exact revert itself

  std::uint64_t lines_added() const {
    std::uint64_t sum = 0;
    for (const auto& file : files) sum += file.added;
    return sum;
  }
  std::uint64_t lines_deleted() const {
    std::uint64_t sum = 0;
    for (const auto& file : files) sum += file.deleted;
    return sum;
  }
};

/// Some file of it is C or C++ by its name, whether or not it could be read.
bool touches_c_family(const Patch& patch);

/// The word of report and contract for each: "added", "mode_changed", "source", …
const char* name_of(FileStatus status);
const char* name_of(FileClass file_class);

/// C or C++ source or header by its ending (.c .cc .cpp .cxx .c++ .C .h .hh .hpp .hxx .h++ .H .inl .ipp .tpp .tcc .txx
/// .inc .def .cu .cuh are the ones known).
bool is_c_family(const std::string& path);
bool is_header(const std::string& path);

/// What kind of file a path is, by its name and folders alone. `gate` = the gate's own files (.patchgate/**,
/// CODEOWNERS, CI jobs that name patchgate are found elsewhere).
FileClass classify(const std::string& path);

/// In a folder that by its name holds the code of other projects: deps, third_party, thirdparty, 3rdparty, vendor,
/// vendored, external, externals, subprojects, node_modules (in any case of letters, `-` read as `_`).
bool is_vendored(const std::string& path);

}  // namespace patchgate
