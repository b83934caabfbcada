#include "gate/explain/explain_symbol.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "gate/explain/columns.h"
#include "gate/explain/explain_users.h"
#include "gate/reports/escape.h"

namespace patchgate {
namespace {

constexpr std::size_t kTestsShown = 10;

std::string range(const Interval& interval) {
  return interval.lower == interval.upper ? std::to_string(interval.lower)
                                          : fmt::format("{} to {}", interval.lower, interval.upper);
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return count == 0 ? fmt::format("no {}", one) : fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string summary(const Explained& explained) {
  const auto& node = explained.graph.node(explained.symbol);
  const auto& found = explained.found;
  auto text = fmt::format("{}  {}  {}", visible(node.name), name_of(node.kind), place_text(node.file, node.line));
  if (node.end_line > node.line) text += fmt::format("-{}", node.end_line);
  Columns rows(2);
  if (!found.known_fan_in) {
    rows.add({"fan-in", "unknown: " + visible(found.why_unknown)});
    return text + "\n" + rows.text();
  }
  rows.add({"impact", found.impact});
  if (found.percentile) {
    rows.add({"rank", fmt::format("{} of {} {}s, above {:.1f} % of them", found.rank, found.of, name_of(found.kind),
                                  std::floor(*found.percentile * 10) / 10)});
  }
  rows.add({"fan-in", fmt::format("{} directly, {} in all", range(found.direct), range(found.transitive))});
  rows.add(
      {"reached", fmt::format("for sure by {}, from {}", counted(found.entry_points, "entry point", "entry points"),
                              counted(found.source_folders, "source folder", "source folders"))});
  auto tests = counted(found.tests_total, "test", "tests");
  if (found.tests_total != 0) tests += fmt::format(", the nearest at distance {}", found.tests.front().distance);
  if (found.tests_total == 0 && !found.tests.empty()) tests += " for sure; some may";
  rows.add({"tests", tests});
  rows.add({"sinks", counted(found.sinks_total, "data sink", "data sinks")});
  rows.add({"blind", counted(explained.blind_spots.size(), "known blind spot", "known blind spots")});
  return text + "\n" + rows.text();
}

std::string tests_section(const TouchedSymbol& found) {
  if (found.tests.empty()) return "";
  Columns rows(4);
  for (std::size_t i = 0; i < std::min(found.tests.size(), kTestsShown); ++i) {
    const auto& test = found.tests[i];
    rows.add({visible(test.name), place_text(test.at.file, test.at.line), fmt::format("distance {}", test.distance),
              test.weakest == Confidence::exact ? "exact" : "possible"});
  }
  auto text = fmt::format("\n  tests that reach it: {} for sure\n", found.tests_total) + rows.text();
  const auto all = std::max<std::size_t>(found.tests_total, found.tests.size());
  if (all > kTestsShown) text += fmt::format("      … and {} more\n", all - kTestsShown);
  return text;
}

std::string sinks_section(const TouchedSymbol& found) {
  if (found.sinks.empty()) return "";
  auto text = fmt::format("\n  data sinks that it feeds: {}\n", found.sinks_total);
  Columns rows(4);
  for (const auto& sink : found.sinks) {
    std::string path;
    for (const auto& step : sink.path) path += (path.empty() ? "" : " → ") + visible(step);
    rows.add({visible(sink.name), visible(sink.kind), sink.by_data ? "by data" : "by call",
              sink.confidence == Confidence::exact ? "exact" : "possible", path});
  }
  text += rows.text();
  if (found.sinks_total > found.sinks.size()) {
    text += fmt::format("      … and {} more\n", found.sinks_total - found.sinks.size());
  }
  return text;
}

std::string blind_section(const std::vector<std::string>& spots) {
  if (spots.empty()) return "";
  std::string text = "\n  blind spots\n";
  for (const auto& spot : spots) text += "    " + visible(spot) + "\n";
  return text;
}

}  // namespace

std::string explain_text(const Explained& explained) {
  const auto& [graph, symbol, found, blind_spots] = explained;
  return summary(explained) + width_section(graph, symbol) + users_section(graph, symbol) +
         entries_section(graph, symbol) + tests_section(found) + sinks_section(found) + uses_section(graph, symbol) +
         blind_section(blind_spots);
}

}  // namespace patchgate
