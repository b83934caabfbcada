#include <algorithm>
#include <utility>
#include <vector>

#include "analyzers/model/utf8.h"
#include "gate/layout/layout.h"
#include "gate/reports/escape.h"
#include "gate/reports/html/parts.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongestLabel = 30;  // characters
constexpr double kLetter = 7.3, kPadding = 10, kBoxHeight = 38, kMargin = 8;

using Role = DrawnSymbol::Role;

std::size_t letters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).length) ++count;
  return count;
}

/// The end of it, which tells more than the begin of a qualified name or of a path.
std::string shortened_front(const std::string& text, std::size_t most) {
  std::size_t count = letters(text), at = 0;
  if (count <= most) return text;
  for (; count > most - 1; --count) at += code_point_at(text, at).length;
  return "\xe2\x80\xa6" + text.substr(at);
}

struct BoxText {
  std::string name, where;
};

BoxText text_of(const DrawnSymbol& symbol) {
  BoxText text{shortened_front(visible(symbol.name), kLongestLabel), {}};
  text.where = symbol.at.file.empty() ? "outside" : shortened_front(visible(at_place(symbol.at)), kLongestLabel + 4);
  return text;
}

Html role_class(Role role) {
  Html html;
  if (role == Role::touched) return html << "touched";
  if (role == Role::test) return html << "test";
  if (role == Role::outside) return html << "outside";
  return html << (role == Role::user ? Markup("user") : Markup("used"));
}

Html confidence_class(Confidence confidence) {
  Html html;
  return html << (confidence == Confidence::exact ? Markup("sure") : Markup("possible"));
}

void add_arrow(const std::vector<PagePoint>& curve, const DrawnUse& use, Html& html) {
  if (curve.size() < 4) return;
  html << "<path class=\"" << confidence_class(use.confidence) << (use.to_sink ? Markup(" sink") : Markup(""))
       << "\" data-from=\"" << use.from << "\" data-to=\"" << use.to << "\" marker-end=\"url(#tip)\" d=\"";
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (i == 0) html << "M";
    if (i == 1) html << "C";
    if (i > 1) html << " ";
    html.coordinate(curve[i].x + kMargin) << " ";
    html.coordinate(curve[i].y + kMargin);
  }
  html << "\"/>\n";
}

void add_box(const DrawnSymbol& symbol, std::size_t number, const BoxSize& size, const PagePoint& centre, Html& html) {
  const BoxText text = text_of(symbol);
  const double left = centre.x + kMargin - size.width / 2, top = centre.y + kMargin - size.height / 2;
  html << "<a href=\"#node-" << number << "\" class=\"" << role_class(symbol.role) << "\" data-node=\"" << number
       << "\"><title>";
  html.words(symbol.name, 300) << "</title><rect x=\"";
  html.coordinate(left) << "\" y=\"";
  html.coordinate(top) << "\" width=\"";
  html.coordinate(size.width) << "\" height=\"";
  html.coordinate(size.height) << "\" rx=\"5\"/><text x=\"";
  html.coordinate(left + kPadding) << "\" y=\"";
  html.coordinate(top + 16) << "\">";
  html.words(text.name) << "</text><text class=\"where\" x=\"";
  html.coordinate(left + kPadding) << "\" y=\"";
  html.coordinate(top + 30) << "\">";
  html.words(text.where) << "</text></a>\n";
}

Html drawing(const Surroundings& around) {
  Html html;
  std::vector<BoxSize> boxes;
  for (const auto& symbol : around.symbols) {
    const BoxText text = text_of(symbol);
    const double name = static_cast<double>(letters(text.name)) * kLetter;
    const double where = static_cast<double>(letters(text.where)) * kLetter * 10.5 / 12;
    boxes.push_back({std::max({name, where, 60.0}) + 2 * kPadding, kBoxHeight});
  }
  std::vector<std::pair<std::size_t, std::size_t>> arrows;
  for (const auto& use : around.uses) arrows.emplace_back(use.from, use.to);
  const auto laid_out = lay_out(boxes, arrows);
  if (!laid_out) return html;
  const double width = laid_out->width + 2 * kMargin, height = laid_out->height + 2 * kMargin;
  html
      << "<div class=\"canvas\" id=\"canvas\" tabindex=\"0\" role=\"group\" aria-label=\"Call graph around the touched "
         "code; the same as a list below\">\n<svg id=\"graph\" width=\"";
  html.coordinate(width) << "\" height=\"";
  html.coordinate(height) << "\" viewBox=\"0 0 ";
  html.coordinate(width) << " ";
  html.coordinate(height)
      << "\">\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
         "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n<g>\n";
  for (std::size_t i = 0; i < around.uses.size(); ++i) add_arrow(laid_out->curves[i], around.uses[i], html);
  for (std::size_t i = 0; i < around.symbols.size(); ++i)
    add_box(around.symbols[i], i, boxes[i], laid_out->centres[i], html);
  return html << "</g>\n</svg>\n</div>\n";
}

