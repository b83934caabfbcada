#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// One side of a changed file that may be where another came from, or the one that came from it.
struct RenameCandidate {
  std::size_t delta = 0;  ///< the caller's number for it
  std::string path;
  Oid id;
  std::uint32_t mode = 0;
  std::uint64_t size = 0;
  bool deleted = false;  ///< sources: gone on head (a rename), else still there (a copy)
  bool c_family = false;
  bool readable = false;  ///< its content may be read; else it is paired by id alone
};

struct Origin {
  std::size_t delta = 0;  ///< of the source
  bool copied = false;    ///< the source is still there, or another file is its new name
};

/// Which of `targets` (added files) came from which of `sources`: the same content first, then the most alike from 50 %
/// of the larger one on. Empty files are not paired, and C or C++ never with what is not. By target's delta. Where it
/// would take more than 1000 x 1000 comparisons, or reading more than 64 MiB, only the same content counts. `sources`
/// and `targets` sorted by path.
Result<std::map<std::size_t, Origin>> find_renames(const std::vector<RenameCandidate>& sources,
                                                   const std::vector<RenameCandidate>& targets,
                                                   const std::function<Result<std::string>(const Oid&)>& read);

}  // namespace patchgate
