#include "analyzers/git/scratch_repository.h"

#include "analyzers/git/handles.h"
#include "analyzers/git/open_checks.h"

namespace patchgate {
namespace {

using SignatureHandle = std::unique_ptr<git_signature, FreedBy<git_signature_free>>;

constexpr git_time_t kClock = 1'767'225'600;

Result<git_oid> write_tree(git_repository* repository, const std::map<std::string, std::string>& files) {
  git_index* raw = nullptr;
  PATCHGATE_CHECK(check(git_index_new(&raw), "make an index"));
  const IndexHandle index(raw);
  for (const auto& [path, content] : files) {
    git_index_entry entry{};
    entry.mode = GIT_FILEMODE_BLOB;
    entry.path = path.c_str();
    PATCHGATE_CHECK(
        check(git_blob_create_from_buffer(&entry.id, repository, content.data(), content.size()), "write a file"));
    PATCHGATE_CHECK(check(git_index_add(index.get(), &entry), "add a file"));
  }
  git_oid tree{};
  PATCHGATE_CHECK(check(git_index_write_tree_to(&tree, index.get(), repository), "write a tree"));
  return tree;
}

Result<void> write_commit(git_repository* repository, const ScratchCommit& commit, git_time_t time) {
  PATCHGATE_TRY(const git_oid tree_id, write_tree(repository, commit.files));
  git_tree* raw_tree = nullptr;
  PATCHGATE_CHECK(check(git_tree_lookup(&raw_tree, repository, &tree_id), "read a tree"));
  const TreeHandle tree(raw_tree);
  git_signature* raw_signature = nullptr;
  PATCHGATE_CHECK(check(git_signature_new(&raw_signature, "patchgate", "patchgate@example.org", time, 0), "sign"));
  const SignatureHandle signature(raw_signature);
  CommitHandle parent;
  if (!commit.parent.empty()) {
    git_oid id{};
    PATCHGATE_CHECK(
        check(git_reference_name_to_id(&id, repository, ("refs/heads/" + commit.parent).c_str()), "find a parent"));
    git_commit* raw_parent = nullptr;
    PATCHGATE_CHECK(check(git_commit_lookup(&raw_parent, repository, &id), "read a parent"));
    parent.reset(raw_parent);
  }
  const git_commit* parents[1] = {parent.get()};
  git_oid id{};
  PATCHGATE_CHECK(check(git_commit_create(&id, repository, nullptr, signature.get(), signature.get(), nullptr,
                                          commit.message.c_str(), tree.get(), parent ? 1 : 0, parents),
                        "write a commit"));
  git_reference* raw_reference = nullptr;
  PATCHGATE_CHECK(
      check(git_reference_create(&raw_reference, repository, ("refs/heads/" + commit.branch).c_str(), &id, 1, nullptr),
            "move a branch"));
  const ReferenceHandle reference(raw_reference);
  return {};
}

}  // namespace

Result<void> make_scratch_repository(const std::filesystem::path& folder, const std::vector<ScratchCommit>& commits) {
  PATCHGATE_CHECK(prepare_libgit2());
  git_repository* raw = nullptr;
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  options.flags = GIT_REPOSITORY_INIT_MKPATH;
  if (!commits.empty()) options.initial_head = commits.front().branch.c_str();
  PATCHGATE_CHECK(check(git_repository_init_ext(&raw, folder.c_str(), &options), "make a repository"));
  const RepositoryHandle repository(raw);
  git_time_t time = kClock;
  for (const auto& commit : commits) PATCHGATE_CHECK(write_commit(repository.get(), commit, time += 60));
  return {};
}

}  // namespace patchgate
