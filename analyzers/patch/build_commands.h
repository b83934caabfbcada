#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace patchgate {

/// Names of programs (each the last part of a path, `gen.py`), to be found in a text in one pass over it, however many
/// they are. An empty name, and one of signs alone, is found nowhere.
class ProgramNames {
 public:
  explicit ProgramNames(const std::set<std::string>& names);
  /// Which of them `text` has in it, not as a part of a longer name.
  std::set<std::string_view> in(std::string_view text) const;

 private:
  std::set<std::string, std::less<>> names_;
  /// By a name's first run of letters, digits and `.-+_`: where in a name it begins, and how long such names are.
  std::map<std::string, std::set<std::pair<std::size_t, std::size_t>>, std::less<>> forms_;
};

/// Which of `programs` are named where `build_file`, whose content is `text`, runs something, and the first line that
/// does. What is run: calls like add_custom_command, custom_target, genrule and action in CMake, Meson, Bazel and GN,
/// recipes of Makefiles, any line of other build files. Comments do not count.
std::map<std::string, std::uint32_t> lines_that_run(std::string_view build_file, std::string_view text,
                                                    const ProgramNames& programs);

}  // namespace patchgate
