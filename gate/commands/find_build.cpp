#include <algorithm>

#include "gate/commands/project_signs.h"

namespace patchgate {
namespace {

/// `{in}` in a command is the folder of the file that shows it.
struct BuildSystem {
  const char* name;
  std::vector<std::string_view> files;
  const char* packages;
  std::vector<const char*> commands;
  const char* folder;  ///< of compile_commands.json
};

const std::vector<BuildSystem>& build_systems() {
  static const std::vector<BuildSystem> table{
      {"CMake",
       {"CMakeLists.txt"},
       "g++ cmake ninja-build",
       {"cmake -S {in} -B build -G Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"},
       "build"},
      {"Meson", {"meson.build"}, "g++ meson ninja-build", {"meson setup build {in}"}, "build"},
      {"Bazel",
       {"MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel"},
       "g++",
       {"bazel run @hedron_compile_commands//:refresh_all"},
       "."},
      {"autotools",
       {"configure.ac", "configure.in"},
       "g++ make bear autoconf automake libtool pkg-config",
       {"autoreconf -fi {in}", "{in}/configure", "bear -- make -j\"$(nproc)\""},
       "."},
      {"configure and make",
       {"configure"},
       "g++ make bear pkg-config",
       {"{in}/configure", "bear -- make -j\"$(nproc)\""},
       "."},
      {"Ninja", {"build.ninja"}, "g++ ninja-build", {"ninja -C {in} -t compdb > compile_commands.json"}, "."},
      {"Make",
       {"GNUmakefile", "Makefile", "makefile"},
       "g++ make bear pkg-config",
       {"bear -- make -C {in} -j\"$(nproc)\""},
       "."},
  };
  return table;
}

/// The file nearest to the top, in the order of names; empty where none of these is in the top folder or one below it.
std::string shallowest(const std::vector<std::string>& paths, const BuildSystem& system) {
  std::string found;
  for (const auto& path : paths) {
    const auto slash = path.rfind('/');
    const auto name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (std::find(system.files.begin(), system.files.end(), name) == system.files.end()) continue;
    const auto depth = std::count(path.begin(), path.end(), '/');
    if (depth == 0) return path;
    if (depth == 1 && found.empty()) found = path;
  }
  return found;
}

/// Fit to stand in a script as it is.
bool is_plain(const std::string& folder) {
  return folder.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
             std::string::npos &&
         !folder.starts_with('-');
}

BuildSteps steps_of(const BuildSystem& system, const std::string& folder) {
  BuildSteps steps{system.name, system.packages, {}, system.folder};
  for (std::string command : system.commands) {
    if (const auto at = command.find("{in}"); at != std::string::npos) command.replace(at, 4, folder);
    steps.commands.push_back(std::move(command));
  }
  return steps;
}

/// Files that the build before them in the table makes or comes with are no second build.
bool is_made_by(std::string_view chosen, std::string_view other) {
  return (chosen == "autotools" || chosen == "configure and make") &&
         (other == "configure and make" || other == "Make");
}

}  // namespace

void find_build(const std::vector<std::string>& paths, ProjectSigns& signs) {
  signs.build = steps_of(build_systems().front(), ".");
  std::vector<std::string> others;
  // What lies in the top folder says more than what lies below it.
  for (const bool at_top : {true, false}) {
    for (const auto& system : build_systems()) {
      const auto file = shallowest(paths, system);
      const bool is_at_top = file.find('/') == std::string::npos;
      if (file.empty() || is_at_top != at_top) continue;
      if (!signs.built_by.empty()) {
        if (is_at_top && !is_made_by(signs.build.name, system.name))
          others.emplace_back(std::string(system.name) + " (" + file + ")");
        continue;
      }
      const auto folder = is_at_top ? std::string(".") : file.substr(0, file.find('/'));
      if (!is_plain(folder)) continue;
      signs.built_by = file;
      signs.build = steps_of(system, folder);
    }
  }
  if (signs.built_by.empty())
    signs.not_known.emplace_back(
        "how it is built: the job has CMake's words; docs/compile-commands.md has those of others");
  if (!others.empty()) {
    std::string text = "which build is the right one: " + signs.build.name + " was taken, and there is";
    for (std::size_t i = 0; i < others.size(); ++i) text += (i == 0 ? " " : ", ") + others[i];
    signs.not_known.push_back(text);
  }
  if (signs.build.name == "Bazel")
    signs.not_known.emplace_back(
        "whether Bazel may make compile commands here: Debian has no Bazel, and hedron_compile_commands has to be in "
        "its "
        "MODULE.bazel (docs/compile-commands.md)");
  signs.not_known.push_back("which packages the build needs besides " + signs.build.packages +
                            ": add them to the apt-get line of the job");
}

}  // namespace patchgate
