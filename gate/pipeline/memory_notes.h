#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "analyzers/git/commit_notes.h"

namespace patchgate {

/// Notes for one run: where there is no index, a commit is still compared with its parent only once.
class MemoryNotes : public CommitNotes {
 public:
  std::optional<std::string> find(About about, const Oid& commit) override {
    const auto found = notes_.find({about, commit});
    if (found == notes_.end()) return std::nullopt;
    return found->second;
  }
  void keep(About about, const Oid& commit, std::string note) override {
    notes_.insert_or_assign({about, commit}, std::move(note));
  }

 private:
  std::map<std::pair<About, Oid>, std::string> notes_;
};

}  // namespace patchgate
