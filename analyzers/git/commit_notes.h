#pragma once

#include <optional>
#include <string>

#include "analyzers/model/patch.h"

namespace patchgate {

/// Remembers what the history's commits are asked again and again, from one run to the next. A note follows from the
/// commit's id alone (and from the limits of the Repository, which are the same in all runs of one version), so that it
/// never grows old. Notes that are lost, or that make no sense, cost time and nothing else.
class CommitNotes {
 public:
  enum class About : unsigned char {
    lines,  ///< how many it adds
    files,  ///< which it changes, as sorted hashes of their paths
  };
  CommitNotes() = default;
  CommitNotes(const CommitNotes&) = delete;
  CommitNotes& operator=(const CommitNotes&) = delete;
  virtual ~CommitNotes() = default;
  virtual std::optional<std::string> find(About about, const Oid& commit) = 0;
  virtual void keep(About about, const Oid& commit, std::string note) = 0;
};

}  // namespace patchgate
