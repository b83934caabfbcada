#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "analyzers/git/handles.h"
#include "analyzers/git/repository.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"

namespace patchgate {

inline constexpr std::uint32_t kModeTree = 0040000;
inline constexpr std::uint32_t kModeFile = 0100644;
inline constexpr std::uint32_t kModeExecutable = 0100755;
inline constexpr std::uint32_t kModeLink = 0120000;
inline constexpr std::uint32_t kModeSubmodule = 0160000;

Oid to_oid(const git_oid& id);
/// Error (usage) where it is not 40 hex digits.
Result<git_oid> from_oid(const Oid& id);
bool is_full_id(std::string_view text);
/// The id that git gives to these bytes.
Result<Oid> hash_of(std::string_view bytes, git_object_t type);

/// The objects of one repository, sizes checked before reading; plus blobs that exist in memory only (work tree).
class Objects {
 public:
  Objects(RepositoryHandle repository, OdbHandle odb, GitLimits limits, bool shallow)
      : repository_(std::move(repository)), odb_(std::move(odb)), limits_(limits), shallow_(shallow) {}

  git_repository* repository() const { return repository_.get(); }
  const GitLimits& limits() const { return limits_; }
  bool shallow() const { return shallow_; }

  bool has(const Oid& id) const;
  Result<std::uint64_t> blob_size(const Oid& id) const;
  /// Error (limit) where it is larger than `most` bytes; nothing was read then.
  Result<std::string> blob(const Oid& id, std::uint64_t most) const;
  Result<CommitHandle> commit(const Oid& id) const;
  Result<TreeHandle> tree(const git_oid& id) const;
  /// The id of a commit's tree.
  Result<git_oid> tree_of(const Oid& commit) const;

  /// A blob that is in no database; of one too large to keep, only its size.
  void remember(Oid id, std::string content) { memory_.insert_or_assign(std::move(id), std::move(content)); }
  void remember_size(Oid id, std::uint64_t size) { sizes_.insert_or_assign(std::move(id), size); }

 private:
  struct Header {
    std::uint64_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
  };
  Result<Header> header(const git_oid& id) const;
  Result<void> expect(const git_oid& id, git_object_t type) const;

  RepositoryHandle repository_;
  OdbHandle odb_;
  GitLimits limits_;
  bool shallow_ = false;
  std::map<Oid, std::string, std::less<>> memory_;
  std::map<Oid, std::uint64_t, std::less<>> sizes_;
};

}  // namespace patchgate
