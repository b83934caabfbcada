#include "analyzers/rollout/built_programs.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyzers/rollout/cmake_words.h"
#include "analyzers/rollout/document.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostSources = 20'000;  // of one target

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}
std::string name_in_path(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

/// `path` seen from `folder`, without `.` and `..`; empty where it leaves the repository.
std::string joined_path(const std::string& folder, std::string_view path) {
  std::vector<std::string_view> parts;
  const std::string whole = folder.empty() ? std::string(path) : folder + "/" + std::string(path);
  std::string_view rest = whole;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('/'), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return "";
    } else {
      parts.pop_back();
    }
  }
  std::string result;
  for (const auto part : parts) result += (result.empty() ? "" : "/") + std::string(part);
  return result;
}

/// Reads the targets of one CMakeLists.txt.
class CMakeFile {
 public:
  CMakeFile(const RolloutSource& file, std::map<std::string, BuiltTarget>& targets)
      : file_(file), folder_(folder_of(file.path)), targets_(targets) {
    for (const char* here : {"CMAKE_CURRENT_SOURCE_DIR", "CMAKE_CURRENT_LIST_DIR"}) variables_[here] = {"/" + folder_};
    variables_["CMAKE_SOURCE_DIR"] = variables_["PROJECT_SOURCE_DIR"] = {"/"};
  }

  void read() {
    for (const CMakeCommand& command : cmake_commands(file_.text)) {
      if (command.words.empty()) continue;
      const std::string& name = command.name;
      if (name == "project") {
        variables_["PROJECT_NAME"] = {command.words.front()};
      } else if (name == "set") {
        bool whole = true;
        auto values = filled({command.words.begin() + 1, command.words.end()}, whole);
        if (whole) variables_[command.words.front()] = std::move(values);
      } else if (name == "file") {
        read_glob(command.words);
      } else if (name == "add_executable" || name == "add_library") {
        read_target(command);
      } else if (name == "target_sources" || name == "target_link_libraries") {
        add_to_target(command);
      } else if (name == "set_target_properties" || name == "set_property") {
        read_output_name(command.words);
      }
    }
  }

 private:
  static bool is_keyword(const std::string& word) {
    static const std::set<std::string, std::less<>> kWords{
        "ALIAS",   "EXCLUDE_FROM_ALL", "FILE_SET", "IMPORTED", "INTERFACE", "MACOSX_BUNDLE", "MODULE",  "OBJECT",
        "PRIVATE", "PUBLIC",           "SHARED",   "STATIC",   "WIN32",     "debug",         "general", "optimized"};
    return kWords.contains(word);
  }

  /// With the variables of this file in their places. `whole` becomes false where one is not known.
  std::vector<std::string> filled(const std::vector<std::string>& words, bool& whole) const {
    std::vector<std::string> result;
    for (const std::string& word : words) {
      const auto begin = word.find("${");
      const auto end = word.find('}', begin);
      if (word.find("$<") != std::string::npos || word.find("$ENV{") != std::string::npos) {
        whole = false;
      } else if (begin == std::string::npos) {
        result.push_back(word);
      } else {
        const auto known =
            end == std::string::npos ? variables_.end() : variables_.find(word.substr(begin + 2, end - begin - 2));
        if (known == variables_.end() || word.find("${", begin + 2) != std::string::npos) {
          whole = false;
          continue;
        }
        for (const std::string& value : known->second) {
          if (result.size() == kMostSources) break;
          result.push_back(word.substr(0, begin) + value + word.substr(end + 1));
        }
      }
    }
    return result;
  }

  void read_glob(const std::vector<std::string>& words) {
    const bool deep = words.front() == "GLOB_RECURSE";
    if (words.size() < 3 || (words.front() != "GLOB" && !deep)) return;
    bool whole = true;
    auto patterns = filled({words.begin() + 2, words.end()}, whole);
    if (deep || !whole) return;  // a variable that is not known makes its target open
    std::erase(patterns, "CONFIGURE_DEPENDS");
    variables_[words[1]] = std::move(patterns);
  }

  /// A path that begins with `/` is one from the root of the repository.
  std::string source_path(const std::string& word) const {
    return word.starts_with("/") ? joined_path("", word) : joined_path(folder_, word);
  }

  void add_sources(BuiltTarget& target, const std::vector<std::string>& words) {
    bool whole = true;
    for (const std::string& word : filled(words, whole)) {
      if (is_keyword(word)) continue;
      std::string path = source_path(word);
      if (!path.empty() && target.sources.size() < kMostSources) target.sources.push_back(std::move(path));
    }
    if (!whole) target.open = true;
  }

