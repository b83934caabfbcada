#include "gate/pipeline/stored_notes.h"

namespace patchgate {
namespace {

/// Changes whenever what is noted, or its form, does.
constexpr const char* kFormat = "commit notes 2 ";

Hash128 key_of(CommitNotes::About about, const Oid& commit) {
  return strong_hash(kFormat + std::to_string(static_cast<int>(about)) + " " + commit);
}

}  // namespace

std::optional<std::string> StoredNotes::find(About about, const Oid& commit) {
  return store_.note(key_of(about, commit));
}

void StoredNotes::keep(About about, const Oid& commit, std::string note) {
  fresh_.emplace_back(key_of(about, commit), std::move(note));
}

void StoredNotes::flush() {
  if (!fresh_.empty()) static_cast<void>(store_.put_notes(fresh_));
  fresh_.clear();
}

void note_recent_sizes(const Repository& repository, const Oid& commit, Store& store) {
  StoredNotes notes(store);
  static_cast<void>(repository.recent_sizes(commit, kCommitsCompared, &notes));
  notes.flush();
}

}  // namespace patchgate
