#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace patchgate {

/// Which file of the tree is meant by a name that a build wrote down, on another machine and in another folder.
class TreePaths {
 public:
  /// `paths` of the tree, relative, '/'-separated.
  explicit TreePaths(std::vector<std::string> paths);
  TreePaths(const TreePaths&) = delete;  // the index points into the paths
  TreePaths& operator=(const TreePaths&) = delete;

  struct Candidate {
    std::string_view path;  ///< of the tree
    std::string root;       ///< what stands before it in the name: the folder of the build, with a `/` at its end
    friend bool operator==(const Candidate&, const Candidate&) = default;
  };
  /// Every path of the tree that `name` ends with, at whole parts, the longest first. Of a relative name that is longer
  /// in the tree: every path that ends with it, at most two. None where it leaves the tree (`..`). Time grows with the
  /// length of the name alone.
  std::vector<Candidate> meant_by(std::string_view name) const;

 private:
  struct Ending {
    bool whole = false;              ///< it is a path of the tree
    std::uint32_t file = 0;          ///< that path; else some path that ends so
    std::uint32_t another_file = 0;  ///< another one that ends so; `file` where there is none
  };
  std::vector<std::string> paths_;
  // A tree of names, from the last part of each path to its first.
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> longer_;
  std::vector<Ending> endings_;
};

/// The parts of a path with `.` and `..` worked out; a `\` parts as well where there is no `/`. Empty where it leaves
/// the folder that it begins in, or is longer than 4096 bytes.
std::vector<std::string_view> parts_of_path(std::string_view name);

}  // namespace patchgate
