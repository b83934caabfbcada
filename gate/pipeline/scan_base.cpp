#include "gate/pipeline/scan_base.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <system_error>

namespace patchgate {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kLink = 0120000;
constexpr std::uint32_t kSubmodule = 0160000;
constexpr std::size_t kMostGenerated = 20'000;
constexpr std::uintmax_t kLargestGenerated = 64U << 20U;

std::optional<std::string> read_disk_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > kLargestGenerated || error) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What a command line says that a scan has to know.
struct CommandWords {
  std::string defines;  ///< as text of #define and #include lines
  std::vector<fs::path> folders;
};

CommandWords words_of(const CompileCommand& command) {
  CommandWords words;
  const auto& arguments = command.arguments;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    for (const std::string_view flag : {"-D", "-include", "-imacros", "-isystem", "-iquote", "-idirafter", "-I"}) {
      if (!arguments[i].starts_with(flag)) continue;
      std::string value = arguments[i].substr(flag.size());
      if (value.empty() && i + 1 < arguments.size()) value = arguments[++i];
      // Looked for in the command's folder first, then as any other header is.
      const bool file = flag == "-include" || flag == "-imacros";
      if (file) words.defines += "#include \"" + (fs::path(command.directory) / value).string() + "\"\n";
      if (flag == "-D") {
        const auto equals = value.find('=');
        words.defines += "#define " + value.substr(0, equals) +
                         (equals == std::string::npos ? "" : " " + value.substr(equals + 1)) + "\n";
      } else if (file) {
        words.defines += "#include \"" + value + "\"\n";
      } else {
        words.folders.push_back((fs::path(command.directory) / value).lexically_normal());
      }
      break;
    }
  }
  return words;
}

class BaseScanner {
 public:
  explicit BaseScanner(const ScanInput& input) : input_(input), disk_root_(input.repository.work_folder()) {}

