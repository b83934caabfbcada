#include "gate/cli/man_page.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "gate/cli/flags.h"
#include "gate/cli/help.h"
#include "gate/reports/report.h"
#include "gate/version/version.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kWidth = 78;

/// As roff reads text: a hyphen that may be copied, no escape, no line that is a request.
std::string roff(std::string_view text) {
  std::string result;
  if (text.starts_with('.') || text.starts_with('\'')) result = "\\&";
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return result;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

/// A paragraph in lines that mandoc likes, of less than 80 bytes where the words allow it.
std::string prose(std::string_view text) {
  std::string result;
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto longer = line.empty() ? roff(word) : line + " " + roff(word);
    if (!line.empty() && longer.size() > kWidth) {
      result += line + "\n";
      line = roff(word);
    } else {
      line = longer;
    }
  }
  return result + line + "\n";
}

std::string sentence(std::string text) {
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return prose(text.ends_with('?') ? text : text + ".");
}

/// A term and what it means.
std::string item(const std::string& term, std::string_view about) { return ".TP\n" + term + "\n" + prose(about); }

/// Lines that stand as they are, such as a command to copy.
std::string verbatim(const std::vector<std::string>& lines) {
  std::string text = ".PP\n.nf\n.RS 4\n";
  for (const auto& line : lines) text += roff(line) + "\n";
  return text + ".RE\n.fi\n";
}

std::string synopsis_of(const Command& command) {
  std::string text = bold("patchgate") + " " + bold(command.name);
  for (const auto& operand : command.operands) {
    text += operand.required ? " " + italic(operand.name) : " [" + italic(operand.name) + "]";
  }
  return text + " [" + italic("options") + "]\n";
}

/// Notes are sentences over several lines, and rows of a word, spaces and what it does.
std::string notes_of(const Command& command) {
  std::string text, sentences;
  const auto end_sentences = [&] {
    if (!sentences.empty()) text += ".PP\n" + prose(sentences);
    sentences.clear();
  };
  for (const auto& note : command.notes) {
    const auto gap = note.find("  ");
    if (gap == std::string::npos) {
      sentences += (sentences.empty() ? "" : " ") + note;
      continue;
    }
    end_sentences();
    text += item(bold(note.substr(0, gap)), note.substr(note.find_first_not_of(' ', gap)));
  }
  end_sentences();
  return text;
}

std::string section_of(const Command& command) {
  std::string text = std::string(".SS ") + command.name + "\n" + synopsis_of(command) + ".PP\n";
  text += sentence(command.about) + notes_of(command);
  std::vector<std::string> examples;
  for (const auto& example : command.examples) examples.push_back("patchgate " + example);
  return text + verbatim(examples);
}

std::string term_of(const Flag& flag) {
  std::string text = bold(flag.name);
  if (flag.value != FlagValue::none) text += " " + italic(flag.metavar);
  return flag.many ? text + "..." : text;
}

/// "check, graph", or nothing where it is all of them.
std::string takers_of(const Flag& flag) {
  std::vector<std::string> names;
  for (const auto& command : commands()) {
    if ((flag.commands & static_cast<std::uint16_t>(command.id)) != 0) names.emplace_back(command.name);
  }
  return names.size() == commands().size() ? "" : join(names, ", ");
}

std::string options_section() {
  std::string text = ".SH OPTIONS\nAfter each, the commands that take it.\n";
  std::string_view group;
  for (const auto& flag : flags()) {
    if (flag.hidden) continue;
    if (flag.group != group) text += std::string(".SS ") + flag.group + "\n";
    group = flag.group;
    text += item(term_of(flag), flag.about);
    const bool words_are_said = std::all_of(flag.words.begin(), flag.words.end(), [&](const auto& word) {
      return std::string_view(flag.about).find(word) != std::string_view::npos;
    });
    if (!words_are_said && flag.value != FlagValue::report) text += ".br\n" + prose("One of: " + join(flag.words, " "));
    const auto takers = takers_of(flag);
    if (!takers.empty()) text += ".br\n(" + takers + ")\n";
  }
  return text;
}

std::string files_section() {
  return ".SH FILES\nAll but the index are read from the tip of the branch that a patch is meant for.\n" +
         item(italic(".patchgate/policy.json"), "the rules; `patchgate init` writes a first one") +
         item(italic(".patchgate/sinks.json"), "more calls that change data, and where to look up what was there") +
         item(italic(".patchgate/rollout.json"), "a staged rollout, where no manifest of another system says it") +
         item(italic(".patchgate/tests/*.json"), "tests of the policy, for `patchgate policy test`") +
         item(italic(".git/patchgate/index.db"), "the call graph as read so far; a cache, which may be deleted");
}

}  // namespace

std::string man_page() {
  std::string text = ".TH PATCHGATE 1 " + program_date() + " \"patchgate " + roff(program_version()) +
                     "\" \"User Commands\"\n"
                     ".SH NAME\npatchgate \\- judges a patch before it is deployed\n.SH SYNOPSIS\n";
  text += bold("patchgate") + " " + italic("command") + " [" + italic("options") + "]\n.br\n" + bold("patchgate") +
          " " + bold("--help") + " | " + bold("--version") + " | " + bold("--report-schema") + "\n";
  text += ".SH DESCRIPTION\n";
  text += prose(
      "Reads the call graph of a C or C++ project, finds out how much depends on what a patch touches and which data "
      "it "
      "can change, and asks for proof in proportion: a test that reaches the touched code, a rollout in stages that "
      "stops by itself. Rules are read from the branch that the patch is meant for, never from the patch.");
  text += ".PP\nStart with `patchgate init`, then `patchgate check`.\n.SH COMMANDS\n";
  for (const auto& command : commands()) text += section_of(command);
  text += options_section() + ".SH REPORT FORMATS\n";
  for (const auto& writer : writers()) text += item(bold(writer.name), writer.about);
  text += ".SH EXIT STATUS\n";
  for (const auto& [code, about] : exit_codes()) text += item(bold(code), about);
  text += ".SH ENVIRONMENT\n" +
          item(bold("PATCHGATE_SKIP"),
               "for a push: why it goes without the hook's judgement; the reason is noted in "
               ".git/patchgate/skipped-pushes.log") +
          item(bold("NO_COLOR"), "no colours on a terminal");
  text += ".PP\n" + prose("In a job of GitHub or GitLab, base, head and target come from what it says of the change.");
  return text + files_section() + ".SH SEE ALSO\n.BR git (1),\n.BR githooks (5)\n";
}

}  // namespace patchgate
