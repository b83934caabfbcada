#include <algorithm>

#include "gate/reports/html/parts.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongestLine = 240;

void add_number(std::uint32_t line, Html& html) {
  html << "<td class=\"number\">";
  if (line != 0) html << line;
  html << "</td>";
}

void add_state(const std::optional<RanState>& ran, Html& html) {
  if (!ran) {
    html << "<td class=\"ran\"></td>";
  } else if (*ran == RanState::ran) {
    html << "<td class=\"ran yes\">&#10003;<span class=\"said\"> ran</span></td>";
  } else if (*ran == RanState::missed) {
    html << "<td class=\"ran no\">&#10007;<span class=\"said\"> did not run</span></td>";
  } else {
    html << "<td class=\"ran maybe\">?<span class=\"said\"> not known</span></td>";
  }
}

void add_line(const ShownLine& line, bool with_ran, Html& html) {
  using Kind = ShownLine::Kind;
  const auto kind = line.kind;
  html << "<tr"
       << (kind == Kind::come   ? Markup(" class=\"come\"")
           : kind == Kind::gone ? Markup(" class=\"gone\"")
                                : Markup(""))
       << ">";
  add_number(line.base, html);
  add_number(line.head, html);
  if (with_ran) add_state(line.ran, html);
  html << "<td class=\"sign\">"
       << (kind == Kind::come   ? Markup("+")
           : kind == Kind::gone ? Markup("&minus;")
                                : Markup(""))
       << "</td><td class=\"text\">";
  // Tabs are blanks to a reader; all else that can't be seen is spelt out.
  std::string text;
  for (const char c : line.text) text += c == '\t' ? std::string("    ") : std::string(1, c);
  html.words(text, kLongestLine) << "</td></tr>\n";
}

bool has_ran(const ShownFile& file) {
  for (const auto& hunk : file.hunks)
    for (const auto& line : hunk)
      if (line.ran) return true;
  return false;
}

void add_file(const ShownFile& file, Html& html) {
  html << "<section class=\"file\">\n<h3>" << code_piece(file.path, 200) << "</h3>\n";
  if (!file.old_path.empty()) html << "<p class=\"about\">was " << code_piece(file.old_path, 200) << "</p>\n";
  if (!file.why_not.empty()) (html << "<p class=\"about\">").words(file.why_not) << "</p>\n";
  const bool with_ran = has_ran(file);
  if (!file.hunks.empty()) {
    html << "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Changed lines\"><table class=\"diff\">\n"
            "<thead class=\"said\"><tr><th scope=\"col\">Base</th><th scope=\"col\">Head</th>";
    if (with_ran) html << "<th scope=\"col\">Tests</th>";
    html << "<th scope=\"col\">Change</th><th scope=\"col\">Text</th></tr></thead>\n";
    for (const auto& hunk : file.hunks) {
      if (hunk.empty()) continue;
      html << "<tbody>\n";
      for (const auto& line : hunk) add_line(line, with_ran, html);
      html << "</tbody>\n";
    }
    html << "</table></div>\n";
  }
  if (file.lines_left_out != 0)
    (html << "<p class=\"more\">").words(counted(file.lines_left_out, "more changed line")) << " not shown here</p>\n";
  html << "</section>\n";
}

}  // namespace

Html diff_part(const Report& report) {
  Html html;
  const auto& files = report.pictures.diff;
  if (files.empty()) return html;
  if (std::any_of(files.begin(), files.end(), has_ran))
    html
        << "<p class=\"key\">Beside each changed line with code: <span class=\"ran yes\">&#10003; ran</span> under the "
           "tests, <span class=\"ran no\">&#10007; did not run</span>, <span class=\"ran maybe\">? not known</span>, "
           "as "
           "the coverage that was given claims.</p>\n";
  else
    html << "<p class=\"key\">No coverage was given that counts a changed line: whether tests ran them is not "
            "known.</p>\n";
  for (const auto& file : files) add_file(file, html);
  return html << more_piece(report.pictures.files_left_out, "file");
}

}  // namespace patchgate