  BuiltTarget* target_of(const std::string& word, std::uint32_t line) {
    bool whole = true;
    const auto names = filled({word}, whole);
    if (!whole || names.size() != 1) return nullptr;
    BuiltTarget& target = targets_[names.front()];
    if (target.name.empty()) {
      target.name = target.output = names.front();
      target.at = {file_.path, line, 0};
    }
    return &target;
  }

  void read_target(const CMakeCommand& command) {
    BuiltTarget* target = target_of(command.words.front(), command.line);
    if (target == nullptr) return;
    target->at = {file_.path, command.line, 0};
    target->executable = target->executable || command.name == "add_executable";
    const bool alias = std::find(command.words.begin(), command.words.end(), "ALIAS") != command.words.end();
    auto& list = alias ? target->links : target->sources;
    if (alias) {
      list.insert(list.end(), command.words.begin() + 2, command.words.end());
    } else {
      add_sources(*target, {command.words.begin() + 1, command.words.end()});
    }
  }

  void add_to_target(const CMakeCommand& command) {
    BuiltTarget* target = target_of(command.words.front(), command.line);
    if (target == nullptr) return;
    const std::vector<std::string> rest(command.words.begin() + 1, command.words.end());
    if (command.name == "target_sources") return add_sources(*target, rest);
    bool whole = true;
    for (auto& word : filled(rest, whole))
      if (!is_keyword(word)) target->links.push_back(std::move(word));
    if (!whole) target->open = true;
  }

  void read_output_name(const std::vector<std::string>& words) {
    const auto output = std::find(words.begin(), words.end(), "OUTPUT_NAME");
    if (output == words.end() || output + 1 == words.end()) return;
    const std::size_t first = words.front() == "TARGET" ? 1 : 0;
    const auto target = targets_.find(words[first]);
    bool whole = true;
    const auto name = filled({*(output + 1)}, whole);
    if (target != targets_.end() && whole && name.size() == 1) target->second.output = name.front();
  }

  const RolloutSource& file_;
  const std::string folder_;
  std::map<std::string, BuiltTarget>& targets_;
  std::map<std::string, std::vector<std::string>, std::less<>> variables_;
};

std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n\"'/[],";
  std::set<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(kBetween), text.size());
    if (end != 0) words.emplace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {words.begin(), words.end()};
}

bool is_dockerfile(const std::string& path) {
  const std::string name = name_in_path(path);
  return name.starts_with("Dockerfile") || name.ends_with(".dockerfile") || name.starts_with("Containerfile");
}

/// The services of a compose file (compose-spec): one with `build` makes an image from a Dockerfile.
void read_compose(const RolloutSource& file, const std::vector<RolloutSource>& files, BuiltPrograms& built) {
  const auto documents = parse_documents(file.path, file.text);
  if (!documents) return;
  for (const DocNode& document : *documents) {
    const DocNode* services = document.find("services");
    if (services == nullptr || !services->is_map()) continue;
    for (const auto& [name, service] : services->members) {
      const DocNode* build = service.find("build");
      if (build == nullptr) continue;
      const std::string context = build->is_scalar() ? build->text : scalar_text(build->find("context"));
      const std::string given = scalar_text(build->find("dockerfile"));
      const std::string path =
          joined_path(folder_of(file.path), context + "/" + (given.empty() ? "Dockerfile" : given));
      const auto same = [&](const RolloutSource& source) { return source.path == path; };
      const auto found = std::find_if(files.begin(), files.end(), same);
      if (found == files.end()) continue;
      const Place at{file.path, service.line, 0};
      const auto words = words_of(found->text);
      built.images.push_back({name, at, words});
      if (const DocNode* image = service.find("image"))
        built.images.push_back({image_name(scalar_text(image)), at, words});
    }
  }
}

}  // namespace

std::string image_name(const std::string& image) {
  std::string name = name_in_path(image.substr(0, image.find('@')));
  return name.substr(0, name.find(':'));
}

BuiltPrograms built_programs(const std::vector<RolloutSource>& files) {
  BuiltPrograms built;
  std::map<std::string, BuiltTarget> targets;
  for (const RolloutSource& file : files) {
    const std::string name = name_in_path(file.path);
    if (name == "CMakeLists.txt") {
      CMakeFile(file, targets).read();
    } else if (is_dockerfile(file.path)) {
      const std::string folder = name_in_path(folder_of(file.path));
      if (!folder.empty()) built.images.push_back({folder, {file.path, 1, 0}, words_of(file.text)});
    } else {
      read_compose(file, files, built);
    }
  }
  for (auto& [name, target] : targets) built.targets.push_back(std::move(target));
  return built;
}

}  // namespace patchgate