Html neighbours(const Surroundings& around, std::size_t number, bool users) {
  Html html;
  for (const auto& use : around.uses) {
    if ((users ? use.to : use.from) != number) continue;
    const std::size_t other = users ? use.from : use.to;
    if (!html.empty()) html << ", ";
    html << "<a href=\"#node-" << other << "\">" << code_piece(around.symbols[other].name, 80) << "</a>";
    if (use.kind != EdgeKind::call) (html << " (").words(name_of(use.kind)) << ")";
    if (use.confidence != Confidence::exact) html << " (possible)";
  }
  return html;
}

/// The picture in words: for readers without one, and where a click on a box leads.
Html as_list(const Surroundings& around) {
  Html html;
  for (std::size_t i = 0; i < around.symbols.size(); ++i) {
    const auto& symbol = around.symbols[i];
    html << "<li id=\"node-" << i << "\" class=\"" << role_class(symbol.role) << "\">" << code_piece(symbol.name)
         << " ";
    if (!symbol.at.file.empty()) html << place_piece(symbol.at);
    if (symbol.role == Role::touched) html << " <strong>touched</strong>";
    if (symbol.role == Role::outside) html << " outside of the project";
    if (symbol.role == Role::test) html << " test";
    const Html users = neighbours(around, i, true), uses = neighbours(around, i, false);
    html << "<ul>";
    if (!users.empty() || symbol.left_out != 0) {
      html << "<li>used by " << users;
      if (symbol.left_out != 0) {
        if (!users.empty()) html << " and ";
        html << symbol.left_out << " more not drawn";
      }
      html << "</li>";
    }
    if (!uses.empty()) html << "<li>uses " << uses << "</li>";
    html << "</ul></li>\n";
  }
  return html;
}

}  // namespace

Html picture_part(const Report& report) {
  const auto& around = report.pictures.surroundings;
  Html html;
  if (around.symbols.empty() || around.uses.empty()) return html;
  std::uint64_t left_out = 0;
  for (const auto& symbol : around.symbols)
    if (symbol.role == Role::touched) left_out += symbol.left_out;
  html << "<p class=\"key\">Arrows go from who uses to what is used: "
          "<span class=\"swatch touched\">touched</span> <span class=\"swatch user\">uses it, or is used by it</span> "
          "<span class=\"swatch test\">test</span> <span class=\"swatch outside\">outside of the project</span>; solid "
          "where "
          "proven, dashed where only possible; "
          "thick on the way to a data sink.";
  if (left_out != 0)
    (html << " Of the direct users of touched symbols ").words(std::to_string(left_out)) << " more are not drawn.";
  if (around.touched_left_out != 0)
    (html << " ").words(counted(around.touched_left_out, "more touched symbol")) << " not drawn.";
  html << "</p>\n";
  const Html drawn = drawing(around);
  if (drawn.empty())
    html << "<p class=\"key\">There is no drawing: this patchgate was built without Graphviz.</p>\n";
  else
    html << "<div class=\"tools\" id=\"tools\" hidden><button type=\"button\" id=\"nearer\">Zoom in</button> <button "
            "type=\"button\" id=\"farther\">Zoom out</button> <button type=\"button\" id=\"whole\">Whole "
            "picture</button> "
            "<span id=\"walked\" role=\"status\"></span></div>\n"
         << drawn;
  html << "<details id=\"walk\"";
  if (drawn.empty()) html << " open";
  return html << "><summary>The same as a list</summary>\n<ul class=\"nodes\">\n"
              << as_list(around) << "</ul>\n</details>\n";
}

}  // namespace patchgate
