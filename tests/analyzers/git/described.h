#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/git/commit_notes.h"
#include "analyzers/git/repository.h"
#include "tests/support/test_repository.h"

namespace patchgate::test {

inline std::string described(const Hunk& hunk) {
  const auto range = [](const LineRange& lines) {
    return std::to_string(lines.first) + "," + std::to_string(lines.count);
  };
  return "@" + range(hunk.base) + "->" + range(hunk.head);
}

/// One line a file: `renamed a.cpp <- b.cpp +1 -2 @1,1->1,1 unread(why)`.
inline std::string described(const FileChange& file) {
  std::string out = std::string(name_of(file.status)) + " " + file.path;
  if (!file.old_path.empty()) out += " <- " + file.old_path;
  out += " +" + std::to_string(file.added) + " -" + std::to_string(file.deleted);
  for (const Hunk& hunk : file.hunks) out += " " + described(hunk);
  if (file.unread) out += " unread(" + *file.unread + ")";
  return out;
}

inline std::string described(const Result<std::vector<FileChange>>& files) {
  if (!files) return "error: " + to_string(files.error());
  std::string out;
  for (const FileChange& file : *files) out += described(file) + "\n";
  return out;
}

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "no error" : to_string(result.error());
}

inline Repository opened(const std::filesystem::path& folder, GitLimits limits = {}) {
  auto repository = Repository::open(folder, limits);
  if (!repository) throw std::runtime_error(to_string(repository.error()));
  return std::move(*repository);
}

inline Result<std::vector<FileChange>> diff_of(const Repository& repository, const Oid& base, const Oid& head) {
  PATCHGATE_TRY(const Snapshot before, repository.snapshot(base));
  PATCHGATE_TRY(const Snapshot after, repository.snapshot(head));
  return repository.diff(before, after);
}

/// The change from `base` to `head`, described.
inline std::string change(const TestRepository& repo, const Oid& base, const Oid& head, GitLimits limits = {}) {
  return described(diff_of(opened(repo.path(), limits), base, head));
}

/// `count` lines "prefix 1", "prefix 2", …
inline std::string lines(const std::string& prefix, int count) {
  std::string out;
  for (int i = 1; i <= count; ++i) out += prefix + " " + std::to_string(i) + "\n";
  return out;
}

inline std::string paths_of(const Snapshot& snapshot) {
  std::string out;
  for (const TreeEntry& entry : snapshot.entries()) out += (out.empty() ? "" : " ") + entry.path;
  return out;
}

/// Notes in memory; counts what was known.
class Notebook : public CommitNotes {
 public:
  std::optional<std::string> find(About about, const Oid& commit) override {
    const auto found = notes.find({about, commit});
    if (found == notes.end()) return std::nullopt;
    ++known;
    return found->second;
  }
  void keep(About about, const Oid& commit, std::string note) override {
    notes.insert_or_assign({about, commit}, std::move(note));
  }
  std::map<std::pair<About, Oid>, std::string> notes;
  int known = 0;
};

}  // namespace patchgate::test
