#include "gate/cli/completions.h"

#include <set>
#include <string_view>
#include <vector>

#include "gate/cli/flags.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

const char* kTopFlags = "--help --version --report-schema";

/// In single quotes for a shell that has no escapes inside them (bash, zsh).
std::string single_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string fish_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string names_of_commands() {
  std::vector<std::string> names;
  for (const auto& command : commands()) names.emplace_back(command.name);
  return join(names, " ");
}

/// All that can stand after a command: the words of its first operand, then its flags.
std::string words_after(const Command& command) {
  std::vector<std::string> words;
  if (!command.operands.empty()) words = command.operands.front().words;
  for (const Flag* flag : flags_of(command.id)) words.emplace_back(flag->name);
  return join(words, " ");
}

std::string bash_value(const Flag& flag) {
  if (flag.value == FlagValue::folder) return "compgen -d -- \"$current\"";
  if (flag.value == FlagValue::file) return "compgen -f -- \"$current\"";
  return "compgen -W '" + join(flag.words, " ") + "' -- \"$current\"";
}

/// What zsh's _arguments calls an action.
std::string zsh_action(const Flag& flag) {
  if (flag.value == FlagValue::folder) return "_files -/";
  if (flag.value == FlagValue::file) return "_files";
  return flag.words.empty() ? " " : "(" + join(flag.words, " ") + ")";
}

std::string zsh_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_argument(const Flag& flag) {
  std::string text = (flag.many ? "*" : "") + std::string(flag.name) + "[" + zsh_escaped(flag.about) + "]";
  if (flag.value != FlagValue::none) {
    text += (flag.many ? ":*-*:" : ":") + zsh_escaped(flag.metavar) + ":" + zsh_action(flag);
  }
  return single_quoted(text);
}

std::string fish_value(const Flag& flag) {
  switch (flag.value) {
    case FlagValue::none:
      return "";
    case FlagValue::file:
      return " -r -F";
    case FlagValue::folder:
      return " -x -a '(__fish_complete_directories)'";
    default:
      return flag.words.empty() ? " -x" : " -x -a " + fish_quoted(join(flag.words, " "));
  }
}

}  // namespace

std::string bash_completions() {
  std::string text =
      "# Completions of patchgate for bash, made by `patchgate completions bash`.\n"
      "_patchgate() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words='' flag='' i\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    mapfile -t COMPREPLY < <(compgen -W '" +
      names_of_commands() + " " + kTopFlags +
      "' -- \"$current\")\n"
      "    return\n"
      "  fi\n"
      "  # The flag in front of the word, and how far in front.\n"
      "  for ((i = COMP_CWORD - 1; i > 1; i--)); do\n"
      "    if [[ ${COMP_WORDS[i]} == -* ]]; then flag=${COMP_WORDS[i]}; break; fi\n"
      "  done\n"
      "  if [[ $current == = || $before == = ]]; then\n"
      "    current=${current#=}\n"
      "    compopt -o filenames 2> /dev/null\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
      "    return\n"
      "  fi\n"
      "  if [[ $current != -* ]]; then\n"
      "    case \"$flag:$((COMP_CWORD - i))\" in\n";
  std::set<std::string_view> said;  // a flag may have a row for each command
  for (const auto& flag : flags()) {
    if (flag.value == FlagValue::none || flag.hidden || !said.insert(flag.name).second) continue;
    const bool path = flag.value == FlagValue::file || flag.value == FlagValue::folder;
    text += "      " + std::string(flag.name) + (flag.many ? ":*)" : ":1)");
    if (path) text += " compopt -o filenames 2> /dev/null;";
    text += " mapfile -t COMPREPLY < <(" + bash_value(flag) + "); return ;;\n";
  }
  text +=
      "    esac\n"
      "  fi\n"
      "  case \"${COMP_WORDS[1]}\" in\n";
  for (const auto& command : commands()) {
    text += "    " + std::string(command.name) + ") words='" + words_after(command) + "' ;;\n";
  }
  return text +
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
         "}\n"
         "complete -F _patchgate patchgate\n";
}

std::string zsh_completions() {
  std::string text =
      "#compdef patchgate\n"
      "# Completions of patchgate for zsh, made by `patchgate completions zsh`.\n"
      "_patchgate() {\n"
      "  if ((CURRENT == 2)); then\n"
      "    local -a commands=(\n";
  for (const auto& command : commands()) {
    text += "      " + single_quoted(std::string(command.name) + ":" + command.about) + "\n";
  }
  text += "    )\n    _describe command commands\n    compadd -- " + std::string(kTopFlags) +
          "\n    return\n  fi\n"
          "  local command=${words[2]}\n"
          "  shift words\n"
          "  ((CURRENT--))\n"
          "  case $command in\n";
  for (const auto& command : commands()) {
    text += "    " + std::string(command.name) + ")\n      _arguments";
    for (const auto& operand : command.operands) {
      const std::string action = operand.words.empty() ? " " : "(" + join(operand.words, " ") + ")";
      const std::string position = operand.required ? ":" : "::";
      text += " \\\n        " + single_quoted(position + zsh_escaped(operand.name) + ":" + action);
    }
    for (const Flag* flag : flags_of(command.id)) text += " \\\n        " + zsh_argument(*flag);
    text += "\n      ;;\n";
  }
  return text +
         "  esac\n"
         "}\n"
         "# Read from $fpath it is the body of the function, else it has to be announced.\n"
         "if [[ ${funcstack[1]} == _patchgate ]]; then _patchgate \"$@\"; else compdef _patchgate patchgate; fi\n";
}

std::string fish_completions() {
  std::string text =
      "# Completions of patchgate for fish, made by `patchgate completions fish`.\n"
      "function __patchgate_command_is\n"
      "  set -l words (commandline -opc)\n"
      "  test (count $words) -ge 2; and test $words[2] = $argv[1]\n"
      "end\n"
      "function __patchgate_needs_command\n"
      "  test (count (commandline -opc)) -eq 1\n"
      "end\n"
      "complete -c patchgate -f\n"
      "complete -c patchgate -n __patchgate_needs_command -a '" +
      std::string(kTopFlags) + "'\n";
  for (const auto& command : commands()) {
    text += "complete -c patchgate -n __patchgate_needs_command -a " + std::string(command.name) + " -d " +
            fish_quoted(command.about) + "\n";
  }
  for (const auto& command : commands()) {
    const std::string lead = "complete -c patchgate -n '__patchgate_command_is " + std::string(command.name) + "'";
    if (!command.operands.empty() && !command.operands.front().words.empty()) {
      text += lead + " -a " + fish_quoted(join(command.operands.front().words, " ")) + "\n";
    }
    for (const Flag* flag : flags_of(command.id)) {
      text += lead + " -l " + std::string(flag->name).substr(2) + fish_value(*flag) + " -d " +
              fish_quoted(flag->about) + "\n";
    }
  }
  return text;
}

}  // namespace patchgate
