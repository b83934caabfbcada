#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <clang/Basic/SourceLocation.h>
#include <clang/Basic/SourceManager.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/StringMap.h>

namespace patchgate {

class SharedStart;

/// A file of the repository, by the order in which the unit met it; kOutside for every other.
using FileIndex = std::int32_t;
inline constexpr FileIndex kOutside = -1;

/// Where a location stands in the text of a file: macros are taken to their outermost expansion; #line has no say.
struct Spot {
  FileIndex file = kOutside;
  clang::FileID id;
  std::uint32_t offset = 0;
};

/// Which of Clang's files lie in the repository. Cheap to ask again.
class SourceFiles {
 public:
  SourceFiles(const clang::SourceManager& sources, std::string root, std::string directory,
              const SharedStart* start = nullptr);

  /// Relative to the repository, `..` taken out; empty when outside. `directory` is where relative names start.
  std::string relative_path(llvm::StringRef name) const;
  /// Absolute, in normal form.
  std::string absolute_path(llvm::StringRef name) const;

  FileIndex file_of(clang::FileID id);
  FileIndex file_of(clang::SourceLocation at) { return file_of(sources_.getFileID(sources_.getExpansionLoc(at))); }
  FileIndex file_of_path(llvm::StringRef relative);
  Spot spot(clang::SourceLocation at);
  bool in_project(clang::SourceLocation at) { return at.isValid() && file_of(at) != kOutside; }

  /// The offset in `file` that `at` belongs to: its own, or that of the #include that brought it in.
  std::optional<std::uint32_t> offset_within(FileIndex file, clang::SourceLocation at);

  std::uint32_t line(clang::FileID id, std::uint32_t offset) const { return sources_.getLineNumber(id, offset); }
  std::uint32_t line(FileIndex file, std::uint32_t offset) const { return line(first_id_[file], offset); }
  llvm::StringRef text(clang::FileID id) const { return sources_.getBufferData(id); }
  const std::string& path(FileIndex file) const { return paths_[file]; }
  std::size_t size() const { return paths_.size(); }
  FileIndex main_file() const { return main_; }
  const clang::SourceManager& sources() const { return sources_; }

 private:
  const clang::SourceManager& sources_;
  std::string root_, directory_;
  const SharedStart* start_;  ///< its stand-ins count as outside
  std::vector<std::string> paths_;
  std::vector<clang::FileID> first_id_;
  llvm::StringMap<FileIndex> by_path_;
  llvm::DenseMap<clang::FileID, FileIndex> by_id_;
  clang::FileID last_id_;
  FileIndex last_ = kOutside;
  FileIndex main_ = kOutside;
};

}  // namespace patchgate
