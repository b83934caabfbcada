#include "gate/cli/help.h"

#include <algorithm>
#include <string_view>

#include "gate/reports/report.h"

namespace patchgate {

namespace {

constexpr std::size_t kWidth = 100;

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

/// `  left   right`, the right side broken into lines of at most kWidth.
std::string row(const std::string& left, std::size_t left_width, std::string_view right) {
  const std::size_t indent = left_width + 4;
  std::string text = "  " + padded(left, left_width) + "  ";
  std::size_t column = indent;
  while (!right.empty()) {
    const std::size_t end = std::min(right.find(' '), right.size());
    const bool first = column == indent;
    if (!first && column + 1 + end > kWidth) {
      text += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      text += ' ';
      ++column;
    }
    text += right.substr(0, end);
    column += end;
    right.remove_prefix(std::min(end + 1, right.size()));
  }
  return text + "\n";
}

std::string left_of(const Flag& flag) {
  std::string text = flag.name;
  if (flag.value != FlagValue::none) text += std::string(" ") + flag.metavar;
  return flag.many ? text + "..." : text;
}

std::string about_of(const Flag& flag) {
  std::string text = flag.about;
  if (flag.id != FlagId::kinds && flag.id != FlagId::confidence) return text;
  text += ":";
  for (const auto& word : flag.words) text += " " + word;
  return text;
}

std::string usage_of(const Command& command) {
  std::string text = std::string("usage: patchgate ") + command.name;
  for (const auto& operand : command.operands) {
    text += operand.required ? std::string(" ") + operand.name : std::string(" [") + operand.name + "]";
  }
  return text + " [options]\n";
}

/// The formats of --report each have a line of their own.
std::string formats() {
  std::size_t width = 0;
  for (const auto& writer : writers()) width = std::max(width, std::string_view(writer.name).size());
  std::string text = "\nFormats of --report\n";
  for (const auto& writer : writers()) text += row(writer.name, width, writer.about);
  return text;
}

std::string exit_code_lines() {
  std::string text = "\nExit codes\n";
  for (const auto& [code, about] : exit_codes()) text += row(code, 1, about);
  return text;
}

}  // namespace

const std::vector<std::pair<const char*, const char*>>& exit_codes() {
  static const std::vector<std::pair<const char*, const char*>> table{
      {"0", "allow, or warn (--warn-exit changes the code of a warn)"},
      {"1", "block"},
      {"2", "the command line, the policy or the configuration is wrong: nothing was judged"},
      {"3", "cannot judge"}};
  return table;
}

std::string help_text() {
  std::string text =
      "patchgate judges a patch before it is deployed: how much depends on what it touches, and which proof is "
      "missing.\n"
      "\nusage: patchgate COMMAND [options]\n\nCommands\n";
  std::size_t width = 0;
  for (const auto& command : commands()) width = std::max(width, std::string_view(command.name).size());
  for (const auto& command : commands()) text += row(command.name, width, command.about);
  text += "\nOptions\n";
  text += row("--help", 15, "this text; after a command: its options and examples");
  text += row("--version", 15, "the version of patchgate");
  text += row("--report-schema", 15, "the JSON Schema of what --report json writes");
  text += exit_code_lines();
  text += "\nStart with `patchgate init`, then `patchgate check`.\n";
  return text;
}

std::string help_text(const Command& command) {
  std::string text = std::string("patchgate ") + command.name + ": " + command.about + "\n\n" + usage_of(command);
  if (!command.notes.empty()) text += "\n";
  for (const auto& note : command.notes) text += "  " + note + "\n";
  const auto own = flags_of(command.id);
  std::size_t width = 0;
  bool has_report = false;
  for (const Flag* flag : own) {
    width = std::max(width, left_of(*flag).size());
    has_report = has_report || flag->value == FlagValue::report;
  }
  std::string_view group;
  for (const Flag* flag : own) {
    if (flag->group != group) text += std::string("\n") + flag->group + "\n";
    group = flag->group;
    text += row(left_of(*flag), width, about_of(*flag));
  }
  if (has_report) text += formats();
  text += "\nExamples\n";
  for (const auto& example : command.examples) text += "  patchgate " + example + "\n";
  if (has_report) text += exit_code_lines();
  return text;
}

}  // namespace patchgate
