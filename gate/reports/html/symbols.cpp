#include <algorithm>
#include <cmath>

#include "gate/reports/html/parts.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostSymbols = 40;
constexpr double kBar = 9, kGap = 2, kHeight = 34;

/// "none", "1", "2 to 3", "64 to 127".
std::string users_in(std::size_t bin) {
  if (bin == 0) return "no user";
  const auto from = std::uint64_t{1} << (bin - 1);
  if (from == 1) return "1 user";
  return std::to_string(from) + " to " + std::to_string(2 * from - 1) + " users";
}

void add_symbol(const Report& report, const TouchedSymbol& symbol, std::size_t number, Html& html) {
  html << "<li id=\"" << symbol_id(number) << "\" class=\"symbol\">\n<div>\n<h3>" << code_piece(symbol.name)
       << "</h3>\n<p class=\"about\">" << place_piece(symbol.at) << " &middot; ";
  html.words(name_of(symbol.kind)) << ", ";
  html.words(change_of(symbol)) << " &middot; impact <strong>";
  html.words(symbol.impact, 60) << "</strong></p>\n</div>\n";
  const Html bars = sparkline(report, symbol);
  if (!bars.empty()) html << "<div class=\"bars\">" << bars << "</div>\n";
  html << "<ul>\n<li>";
  html.words(use_of(symbol)) << "</li>\n<li";
  if (symbol.tests.empty() && report.verdict.decision != Decision::allow) html << " class=\"missing\"";
  (html << ">").words(tests_of(symbol)) << "</li>\n" << items(feeds_in_short(symbol), 2) << "</ul>\n</li>\n";
}

}  // namespace

Html sparkline(const Report& report, const TouchedSymbol& symbol) {
  Html html;
  const auto& spreads = report.pictures.spreads;
  const auto spread =
      std::find_if(spreads.begin(), spreads.end(), [&](const auto& one) { return one.kind == symbol.kind; });
  if (spread == spreads.end() || symbol.rank == 0 || !symbol.known_fan_in) return html;
  const auto own = std::min(spread_bin(symbol.transitive.lower), std::size_t{32});
  const std::size_t bins = std::max(own + 1, std::min<std::size_t>(spread->counts.size(), 33));
  double most = 1;
  for (const auto count : spread->counts) most = std::max(most, std::log1p(count));
  const double width = static_cast<double>(bins) * (kBar + kGap);
  const std::string said =
      users_in(own) + ", proven: #" + std::to_string(symbol.rank) + " of " + counted(symbol.of, name_of(symbol.kind));
  html << "<svg class=\"spark\" role=\"img\" width=\"";
  html.coordinate(width) << "\" height=\"";
  html.coordinate(kHeight + 4) << "\" viewBox=\"0 0 ";
  html.coordinate(width) << " ";
  html.coordinate(kHeight + 4) << "\"><title>";
  html.words(said) << "</title>";
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const double count = bin < spread->counts.size() ? spread->counts[bin] : 0;
    const double height = count == 0 && bin != own ? 0 : std::max(2.0, kHeight * std::log1p(count) / most);
    html << "<rect x=\"";
    html.coordinate(static_cast<double>(bin) * (kBar + kGap)) << "\" y=\"";
    html.coordinate(kHeight - height) << "\" width=\"";
    html.coordinate(kBar) << "\" height=\"";
    html.coordinate(height) << "\"";
    if (bin == own) html << " class=\"own\"";
    html << "/>";
  }
  html << "<path d=\"M0 ";
  html.coordinate(kHeight + 1.5) << "H";
  html.coordinate(width) << "\"/></svg><span class=\"caption\">";
  return html.words(users_in(own)) << "</span>";
}

Html touched_part(const Report& report) {
  Html html, list;
  std::size_t shown = 0, in_tests = 0, hidden = 0, number = 0;
  bool bars = false;
  for (const auto& symbol : report.symbols) {
    ++number;
    if (symbol.in_test_code) {
      ++in_tests;
    } else if (shown == kMostSymbols) {
      ++hidden;
    } else {
      ++shown;
      bars = bars || !sparkline(report, symbol).empty();
      add_symbol(report, symbol, number, list);
    }
  }
  if (bars)
    html
        << "<p class=\"key\">Most fundamental first. The bars show the whole repository: how many symbols of that kind "
           "have no proven user (left), 1, 2 to 3, 4 to 7 and so on, twice as many with each bar; heights are "
           "logarithmic. The marked bar is where this symbol is.</p>\n";
  if (shown != 0) html << "<ol class=\"symbols\">\n" << list << "</ol>\n" << more_piece(hidden, "symbol");
  if (in_tests != 0) (html << "<p>").words(counted(in_tests, "touched symbol")) << " of test code not shown.</p>\n";
  return html;
}

}  // namespace patchgate
