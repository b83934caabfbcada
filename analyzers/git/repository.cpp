#include "analyzers/git/repository.h"

#include "analyzers/git/escape.h"
#include "analyzers/git/open_checks.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace fs = std::filesystem;
namespace {

fs::path folder_path(const char* text) {
  if (text == nullptr) return {};
  std::string path(text);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

Result<fs::path> find_git_folder(const fs::path& folder) {
  std::error_code error;
  const std::string name = escaped_in_quotes(folder.string());
  if (!fs::exists(folder, error)) return fail(Error::Kind::repository, name + " does not exist");
  if (!fs::is_directory(folder, error)) return fail(Error::Kind::repository, name + " is not a folder");
  Buffer found;
  const int rc = git_repository_discover(&found.raw, folder.c_str(), /*across_fs=*/1, nullptr);
  if (rc == GIT_ENOTFOUND) {
    return fail(Error::Kind::repository, name + " is not in a git repository", "name one: --repo DIR");
  }
  if (rc < 0) return git_failure("find the repository of " + name);
  return folder_path(std::string(found.view()).c_str());
}

}  // namespace

Repository::Repository(std::unique_ptr<State> state) : state_(std::move(state)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

Result<Repository> Repository::open(const fs::path& folder, GitLimits limits, Ownership ownership) {
  PATCHGATE_CHECK(prepare_libgit2());
  PATCHGATE_TRY(const fs::path git_folder, find_git_folder(folder));
  const fs::path common = common_folder_of(git_folder);
  // Before anything in it is read: who may write there chooses what we read.
  PATCHGATE_CHECK(check_owner(git_folder, ownership));
  PATCHGATE_CHECK(check_owner(common, ownership));
  PATCHGATE_CHECK(check_format(common));

  git_repository* raw = nullptr;
  if (git_repository_open(&raw, git_folder.c_str()) < 0) {
    return git_failure("open the repository " + escaped_in_quotes(git_folder.string()));
  }
  RepositoryHandle repository(raw);
  const fs::path work_folder = folder_path(git_repository_workdir(raw));
  if (!work_folder.empty()) PATCHGATE_CHECK(check_owner(work_folder, ownership));
  git_odb* odb = nullptr;
  PATCHGATE_CHECK(check(git_repository_odb(&odb, raw), "open the object database"));
  const bool shallow = git_repository_is_shallow(raw) == 1;
  Objects objects(std::move(repository), OdbHandle(odb), limits, shallow);
  fs::path common_folder = folder_path(git_repository_commondir(raw));
  return Repository(std::make_unique<State>(State{std::move(objects), std::move(common_folder), work_folder}));
}

const fs::path& Repository::git_folder() const { return state_->git_folder; }
const fs::path& Repository::work_folder() const { return state_->work_folder; }
bool Repository::shallow() const { return state_->objects.shallow(); }
const GitLimits& Repository::limits() const { return state_->objects.limits(); }

Result<std::string> Repository::blob(const Oid& id, std::uint64_t limit) const {
  return state_->objects.blob(id, limit == 0 ? limits().max_source_blob : limit);
}

}  // namespace patchgate
