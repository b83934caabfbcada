#include "analyzers/clang/client/compile_database.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include <sys/stat.h>

#include "analyzers/clang/client/allowed_arguments.h"
#include "analyzers/clang/client/compile_entries.h"
#include "analyzers/clang/client/compiler_call.h"
#include "analyzers/clang/client/paths.h"
#include "analyzers/clang/client/response_files.h"
#include "analyzers/clang/client/root_folder.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestDatabase = 64U << 20U;
constexpr std::size_t kExamples = 3;
constexpr std::size_t kMostArguments = 10'000;

Result<std::string> read_database(const fs::path& file) {
  const auto refuse = [&](const std::string& why, const char* hint = "") {
    return fail_at(Error::Kind::toolchain, {file.string(), 0, 0}, "cannot read the compile database: " + why, hint);
  };
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0)
    return refuse(std::strerror(errno),
                  "name it with --compile-commands, or let the build write it "
                  "(cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, meson, bear -- make)");
  if (!S_ISREG(status.st_mode)) return refuse("it is not a file");
  if (static_cast<std::uintmax_t>(status.st_size) > kLargestDatabase) return refuse("it is over 64 MiB");
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return refuse("reading failed");
  return text;
}

/// Reasons for which entries are left out, with a few names each.
class Notes {
 public:
  void add(const std::string& why, std::string_view name) {
    auto& [count, names] = reasons_[why];
    ++count;
    if (names.size() < kExamples) names.insert(std::string(name.substr(0, 200)));
  }
  std::vector<std::string> take() const {
    std::vector<std::string> notes;
    for (const auto& [why, entries] : reasons_) {
      const auto& [count, names] = entries;
      std::string note = std::to_string(count) + (count == 1 ? " entry" : " entries") + " left out: " + why + " (";
      for (const auto& name : names) note += (note.back() == '(' ? "" : ", ") + name;
      notes.push_back(note + (count > names.size() ? ", …)" : ")"));
    }
    std::sort(notes.begin(), notes.end());
    return notes;
  }

 private:
  std::map<std::string, std::pair<std::size_t, std::set<std::string>>> reasons_;
};

struct LoadedEntry {
  CompileEntry entry;
  std::size_t database = 0;
  std::string directory, file;  // absolute, normal form
};

/// Does not depend on where the checkout lies.
Hash128 hash_of(const CompileCommand& command, const std::string& root) {
  const auto placeless = [&](std::string_view text) {
    std::string out;
    for (auto at = text.find(root); !root.empty() && at != std::string_view::npos; at = text.find(root)) {
      const auto end = at + root.size();
      const bool whole = end == text.size() || text[end] == '/';
      out.append(text.substr(0, at)).append(whole ? std::string_view("$") : text.substr(at, root.size()));
      text.remove_prefix(end);
    }
    return out.append(text);
  };
  ByteWriter out;
  out.text(root.empty() ? command.directory : fs::path(command.directory).lexically_relative(root).generic_string());
  for (const auto& argument : command.arguments) out.text(placeless(argument));
  return strong_hash(out.take());
}

class Loader {
 public:
  Loader(CompileDatabase& database, std::vector<fs::path> folders, const fs::path& work_folder)
      : database_(database),
        root_(database.root.string()),
        folders_(std::move(folders)),
        responses_(root_, work_folder, folders_) {}

