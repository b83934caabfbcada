#include <algorithm>

#include "gate/reports/html/parts.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("-._/:@=,+").find(c) != std::string_view::npos;
}

/// One word for a shell; nothing where it holds what a page does not show as it is.
std::string typed(const std::string& word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
  if (std::any_of(word.begin(), word.end(), [](char c) { return c < 0x20 || c > 0x7e; })) return {};
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void add_row(Markup name, const std::string& value, Html& html) {
  if (value.empty()) return;
  (html << "<tr><th scope=\"row\">" << name << "</th><td>").words(value, 300) << "</td></tr>\n";
}

}  // namespace

Html again_part(const Report& report) {
  Html html;
  std::string command;
  bool whole = true;
  for (const auto& word : report.pictures.run_again) {
    const std::string text = typed(word);
    whole = whole && !text.empty();
    command += (command.empty() ? "" : " ") + text;
  }
  if (!command.empty() && whole)
    (html << "<p>In a clone of the repository that has both commits:</p>\n<p class=\"command\"><code class=\"copy\">")
            .words(command, 6000)
        << "</code></p>\n<p class=\"about\">The same inputs give the same digest. Files are named as they were given, "
           "without their folders where these lie outside of the repository.</p>\n";
  else if (!command.empty())
    html << "<p>A name in the command holds characters that a page does not show as they are: no command is given "
            "here.</p>\n";
  html << "<table class=\"inputs\">\n<tbody>\n";
  add_row("Digest of all inputs", report.digest, html);
  add_row("Base", report.base, html);
  add_row("Merge base", report.merge_base, html);
  add_row("Head", report.head, html);
  add_row("Policy", report.policy_source, html);
  add_row("Policy blob", report.policy_oid, html);
  add_row("Policy digest", report.policy_digest, html);
  add_row("Time given", report.now, html);
  add_row("Scope", report.patch_scope ? "patch" : "full", html);
  if (report.budget) add_row("Budget", counted(*report.budget, "second"), html);
  add_row("Rules",
          std::to_string(report.verdict.rules_loaded) + " loaded, " + std::to_string(report.verdict.rules_applied) +
              " applied",
          html);
  add_row("Hunks of C and C++",
          std::to_string(report.hunks_mapped) + " of " + std::to_string(report.hunks_total) + " read", html);
  add_row("Units", std::to_string(report.units_parsed) + " of " + std::to_string(report.units_total) + " read", html);
  add_row("patchgate", report.version, html);
  html << "</tbody>\n</table>\n";
  std::vector<std::string> notes = report.verdict.notes;
  notes.insert(notes.end(), report.input_notes.begin(), report.input_notes.end());
  if (!notes.empty()) html << "<h3>Notes</h3>\n<ul>\n" << items(notes) << "</ul>\n";
  return html;
}

}  // namespace patchgate
