#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <llvm/Support/VirtualFileSystem.h>

#include "analyzers/clang/protocol/file_table.h"
#include "analyzers/clang/protocol/messages.h"

namespace patchgate {

/// What Clang takes for the disk: all of it comes from the parent. A path below `root` (after `..` is taken out) is the
/// repository's, on the side of this unit; every other is the machine's. Contents are not copied. A path that the
/// shared table knows costs no system call. Every folder can be the working directory, whether it is there or not.
/// Used by one thread at a time.
class BrokeredFileSystem : public llvm::vfs::FileSystem {
 public:
  using Ask = std::function<protocol::FileEntry(const protocol::FileQuery&)>;

  BrokeredFileSystem(const protocol::FileTableReader& known, protocol::Scope side, std::string root, Ask ask);

  /// UnitFacts::missing and missing_in: what was looked for and is not there.
  std::vector<std::uint64_t> missing() const { return {missing_.begin(), missing_.end()}; }
  std::vector<std::string> missing_in() const { return {missing_in_.begin(), missing_in_.end()}; }

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine& folder, std::error_code& error) override;
  std::error_code setCurrentWorkingDirectory(const llvm::Twine& path) override;
  llvm::ErrorOr<std::string> getCurrentWorkingDirectory() const override { return working_folder_; }
  std::error_code getRealPath(const llvm::Twine& path, llvm::SmallVectorImpl<char>& output) override;
  std::error_code isLocal(const llvm::Twine& path, bool& result) override;

 private:
  struct Place {
    protocol::Scope scope = protocol::Scope::outside;
    std::string path;  ///< absolute; in normal form when it is the repository's
  };
  Place place_of(const llvm::Twine& path) const;
  protocol::FileEntry entry_of(const Place& place, protocol::Query query);
  void note_missing(const Place& place);

  const protocol::FileTableReader& known_;
  protocol::Scope side_;
  std::string root_;
  Ask ask_;
  std::string working_folder_ = "/";
  std::set<std::uint64_t> missing_;
  std::set<std::string, std::less<>> missing_in_;
};

}  // namespace patchgate