  Result<std::optional<ProjectScan>> run() {
    for (const auto& entry : input_.sides.base.entries()) tree_.push_back(entry.path);
    const IncludeFinder in_tree(tree_);
    PATCHGATE_CHECK(read_commands());
    // What they include, whatever its name is, and what that includes.
    if (input_.limits.over()) return std::optional<ProjectScan>();
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (input_.limits.over()) return std::optional<ProjectScan>();
      const auto lines = files_[i].scan.includes;
      for (std::size_t number = 0; number < lines.size(); ++number) {
        const auto& line = lines[number];
        if (line.name.starts_with('/')) {
          const auto path = fs::path(line.name).lexically_normal();
          files_[i].scan.includes[number] = {name_of(path), false};
          PATCHGATE_CHECK(add_absolute(path));
          continue;
        }
        const auto meant = in_tree.find(line, files_[i].path);
        for (const auto at : meant) PATCHGATE_CHECK(add_tracked(input_.sides.base.entries()[at]));
        if (meant.empty()) PATCHGATE_CHECK(add_generated(line, files_[i].path));
      }
    }
    std::sort(mains_.begin(), mains_.end());
    mains_.erase(std::unique(mains_.begin(), mains_.end()), mains_.end());
    return std::optional(ProjectScan(std::move(files_), std::move(mains_)));
  }

 private:
  ScanIndex add(std::string path, std::string_view text) {
    const auto [at, fresh] = known_.try_emplace(path, static_cast<ScanIndex>(files_.size()));
    if (fresh) files_.push_back({std::move(path), scan_file(text), {}});
    return at->second;
  }

  Result<void> add_tracked(const TreeEntry& entry) {
    if (entry.mode == kSubmodule || known_.contains(entry.path)) return {};
    if (entry.mode == kLink) return add_through_links(entry.path);
    PATCHGATE_TRY(const auto text, input_.repository.blob(entry.blob));
    add(entry.path, text);
    return {};
  }

  /// Clang knows what it opens by way of a link under the link's name.
  Result<void> add_through_links(const std::string& path) {
    PATCHGATE_TRY(const auto text, read_file(input_.repository, input_.sides.base, path));
    if (text) add(path, *text);
    return {};
  }

  Result<void> read_commands() {
    std::set<fs::path> folders;
    std::map<std::string, ScanIndex> command_lines;
    for (const auto& command : input_.commands) {
      if (input_.limits.over()) return {};
      if (const auto* entry = input_.sides.base.find(command.file)) PATCHGATE_CHECK(add_tracked(*entry));
      auto main = known_.find(command.file);
      if (main == known_.end()) {
        // A link, or a source that the build generated.
        auto text = read_file(input_.repository, input_.sides.base, command.file).value_or(std::nullopt);
        if (!text && !disk_root_.empty() && !input_.sides.knows(command.file))
          text = read_disk_file(disk_root_ / command.file);
        add(command.file, text.value_or(""));
        main = known_.find(command.file);
      }
      mains_.push_back(main->second);
      const auto words = words_of(command);
      folders.insert(words.folders.begin(), words.folders.end());
      if (words.defines.empty()) continue;
      auto line = command_lines.find(words.defines);
      if (line == command_lines.end()) {
        const auto name = "<command line " + std::to_string(command_lines.size() + 1) + ">";
        line = command_lines.emplace(words.defines, add(name, words.defines)).first;
        files_[line->second].scan.guarded = true;
      }
      auto& more = files_[main->second].more_includes;
      if (std::find(more.begin(), more.end(), line->second) == more.end()) more.push_back(line->second);
    }
    folders_.assign(folders.begin(), folders.end());
    return {};
  }

  /// The file on disk that `line` means, if it is one that only the build knows.
  Result<void> add_generated(const IncludeLine& line, const std::string& from) {
    if (generated_ >= kMostGenerated || line.name.find('\0') != std::string::npos) return {};
    if (line.quoted && !from.starts_with("<")) {
      const auto beside = (fs::path(from).parent_path() / line.name).lexically_normal();
      PATCHGATE_TRY(const bool found, add_untracked(input_.root / beside));
      if (found) return {};
    }
    if (!looked_for_.insert(line.name).second) return {};
    for (const auto& folder : folders_) PATCHGATE_CHECK(add_untracked((folder / line.name).lexically_normal()));
    return {};
  }

  Result<void> add_absolute(const fs::path& path) {
    if (const auto* entry = input_.sides.base.find(name_of(path))) return add_tracked(*entry);
    if (generated_ < kMostGenerated) PATCHGATE_CHECK(add_untracked(path));
    return {};
  }

  /// In the list of files: relative where it lies below the repository. `path` is as the commands name it.
  std::string name_of(const fs::path& path) const {
    auto inside = path.lexically_relative(input_.root).generic_string();
    return inside.empty() || inside.starts_with("..") ? path.generic_string() : inside;
  }

  /// A file that git knows by way of a linked folder, or not at all; false where there is none.
  Result<bool> add_untracked(const fs::path& path) {
    const auto name = name_of(path);
    if (known_.contains(name)) return true;
    if (name.starts_with('/')) return add_outside(path);
    if (input_.sides.knows(name)) return false;
    PATCHGATE_CHECK(add_through_links(name));
    return known_.contains(name) || (!disk_root_.empty() && take_from_disk(name, disk_root_ / name));
  }

  bool add_outside(const fs::path& path) {
    for (const auto& folder : input_.build_folders) {
      const auto below = path.lexically_relative(folder).generic_string();
      if (!below.empty() && !below.starts_with("..")) return take_from_disk(path.generic_string(), path);
    }
    return false;
  }

  bool take_from_disk(const std::string& name, const fs::path& path) {
    const auto text = read_disk_file(path);
    if (!text) return false;
    ++generated_;
    add(name, *text);
    return true;
  }

  const ScanInput& input_;
  fs::path disk_root_;
  std::vector<std::string> tree_;
  std::vector<ScannedFile> files_;
  std::map<std::string, ScanIndex> known_;
  std::vector<ScanIndex> mains_;
  std::vector<fs::path> folders_;
  std::set<std::string> looked_for_;
  std::size_t generated_ = 0;
};

}  // namespace

Result<std::optional<ProjectScan>> scan_base(const ScanInput& input) { return BaseScanner(input).run(); }

}  // namespace patchgate
