#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzers/git/commit_notes.h"
#include "analyzers/git/repository.h"
#include "analyzers/graph/store.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// Notes about commits in the index. New ones are written when flush() is called, all at once; an index that cannot be
/// written costs time, nothing else.
class StoredNotes : public CommitNotes {
 public:
  /// `store` must outlive it.
  explicit StoredNotes(Store& store) : store_(store) {}
  std::optional<std::string> find(About about, const Oid& commit) override;
  void keep(About about, const Oid& commit, std::string note) override;
  void flush();

 private:
  Store& store_;
  std::vector<std::pair<Hash128, std::string>> fresh_;
};

/// Commits of the target that a patch's size is compared with.
inline constexpr std::size_t kCommitsCompared = 500;

/// So that the first check against `commit` need not read them. What cannot be read is left for it to say.
void note_recent_sizes(const Repository& repository, const Oid& commit, Store& store);

}  // namespace patchgate
