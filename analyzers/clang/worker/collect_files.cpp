#include "analyzers/clang/worker/collect_files.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/Path.h>

#include "analyzers/clang/worker/shared_start.h"

namespace patchgate {

SourceFiles::SourceFiles(const clang::SourceManager& sources, std::string root, std::string directory,
                         const SharedStart* start)
    : sources_(sources), root_(std::move(root)), directory_(std::move(directory)), start_(start) {
  while (root_.size() > 1 && root_.back() == '/') root_.pop_back();
}

std::string SourceFiles::absolute_path(llvm::StringRef name) const {
  llvm::SmallString<256> path;
  if (!llvm::sys::path::is_absolute(name)) path = directory_;
  llvm::sys::path::append(path, name);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return std::string(path);
}

std::string SourceFiles::relative_path(llvm::StringRef name) const {
  const auto path = absolute_path(name);
  llvm::StringRef rest = path;
  if (!rest.consume_front(root_)) return "";
  if (root_ != "/" && !rest.consume_front("/")) return "";
  return rest.str();
}

FileIndex SourceFiles::file_of_path(llvm::StringRef relative) {
  const auto [row, fresh] = by_path_.try_emplace(relative, static_cast<FileIndex>(paths_.size()));
  if (fresh) {
    paths_.push_back(relative.str());
    first_id_.emplace_back();
  }
  return row->second;
}

FileIndex SourceFiles::file_of(clang::FileID id) {
  if (id.isInvalid()) return kOutside;
  if (id == last_id_) return last_;
  const auto [row, fresh] = by_id_.try_emplace(id, kOutside);
  if (fresh) {
    if (const auto entry = sources_.getFileEntryRefForID(id)) {
      const bool stand_in = start_ != nullptr && start_->is_stand_in(entry->getName());
      const auto relative = stand_in ? std::string() : relative_path(entry->getName());
      if (!relative.empty()) {
        row->second = file_of_path(relative);
        if (first_id_[row->second].isInvalid()) first_id_[row->second] = id;
        if (id == sources_.getMainFileID()) main_ = row->second;
      }
    }
  }
  last_id_ = id;
  last_ = row->second;
  return last_;
}

Spot SourceFiles::spot(clang::SourceLocation at) {
  Spot out;
  if (at.isInvalid()) return out;
  const auto [id, offset] = sources_.getDecomposedExpansionLoc(at);
  out.id = id;
  out.offset = offset;
  if (start_ != nullptr) {
    if (const auto place = start_->place_in_main(id, offset)) {
      out.id = sources_.getMainFileID();
      out.offset = *place;
    }
  }
  out.file = file_of(out.id);
  return out;
}

std::optional<std::uint32_t> SourceFiles::offset_within(FileIndex file, clang::SourceLocation at) {
  while (at.isValid()) {
    const auto here = spot(at);
    if (here.file == file) return here.offset;
    at = sources_.getIncludeLoc(here.id);
  }
  return std::nullopt;
}

}  // namespace patchgate