  void add(const LoadedEntry& loaded) {
    const auto relative = path_below(loaded.file, root_);
    if (!relative || relative->empty()) return leave_out("not in the repository", file_name(loaded.file));
    auto call = read_compiler_call(loaded.entry.words);
    if (!call.not_ours.empty()) return leave_out(call.not_ours, *relative);
    std::uint32_t refused = 0;
    auto arguments = responses_.expand(call.arguments, loaded.directory, refused);
    if (refused != 0) database_.dropped_flags["@file"] += refused;
    if (const auto why = why_not_compiled(arguments)) return leave_out(*why, *relative);
    if (arguments.size() > kMostArguments) return leave_out("too many arguments", *relative);
    const auto language = language_of(loaded.file, arguments, call.cplusplus_driver);
    if (language == Language::other) return leave_out("neither C nor C++", *relative);

    FlagSetting setting;
    setting.directory = loaded.directory;
    setting.language = language;
    setting.target = call.target;
    setting.include_folders = {root_, normal_path(folders_[loaded.database].string())};
    CompileCommand command;
    command.file = *relative;
    command.directory = loaded.directory;
    command.arguments = allowed_flags(without_libtool_double(std::move(arguments)), setting, database_.dropped_flags);
    add_defaults(command, language);
    command.hash = hash_of(command, root_);
    database_.commands.push_back(std::move(command));
  }

  void leave_out(const std::string& why, std::string_view name) { notes_.add(why, name); }

  void finish() {
    auto& commands = database_.commands;
    const auto key = [](const CompileCommand& command) { return std::tie(command.file, command.hash); };
    std::stable_sort(commands.begin(), commands.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    for (std::size_t i = 1; i < commands.size(); ++i)
      if (key(commands[i]) == key(commands[i - 1])) leave_out("the same as another", commands[i].file);
    commands.erase(
        std::unique(commands.begin(), commands.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
        commands.end());
    database_.notes = notes_.take();
  }

 private:
  /// libtool compiles each file twice; position-independent code is marked by a macro that nothing looks at.
  static std::vector<std::string> without_libtool_double(std::vector<std::string> arguments) {
    if (std::find(arguments.begin(), arguments.end(), "-fPIC") != arguments.end()) std::erase(arguments, "-DPIC");
    return arguments;
  }

  /// What the driver would decide by its name, said aloud; the worker's driver is always the same.
  static void add_defaults(CompileCommand& command, Language language) {
    const bool cplusplus = language == Language::cplusplus;
    auto& arguments = command.arguments;
    const bool standard = std::any_of(arguments.begin(), arguments.end(),
                                      [](const std::string& argument) { return argument.starts_with("-std="); });
    if (!standard) arguments.insert(arguments.begin(), cplusplus ? "-std=gnu++17" : "-std=gnu17");
    arguments.insert(arguments.begin(), cplusplus ? "-xc++" : "-xc");
  }

  CompileDatabase& database_;
  std::string root_;
  std::vector<fs::path> folders_;
  ResponseFiles responses_;
  Notes notes_;
};

}  // namespace

Result<CompileDatabase> load_compile_databases(const std::vector<fs::path>& files, const fs::path& work_folder,
                                               const std::function<bool(std::string_view)>& is_tracked) {
  std::vector<LoadedEntry> entries;
  std::vector<fs::path> folders;
  std::vector<std::string> names;
  for (auto file : files) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) file /= "compile_commands.json";
    PATCHGATE_TRY(const auto text, read_database(file));
    PATCHGATE_TRY(auto read, parse_compile_entries(text, file.string()));
    const auto absolute = fs::absolute(file, ignored);
    const auto folder = normal_path(absolute.parent_path().string());
    for (auto& entry : read) {
      LoadedEntry loaded;
      loaded.database = folders.size();
      loaded.directory = normal_path(entry.directory, folder);
      loaded.file = normal_path(entry.file, loaded.directory);
      if (entry.unusable.empty()) names.push_back(loaded.file);
      loaded.entry = std::move(entry);
      entries.push_back(std::move(loaded));
    }
    folders.emplace_back(folder);
  }
  CompileDatabase database;
  database.root =
      find_root_folder(names, work_folder.empty() ? std::string() : normal_path(work_folder.string()), is_tracked);
  Loader loader(database, std::move(folders), work_folder);
  for (const auto& loaded : entries) {
    if (loaded.entry.unusable.empty()) {
      loader.add(loaded);
    } else {
      loader.leave_out(loaded.entry.unusable, file_name(loaded.file));
    }
  }
  loader.finish();
  return database;
}

}  // namespace patchgate
