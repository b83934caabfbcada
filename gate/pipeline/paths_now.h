#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>

#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/git/repository.h"
#include "gate/pipeline/sources.h"

namespace patchgate {

/// What is there now where units once looked in vain. Of such a path only the XXH3 is known, and its folder
/// (UnitFacts::missing, missing_in): the folders are listed, as git has them on that side and as they lie on the disk,
/// and what has one of these hashes is looked up like a unit of that side would.
class PathsNow {
 public:
  /// All references must outlive it.
  PathsNow(const Repository& repository, const Sides& sides, const WorkerPool& pool)
      : repository_(repository), sides_(sides), pool_(pool) {}

  /// Lists that folder, once a side. False where it has too many entries to tell what is new.
  bool look_in(SourceSide side, const std::string& folder);
  /// A file or a folder is at the path of that hash, in a folder that was listed.
  bool there(SourceSide side, std::uint64_t path);

 private:
  struct Side {
    std::unordered_map<std::string, bool> folders;         // listed, and what look_in says
    std::unordered_map<std::uint64_t, std::string> paths;  // in these folders
    std::unordered_map<std::uint64_t, bool> there;         // of those that were asked for
  };
  void add(Side& side, const std::string& folder, std::string_view name);
  void add_tracked(SourceSide which, const std::string& folder);

  const Repository& repository_;
  const Sides& sides_;
  const WorkerPool& pool_;
  Side known_[2];
};

}  // namespace patchgate
