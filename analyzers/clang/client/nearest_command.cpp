#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "analyzers/clang/client/compile_database.h"
#include "analyzers/clang/client/compiler_call.h"
#include "analyzers/clang/client/paths.h"

namespace patchgate {
namespace {

std::vector<CompileCommand> of_file(const std::vector<CompileCommand>& commands, std::string_view file) {
  const auto [begin, end] = std::equal_range(commands.begin(), commands.end(), file, [](const auto& a, const auto& b) {
    if constexpr (std::is_same_v<std::decay_t<decltype(a)>, CompileCommand>)
      return std::string_view(a.file) < b;
    else
      return a < std::string_view(b.file);
  });
  return {begin, end};
}

bool is_header(std::string_view file) {
  const auto ending = file_ending(file);
  return language_of_ending(file) == Language::other && !ending.empty() &&
         (ending.starts_with(".h") || ending.starts_with(".i") || ending.starts_with(".t") || ending == ".H" ||
          ending == ".def");
}

std::string_view stem(std::string_view file) {
  const auto name = file_name(file);
  return name.substr(0, name.size() - file_ending(file).size());
}

/// Length of the folder path that both have in common.
std::size_t shared_folder(std::string_view a, std::string_view b) {
  a = folder_of(a);
  b = folder_of(b);
  std::size_t shared = 0;
  for (std::size_t i = 0; i <= a.size() && i <= b.size(); ++i) {
    const bool a_ends = i == a.size() || a[i] == '/';
    const bool b_ends = i == b.size() || b[i] == '/';
    if (a_ends && b_ends) shared = i;
    if (i == a.size() || i == b.size() || a[i] != b[i]) break;
  }
  return shared;
}

/// How well a command of `sibling` suits `file`; higher is better, none when it does not.
std::optional<std::tuple<bool, std::size_t, bool, std::ptrdiff_t>> suits(std::string_view file,
                                                                         std::string_view sibling) {
  const auto language = language_of_ending(sibling);
  const bool header = is_header(file);
  if (language == Language::other || (!header && language != language_of_ending(file))) return std::nullopt;
  const bool cplusplus_header = header && file_ending(file) != ".h";
  if (cplusplus_header && language == Language::c && file_ending(file) != ".def" && file_ending(file) != ".inc")
    return std::nullopt;
  // A header's own source knows best, wherever it lies; else the nearest folder, and there the one least deep.
  const bool same_stem = header && stem(file) == stem(sibling);
  const auto depth = std::count(sibling.begin(), sibling.end(), '/');
  return std::tuple(same_stem, shared_folder(file, sibling), folder_of(file) == folder_of(sibling), -depth);
}

}  // namespace

std::vector<CompileCommand> CompileDatabase::for_file(std::string_view file, std::string_view renamed_from) const {
  auto own = of_file(commands, file);
  if (!own.empty()) return own;
  // The language comes with it: a header has none of its own.
  const auto lend = [&](CompileCommand command) {
    command.borrowed_from = std::move(command.file);
    command.file = file;
    return command;
  };
  if (!renamed_from.empty()) {
    auto renamed = of_file(commands, renamed_from);
    for (auto& command : renamed) command = lend(std::move(command));
    if (!renamed.empty()) return renamed;
  }
  const CompileCommand* best = nullptr;
  decltype(suits(file, file)) best_suits;
  for (const auto& command : commands) {
    const auto how_well = suits(file, command.file);
    if (how_well && (!best_suits || *how_well > *best_suits)) {
      best = &command;
      best_suits = how_well;
    }
  }
  if (best == nullptr) return {};
  return {lend(*best)};
}

}  // namespace patchgate
