#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "analyzers/clang/client/disk_files.h"
#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/clang/protocol/file_table.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// Answers what a child of the worker asks for, and publishes each answer for all of them. A path below `root` is the
/// repository's: it comes from the reader, and from `disk_root` only when the reader says that it may. Any other path
/// must really lie in a folder of the machine's own headers or in an extra root. Each content is loaded once.
class FileBroker {
 public:
  struct Folders {
    std::filesystem::path root, disk_root;
    std::vector<std::filesystem::path> extra_roots;
    std::vector<std::filesystem::path> machine = {"/usr", "/lib", "/lib32", "/lib64", "/libx32", "/opt"};
  };

  FileBroker(const Folders& folders, SourceReader reader, protocol::FileTableWriter table);

  /// Headers of Clang itself, known once the worker has said where they are.
  void allow_machine_folder(const std::filesystem::path& folder) { machine_.allow(folder); }

  protocol::FileEntry answer(SourceSide side, const protocol::FileQuery& query);

  /// The text of a file that the reader has (path relative to the root), kept as answer() would; empty where it has
  /// none.
  std::string text(SourceSide side, const std::string& path);

  // For who compares what is there now with what a unit found once. Paths are as UnitFacts has them: relative to the
  // root, or absolute. Nothing is kept or published.

  /// What a child of that side would be told of a path.
  protocol::FileKind kind_now(SourceSide side, const std::string& path) const;
  /// fast_hash() of the file that a child would read there; none where it could read none.
  std::optional<Hash128> hash_now(SourceSide side, const std::string& path) const;
  /// The names in a folder of the disk that children may look into, the work tree included; empty where there is no
  /// such folder. Error (limit): too many to tell.
  Result<std::vector<std::string>> names_on_disk(const std::string& folder) const;

  /// Bytes kept for children.
  std::uint64_t kept_bytes() const { return table_.arena_used(); }
  const protocol::FileTableWriter& table() const { return table_; }

 private:
  /// A file, folder or neither, that was not read yet where it lies on the disk.
  struct Place {
    protocol::FileKind kind = protocol::FileKind::absent;
    std::uint64_t identity = 0;
    std::string content{};            ///< of a file that the reader has
    const DiskFiles* disk = nullptr;  ///< where a file of the disk is to be read, …
    DiskFiles::Found found{};         ///< … and which
  };
  std::string absolute(const std::string& path) const;
  Place find(SourceSide side, const std::string& path) const;
  Place find_in_repository(SourceSide side, const std::string& path, int hops) const;
  Place find_generated(SourceSide side, const std::string& path, int hops) const;
  Place find_on_machine(const std::string& path) const;
  protocol::FileEntry keep(const Place& place);
  protocol::FileEntry list(const std::string& path, bool in_repository);
  protocol::FileEntry keep(std::string_view content, std::uint64_t identity, protocol::FileKind kind);
  protocol::FileEntry keep_disk_file(const DiskFiles& disk, const DiskFiles::Found& found);

  std::string root_, disk_root_;
  SourceReader reader_;
  protocol::FileTableWriter table_;
  DiskFiles machine_, generated_;
  std::map<std::tuple<protocol::Scope, protocol::Query, std::string>, protocol::FileEntry> answered_;
  std::map<std::string, protocol::FileEntry> disk_contents_;  // by real path
};

}  // namespace patchgate
