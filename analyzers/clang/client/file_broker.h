#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "analyzers/clang/client/disk_files.h"
#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/clang/protocol/file_table.h"

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

  /// Bytes kept for children.
  std::uint64_t kept_bytes() const { return table_.arena_used(); }
  const protocol::FileTableWriter& table() const { return table_; }

 private:
  protocol::FileEntry find_in_repository(SourceSide side, const std::string& path, int hops);
  protocol::FileEntry find_generated(SourceSide side, const std::string& path, int hops);
  protocol::FileEntry find_on_machine(const std::string& path);
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
