#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <git2.h>

#include "analyzers/model/result.h"

namespace patchgate {

template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};

using RepositoryHandle = std::unique_ptr<git_repository, FreedBy<git_repository_free>>;
using OdbHandle = std::unique_ptr<git_odb, FreedBy<git_odb_free>>;
using OdbObjectHandle = std::unique_ptr<git_odb_object, FreedBy<git_odb_object_free>>;
using ObjectHandle = std::unique_ptr<git_object, FreedBy<git_object_free>>;
using CommitHandle = std::unique_ptr<git_commit, FreedBy<git_commit_free>>;
using TreeHandle = std::unique_ptr<git_tree, FreedBy<git_tree_free>>;
using TreeEntryHandle = std::unique_ptr<git_tree_entry, FreedBy<git_tree_entry_free>>;
using ReferenceHandle = std::unique_ptr<git_reference, FreedBy<git_reference_free>>;
using RefIteratorHandle = std::unique_ptr<git_reference_iterator, FreedBy<git_reference_iterator_free>>;
using IndexHandle = std::unique_ptr<git_index, FreedBy<git_index_free>>;
using ConfigHandle = std::unique_ptr<git_config, FreedBy<git_config_free>>;
using ConfigIteratorHandle = std::unique_ptr<git_config_iterator, FreedBy<git_config_iterator_free>>;
using WalkHandle = std::unique_ptr<git_revwalk, FreedBy<git_revwalk_free>>;

/// A git_buf that frees itself.
struct Buffer {
  git_buf raw = GIT_BUF_INIT;
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { git_buf_dispose(&raw); }
  std::string_view view() const { return {raw.ptr == nullptr ? "" : raw.ptr, raw.size}; }
};

/// libgit2's own words for what failed last on this thread, escaped.
std::string last_git_error();

/// An error of libgit2 as ours: "cannot <doing>: <its words>".
inline tl::unexpected<Error> git_failure(std::string_view doing, std::string hint = {},
                                         Error::Kind kind = Error::Kind::repository) {
  return fail(kind, "cannot " + std::string(doing) + ": " + last_git_error(), std::move(hint));
}

/// `rc` is what a function of libgit2 returned, `doing` what it was for: "read the index".
inline Result<void> check(int rc, std::string_view doing) {
  if (rc < 0) return git_failure(doing);
  return {};
}

}  // namespace patchgate
