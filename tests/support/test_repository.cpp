#include "tests/support/test_repository.h"

#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>

#include <git2.h>
#include <git2/sys/repository.h>
#include <unistd.h>

namespace patchgate::test {
namespace fs = std::filesystem;
namespace {

void must(int rc, const std::string& what) {
  if (rc >= 0) return;
  const git_error* error = git_error_last();
  throw std::runtime_error(what + ": " + (error == nullptr ? "?" : error->message));
}

git_oid oid(const std::string& text) {
  git_oid out{};
  must(git_oid_fromstr(&out, text.c_str()), "oid " + text);
  return out;
}

std::string text(const git_oid& id) {
  char out[GIT_OID_HEXSZ + 1] = {};
  git_oid_fmt(out, &id);
  return out;
}

std::string write_object(git_repository* repository, std::string_view bytes, git_object_t type) {
  git_odb* odb = nullptr;
  must(git_repository_odb(&odb, repository), "odb");
  git_oid id{};
  const int rc = git_odb_write(&id, odb, bytes.data(), bytes.size(), type);
  git_odb_free(odb);
  must(rc, "write object");
  return text(id);
}

}  // namespace

TempFolder::TempFolder() {
  std::string name = (fs::temp_directory_path() / "patchgate-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
  path_ = fs::canonical(name);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void write_file(const fs::path& file, std::string_view content) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << content;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

TestRepository::TestRepository(Kind kind) {
  git_libgit2_init();
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  options.flags = GIT_REPOSITORY_INIT_MKPATH;
  if (kind == Kind::bare) options.flags |= GIT_REPOSITORY_INIT_BARE;
  options.initial_head = "main";
  must(git_repository_init_ext(&repository_, folder_.path().c_str(), &options), "init");
}

TestRepository::~TestRepository() {
  git_repository_free(repository_);
  git_libgit2_shutdown();
}

fs::path TestRepository::git_folder() const { return git_repository_path(repository_); }

TestRepository& TestRepository::on(const std::string& branch) {
  branch_ = branch;
  git_oid id{};
  if (git_reference_name_to_id(&id, repository_, ("refs/heads/" + branch).c_str()) != 0) {
    if (!tip_.empty()) ref("refs/heads/" + branch, tip_);
    return *this;
  }
  tip_ = text(id);
  files_.clear();
  git_commit* commit = nullptr;
  git_tree* tree = nullptr;
  must(git_commit_lookup(&commit, repository_, &id), "commit");
  must(git_commit_tree(&tree, commit), "tree");
  const auto visit = [](const char* root, const git_tree_entry* entry, void* files) {
    if (git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
      const File file{text(*git_tree_entry_id(entry)), static_cast<std::uint32_t>(git_tree_entry_filemode(entry))};
      static_cast<std::map<std::string, File>*>(files)->insert_or_assign(std::string(root) + git_tree_entry_name(entry),
                                                                         file);
    }
    return 0;
  };
  must(git_tree_walk(tree, GIT_TREEWALK_PRE, visit, &files_), "walk");
  git_tree_free(tree);
  git_commit_free(commit);
  return *this;
}

TestRepository& TestRepository::orphan(const std::string& branch) {
  branch_ = branch;
  tip_.clear();
  files_.clear();
  return *this;
}

TestRepository& TestRepository::write(const std::string& path, std::string_view content, std::uint32_t mode) {
  files_[path] = File{blob(content), mode};
  return *this;
}

TestRepository& TestRepository::mode(const std::string& path, std::uint32_t mode) {
  files_.at(path).mode = mode;
  return *this;
}

TestRepository& TestRepository::submodule(const std::string& path, const std::string& commit) {
  files_[path] = File{commit, 0160000};
  return *this;
}

TestRepository& TestRepository::move(const std::string& from, const std::string& to) {
  files_[to] = files_.at(from);
  files_.erase(from);
  return *this;
}

TestRepository& TestRepository::remove(const std::string& path) {
  if (files_.erase(path) == 0) throw std::runtime_error("no such file: " + path);
  return *this;
}

std::string TestRepository::content(const std::string& path) const {
  const git_oid id = oid(files_.at(path).id);
  git_blob* found = nullptr;
  must(git_blob_lookup(&found, repository_, &id), "blob");
  std::string out(static_cast<const char*>(git_blob_rawcontent(found)),
                  static_cast<std::size_t>(git_blob_rawsize(found)));
  git_blob_free(found);
  return out;
}

std::string TestRepository::write_tree(const std::string& folder) const {
  git_treebuilder* builder = nullptr;
  must(git_treebuilder_new(&builder, repository_, nullptr), "treebuilder");
  std::set<std::string> done;
  for (auto at = files_.lower_bound(folder); at != files_.end() && at->first.starts_with(folder); ++at) {
    const std::string rest = at->first.substr(folder.size());
    const std::size_t slash = rest.find('/');
    const std::string name = rest.substr(0, slash);
    if (!done.insert(name).second) continue;
    const bool is_folder = slash != std::string::npos;
    const git_oid id = oid(is_folder ? write_tree(folder + name + "/") : at->second.id);
    const auto mode = static_cast<git_filemode_t>(is_folder ? 0040000U : at->second.mode);
    must(git_treebuilder_insert(nullptr, builder, name.c_str(), &id, mode), "insert " + at->first);
  }
  git_oid id{};
  const int rc = git_treebuilder_write(&id, builder);
  git_treebuilder_free(builder);
  must(rc, "write tree");
  return text(id);
}

std::string TestRepository::write_commit(const std::string& tree, const std::vector<std::string>& parents,
                                         const std::string& message, const std::string& author) {
  clock_ += 60;
  const std::string who = author + " <author@example.org> " + std::to_string(clock_) + " +0000\n";
  std::string raw = "tree " + tree + "\n";
  for (const std::string& parent : parents) raw += "parent " + parent + "\n";
  raw += "author " + who + "committer " + who + "\n" + message + "\n";
  return write_object(repository_, raw, GIT_OBJECT_COMMIT);
}

std::string TestRepository::commit(const std::string& message, const std::string& author) {
  std::vector<std::string> parents;
  if (!tip_.empty()) parents.push_back(tip_);
  tip_ = write_commit(write_tree(""), parents, message, author);
  ref("refs/heads/" + branch_, tip_);
  return tip_;
}

std::string TestRepository::commit_with_parents(const std::string& message, const std::vector<std::string>& parents) {
  tip_ = write_commit(write_tree(""), parents, message, "A U Thor");
  ref("refs/heads/" + branch_, tip_);
  return tip_;
}

std::string TestRepository::commit_tree(const std::string& tree, const std::vector<std::string>& parents) {
  return write_commit(tree, parents, "raw", "A U Thor");
}

void TestRepository::ref(const std::string& name, const std::string& id) {
  const git_oid target = oid(id);
  git_reference* out = nullptr;
  must(git_reference_create(&out, repository_, name.c_str(), &target, 1, nullptr), "ref " + name);
  git_reference_free(out);
}

void TestRepository::symbolic_ref(const std::string& name, const std::string& target) {
  git_reference* out = nullptr;
  must(git_reference_symbolic_create(&out, repository_, name.c_str(), target.c_str(), 1, nullptr), "ref " + name);
  git_reference_free(out);
}

std::string TestRepository::tag(const std::string& name, const std::string& commit) {
  const std::string raw = "object " + commit + "\ntype commit\ntag " + name +
                          "\ntagger A U Thor <author@example.org> 1700000000 +0000\n\nmessage\n";
  std::string id = write_object(repository_, raw, GIT_OBJECT_TAG);
  ref("refs/tags/" + name, id);
  return id;
}

void TestRepository::config(const std::string& key, const std::string& value) {
  git_config* out = nullptr;
  must(git_config_open_ondisk(&out, (git_folder() / "config").c_str()), "config");
  const int rc = git_config_set_string(out, key.c_str(), value.c_str());
  git_config_free(out);
  must(rc, "config " + key);
}

void TestRepository::check_out() {
  const git_oid id = oid(tip_);
  git_object* commit = nullptr;
  must(git_object_lookup(&commit, repository_, &id, GIT_OBJECT_COMMIT), "commit");
  git_checkout_options options = GIT_CHECKOUT_OPTIONS_INIT;
  options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_REMOVE_UNTRACKED;
  const int rc = git_checkout_tree(repository_, commit, &options);
  git_object_free(commit);
  must(rc, "checkout");
  must(git_repository_set_head(repository_, ("refs/heads/" + branch_).c_str()), "HEAD");
}

void TestRepository::stage(const std::string& path) {
  git_index* index = nullptr;
  must(git_repository_index(&index, repository_), "index");
  int rc = fs::exists(fs::symlink_status(folder_.path() / path)) ? git_index_add_bypath(index, path.c_str())
                                                                 : git_index_remove_bypath(index, path.c_str());
  if (rc == 0) rc = git_index_write(index);
  git_index_free(index);
  must(rc, "stage " + path);
}

void TestRepository::stage_intent(const std::string& path) {
  git_index* index = nullptr;
  must(git_repository_index(&index, repository_), "index");
  git_index_entry entry{};
  entry.path = path.c_str();
  entry.mode = 0100644;
  entry.id = oid(blob(""));
  entry.flags_extended = GIT_INDEX_ENTRY_INTENT_TO_ADD;
  int rc = git_index_add(index, &entry);
  if (rc == 0) rc = git_index_write(index);
  git_index_free(index);
  must(rc, "stage " + path);
}

std::string TestRepository::blob(std::string_view content) {
  return write_object(repository_, content, GIT_OBJECT_BLOB);
}

std::string TestRepository::raw_tree(const std::vector<RawEntry>& entries) {
  std::string raw;
  for (const RawEntry& entry : entries) {
    const git_oid id = oid(entry.id);
    raw += entry.mode + " " + entry.name;
    raw.push_back('\0');
    raw.append(reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ);
  }
  return write_object(repository_, raw, GIT_OBJECT_TREE);
}

void TestRepository::lose_object(const std::string& id) {
  fs::remove(git_folder() / "objects" / id.substr(0, 2) / id.substr(2));
}

}  // namespace patchgate::test

#if defined(__SANITIZE_ADDRESS__)
// libgit2 1.5 does not free the state of a regular expression that did not match.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpcre2\n"; }
#endif
