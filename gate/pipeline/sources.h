#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/git/repository.h"

namespace patchgate {

/// The two sides that units may be read from, and what git knows.
struct Sides {
  Snapshot base;
  Snapshot head;

  const Snapshot& of(SourceSide side) const { return side == SourceSide::base ? base : head; }
  /// Neither side has it, as a file or a folder: only such a path may be a file that the build generated.
  bool knows(std::string_view path) const;
};

/// Gives a worker the files of `sides`, links within the repository followed (at most 8). Both arguments must outlive
/// the reader.
SourceReader source_reader(const Repository& repository, const Sides& sides);

/// What a path of one side names, links within the repository followed (at most 8): a file, a folder (its own path;
/// empty = the repository's), or neither: they end nowhere, outside, or at a submodule.
struct LinkEnd {
  const TreeEntry* file = nullptr;
  std::optional<std::string> folder;
};
Result<LinkEnd> follow_links(const Repository& repository, const Snapshot& side, std::string path);

/// The file of follow_links; none where the path names no file.
Result<const TreeEntry*> find_through_links(const Repository& repository, const Snapshot& side, std::string path);

/// The content of a file of one side, links followed; none where there is no such file.
Result<std::optional<std::string>> read_file(const Repository& repository, const Snapshot& side,
                                             const std::string& path);

}  // namespace patchgate
