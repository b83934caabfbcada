#include "analyzers/patch/build_commands.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>

namespace patchgate {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool is_name(char c) { return is_word(c) || c == '.' || c == '-' || c == '+'; }

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lowered(x) == lowered(y); });
}

enum class Language { calls, recipes, lines };

Language language_of(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  for (const std::string_view end : {".cmake", ".bazel", ".bzl", ".gn", ".gni"})
    if (name.ends_with(end)) return Language::calls;
  if (name == "CMakeLists.txt" || name == "meson.build" || name == "BUILD" || name == "WORKSPACE")
    return Language::calls;
  for (const std::string_view end : {".mk", ".mak", ".am"})
    if (name.ends_with(end)) return Language::recipes;
  for (const std::string_view start : {"Makefile", "makefile", "GNUmakefile"})
    if (name.starts_with(start)) return Language::recipes;
  return name == "rules" ? Language::recipes : Language::lines;
}

bool runs_something(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kCalls{
      "add_custom_command", "add_custom_target", "execute_process", "exec_program", "custom_target", "generator",
      "run_command",        "find_program",      "run_target",      "genrule",      "action",        "action_foreach"};
  return std::any_of(kCalls.begin(), kCalls.end(), [&](auto one) { return same_word(one, word); });
}

/// The text without `#` comments, each character else in its place.
std::string without_comments(std::string_view text) {
  std::string out(text);
  char quote = 0;
  bool comment = false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char c = out[i];
    if (c == '\n') {
      comment = false;
      quote = 0;  // texts of several lines are rare, an unpaired apostrophe is not
    } else if (comment) {
      out[i] = ' ';
    } else if (quote != 0) {
      if (c == quote && out[i - 1] != '\\') quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      comment = true;
      out[i] = ' ';
    }
  }
  return out;
}

/// From the bracket at `open` to the one that closes it, and what stands in braces behind it.
std::string_view call_at(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '(' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '}' || c == ']') --depth;
    if (depth != 0) continue;
    const auto next = text.find_first_not_of(" \t\r\n", at + 1);
    if (c == ')' && next != std::string_view::npos && text[next] == '{') {
      at = next - 1;
      continue;
    }
    return text.substr(open, at + 1 - open);
  }
  return text.substr(open);
}

/// A part of a build file that runs something, and the line that it is told by.
using Found = std::function<void(std::string_view part, std::uint32_t line)>;

void in_calls(std::string_view text, const Found& found) {
  std::uint32_t line = 1;
  std::size_t counted = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < text.size() && is_word(text[at])) ++at;
    const auto open = text.find_first_not_of(" \t\r\n", at);
    if (open == std::string_view::npos || text[open] != '(') continue;
    if (!runs_something(text.substr(begin, at - begin))) continue;
    line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                                  text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    counted = begin;
    const auto call = call_at(text, open);
    found(call, line);
    at = open + call.size();
  }
}

void in_lines(std::string_view text, bool recipes_only, const Found& found) {
  std::uint32_t number = 0;
  bool goes_on = false;  // a recipe's line that ends in a backslash
  while (!text.empty()) {
    ++number;
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool counts = !recipes_only || line.starts_with('\t') || goes_on;
    if (counts) found(line, number);
    goes_on = counts && line.ends_with('\\');
  }
}

}  // namespace

ProgramNames::ProgramNames(const std::set<std::string>& names) : names_(names.begin(), names.end()) {
  for (const auto& name : names) {
    const auto begin = std::find_if(name.begin(), name.end(), is_name);
    if (begin == name.end()) continue;
    forms_[std::string(begin, std::find_if_not(begin, name.end(), is_name))].emplace(begin - name.begin(), name.size());
  }
}

std::set<std::string_view> ProgramNames::in(std::string_view text) const {
  std::set<std::string_view> found;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = std::max(end, begin + 1)) {
    for (end = begin; end < text.size() && is_name(text[end]);) ++end;
    if (end == begin) continue;
    const auto forms = forms_.find(text.substr(begin, end - begin));
    if (forms == forms_.end()) continue;
    for (const auto& [before, length] : forms->second) {
      const auto start = begin - before;
      if (before > begin || length > text.size() - start) continue;
      const auto after = start + length;
      if ((start > 0 && is_name(text[start - 1])) || (after < text.size() && is_name(text[after]))) continue;
      const auto name = names_.find(text.substr(start, length));
      if (name != names_.end()) found.insert(*name);
    }
  }
  return found;
}

std::map<std::string, std::uint32_t> lines_that_run(std::string_view build_file, std::string_view text,
                                                    const ProgramNames& programs) {
  std::map<std::string, std::uint32_t> lines;
  const auto code = without_comments(text);
  const Found found = [&](std::string_view part, std::uint32_t line) {
    for (const auto name : programs.in(part)) lines.try_emplace(std::string(name), line);
  };
  const auto language = language_of(build_file);
  if (language == Language::calls) {
    in_calls(code, found);
  } else {
    in_lines(code, language == Language::recipes, found);
  }
  return lines;
}

}  // namespace patchgate
