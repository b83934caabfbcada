#include <algorithm>

#include "gate/reports/html/parts.h"
#include "gate/reports/phrases.h"

namespace patchgate {

Html code_piece(std::string_view name, std::size_t most) {
  Html html;
  (html << "<code>").words(name, most) << "</code>";
  return html;
}

Html place_piece(const Place& at) {
  Html html;
  (html << "<span class=\"place\">").words(at_place(at), 200) << "</span>";
  return html;
}

Html items(const std::vector<std::string>& lines, std::size_t most) {
  Html html;
  for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) (html << "<li>").words(lines[i]) << "</li>\n";
  if (lines.size() > most) html << "<li class=\"more\">" << lines.size() - most << " more, see the JSON report</li>\n";
  return html;
}

Html more_piece(std::size_t count, std::string_view what) {
  Html html;
  if (count != 0)
    (html << "<p class=\"more\">").words(counted(count, "more " + std::string(what))) << ", see the JSON report</p>\n";
  return html;
}

Html symbol_id(std::size_t number) {
  Html html;
  html << "symbol-" << number;
  return html;
}

}  // namespace patchgate
