#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

struct git_repository;

namespace patchgate::test {

/// A folder of its own below the system's temporary folder, gone at the end.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Writes a file and the folders above it.
void write_file(const std::filesystem::path& file, std::string_view content);

/// A small repository built with libgit2, author and clock fixed, so that equal steps give equal ids. Any failure
/// throws std::runtime_error. Steps change the files of the *next* commit; `on` starts from the tip of a branch.
///
///   TestRepository repo;
///   const std::string base = repo.write("a.cpp", "int f();\n").commit("first");
///   const std::string head = repo.on("hotfix").write("a.cpp", "int g();\n").commit("second");
class TestRepository {
 public:
  enum class Kind { with_work_tree, bare };
  explicit TestRepository(Kind kind = Kind::with_work_tree);
  TestRepository(const TestRepository&) = delete;
  TestRepository& operator=(const TestRepository&) = delete;
  ~TestRepository();

  const std::filesystem::path& path() const { return folder_.path(); }
  std::filesystem::path git_folder() const;

  /// Goes on with `branch` (created at the present tip where it is not there).
  TestRepository& on(const std::string& branch);
  /// A branch without a history.
  TestRepository& orphan(const std::string& branch);
  TestRepository& write(const std::string& path, std::string_view content, std::uint32_t mode = 0100644);
  TestRepository& link(const std::string& path, std::string_view target) { return write(path, target, 0120000); }
  TestRepository& mode(const std::string& path, std::uint32_t mode);
  TestRepository& submodule(const std::string& path, const std::string& commit);
  TestRepository& move(const std::string& from, const std::string& to);
  TestRepository& remove(const std::string& path);
  /// The id of the commit, now the branch's tip; each is a minute after the one before.
  std::string commit(const std::string& message, const std::string& author = "A U Thor");
  /// A commit of the present files with these parents, the branch's tip not counted.
  std::string commit_with_parents(const std::string& message, const std::vector<std::string>& parents);
  /// The content of the next commit's file.
  std::string content(const std::string& path) const;

  std::string tip() const { return tip_; }
  void ref(const std::string& name, const std::string& id);
  void symbolic_ref(const std::string& name, const std::string& target);
  /// An annotated tag; the id of the tag object.
  std::string tag(const std::string& name, const std::string& commit);
  void config(const std::string& key, const std::string& value);
  /// Puts the branch's tip into work tree and index, HEAD on the branch.
  void check_out();
  /// `git add` of one path.
  void stage(const std::string& path);
  void stage_intent(const std::string& path);

  struct RawEntry {
    std::string mode, name, id;
  };
  std::string blob(std::string_view content);
  /// A tree as it is given: nothing is checked or sorted.
  std::string raw_tree(const std::vector<RawEntry>& entries);
  /// A commit of any tree, on no branch.
  std::string commit_tree(const std::string& tree, const std::vector<std::string>& parents = {});
  /// Removes a loose object from the disk.
  void lose_object(const std::string& id);

 private:
  struct File {
    std::string id;
    std::uint32_t mode;
  };
  std::string write_tree(const std::string& folder) const;
  std::string write_commit(const std::string& tree, const std::vector<std::string>& parents, const std::string& message,
                           const std::string& author);

  TempFolder folder_;
  git_repository* repository_ = nullptr;
  std::map<std::string, File> files_;
  std::string branch_ = "main";
  std::string tip_;
  std::int64_t clock_ = 1'700'000'000;
};

}  // namespace patchgate::test
