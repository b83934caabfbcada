#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/coverage/tree_paths.h"
#include "analyzers/model/test_evidence.h"

namespace patchgate {

/// What the readers of all formats fill. Keeps what is said about the wanted files and drops the rest, so that memory
/// grows with the patch and not with the project.
class CoverageBuilder {
 public:
  /// `wanted`: paths of the tree. Both must outlive the builder.
  CoverageBuilder(const TreePaths& tree, const std::set<std::string, std::less<>>& wanted)
      : tree_(tree), wanted_(wanted) {}

  /// What follows is about that file, until the next one. A relative name may lie below each of `folders`.
  void file(std::string_view name, const std::vector<std::string>& folders = {});
  /// False: what is said about the file is dropped.
  bool wants() const { return section_ != nullptr; }

  void line(std::uint32_t line, std::uint64_t count);  ///< counts of one line add up
  void checksum(std::uint32_t line, std::string_view sum);
  /// `key` tells the branches of a line apart.
  void branch(std::uint32_t line, std::string_view key, bool taken);
  void branches(std::uint32_t line, std::uint32_t all, std::uint32_t taken);  ///< where they are only counted
  void function(std::string_view name, std::uint32_t first, std::uint32_t last);

  /// More is kept than any real file says about a patch: stop reading.
  bool is_full() const { return kept_ > kMostKept; }
  static constexpr std::size_t kMostKept = 1'000'000;

  /// By path. A file that several names may mean, or one name of several files, is unusable and says why. Of names
  /// under different roots count those whose root holds at least a tenth as many files as the commonest: a header that
  /// is installed on the machine is not that of the tree.
  std::vector<FileCoverage> build() const;

 private:
  struct Line {
    std::uint64_t count = 0;
    bool counted = false;
    std::map<std::string, bool, std::less<>> branches;
    std::uint32_t all = 0, taken = 0;
    std::string checksum;
  };
  struct Section {
    std::vector<TreePaths::Candidate> candidates;
    std::map<std::uint32_t, Line> lines;
    std::set<std::pair<std::pair<std::uint32_t, std::uint32_t>, std::string>> functions;  // first, last; name
  };
  std::vector<TreePaths::Candidate> candidates_of(std::string_view name, const std::vector<std::string>& folders) const;
  std::map<std::string, std::vector<const Section*>> by_path(std::map<std::string, std::string>& ambiguous) const;

  const TreePaths& tree_;
  const std::set<std::string, std::less<>>& wanted_;
  std::map<std::string, Section, std::less<>> sections_;     // by name
  std::map<std::string, std::uint64_t, std::less<>> votes_;  // by root: files that surely lie below it
  Section* section_ = nullptr;
  std::size_t kept_ = 0;
};

}  // namespace patchgate
