#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analyzers/sinks/sinks.h"
#include "gate/commands/commands.h"
#include "gate/commands/explain_rule.h"
#include "gate/commands/find_symbol.h"
#include "gate/commands/reading.h"
#include "gate/commands/say.h"
#include "gate/pipeline/look.h"
#include "gate/reports/escape.h"

namespace patchgate {
namespace {

constexpr std::size_t kUsersShown = 30;

std::string place(const std::string& file, std::uint32_t line) {
  return file.empty() ? "outside of the repository" : visible(file) + ":" + std::to_string(line);
}

std::string range(const Interval& interval) {
  return interval.lower == interval.upper ? std::to_string(interval.lower)
                                          : fmt::format("{} to {}", interval.lower, interval.upper);
}

/// The symbol as if a patch touched it: so that the same analyzers say the same about it.
TouchedSymbol as_touched(const Node& node) {
  TouchedSymbol symbol;
  symbol.name = node.name;
  symbol.kind = node.kind;
  symbol.at = {node.file, node.line, 0};
  symbol.end_line = node.end_line;
  symbol.base_usr = symbol.head_usr = node.usr;
  symbol.base_file = symbol.head_file = node.file;
  symbol.in_test_code = classify(node.file) == FileClass::test;
  return symbol;
}

/// Nothing where it is as it is written.
std::string how_sure(const Link& link) {
  switch (link.rule) {
    case EdgeRule::syntax:
      return "";
    case EdgeRule::outside:
      return link.confidence == Confidence::exact ? " (through code outside)" : " (handed to code outside: possible)";
    case EdgeRule::override_:
      return " (possible)";
    case EdgeRule::slot:
      return " (possible: put where the pointer is read)";
    case EdgeRule::type:
      return " (possible: only the type fits)";
    case EdgeRule::name:
      return " (only the name fits)";
  }
  return "";
}

std::string links(const Graph& graph, std::span<const Link> all, const std::string& users_file) {
  std::string text;
  std::size_t shown = 0;
  for (const auto& link : all) {
    if (shown++ == kUsersShown) return text + fmt::format("    and {} more\n", all.size() - kUsersShown);
    const auto& other = graph.node(link.node);
    // The line of a link is in the file of its user.
    const auto& file = users_file.empty() ? other.file : users_file;
    text += fmt::format("    {}  {}  {}{}\n", visible(other.name), place(file, link.line), name_of(link.kind),
                        how_sure(link));
  }
  return text.empty() ? "    none was seen\n" : text;
}

std::string fan_in_of(const TouchedSymbol& found) {
  if (!found.known_fan_in) return "  fan-in  unknown: " + visible(found.why_unknown) + "\n";
  auto text = fmt::format("  fan-in  {} directly, {} in all", range(found.direct), range(found.transitive));
  if (found.percentile) {
    text += fmt::format("; rank {} of {} {}s, higher than {:.1f} % of them", found.rank, found.of, name_of(found.kind),
                        std::floor(*found.percentile * 10) / 10);
  }
  text += fmt::format("\n  reached by {} entry points and from {} source folders\n", found.entry_points,
                      found.source_folders);
  return text + "  impact  " + found.impact + "\n";
}

std::string tests_of(const TouchedSymbol& found) {
  auto text = fmt::format("  tests that reach it: {}\n", found.tests_total);
  for (const auto& test : found.tests)
    text += fmt::format("    {}  {}  distance {}{}\n", visible(test.name), place(test.at.file, test.at.line),
                        test.distance, test.weakest == Confidence::exact ? "" : ", by a possible edge");
  return text;
}

std::string sinks_of(const TouchedSymbol& found) {
  auto text = fmt::format("  data sinks that it feeds: {}\n", found.sinks_total);
  for (const auto& sink : found.sinks) {
    std::string path;
    for (const auto& step : sink.path) path += (path.empty() ? "" : " → ") + visible(step);
    text += fmt::format("    {} {} by {}: {}{}\n", sink.kind, visible(sink.name), sink.by_data ? "data" : "call", path,
                        sink.confidence == Confidence::exact ? "" : " (possible)");
  }
  return text;
}

std::string explain_symbol(const Reading& reading, const FanInRanks& ranks, NodeId id) {
  const auto& graph = reading.ranked.graph;
  const auto& node = graph.node(id);
  Patch nothing;
  nothing.base = nothing.head = nothing.merge_base = reading.commit;
  Context context;
  context.patch = &nothing;
  context.base = context.head = &graph;
  context.base_ranks = context.head_ranks = &ranks;
  context.sink_catalogues.emplace_back("built-in sinks", std::string(builtin_sink_catalogue()));
  context.units_total = static_cast<std::uint32_t>(reading.units.size());
  for (const auto& unit : reading.units)
    if (!unit.unit.failure.empty()) ++context.units_failed;
  const auto findings = look(context, {as_touched(node)});
  const auto& found = findings.touched.front();
  auto text = fmt::format("{}  {}  {}\n", visible(node.name), name_of(node.kind), place(node.file, node.line));
  text += fan_in_of(found);
  for (const auto& entrance : graph.entrances_of(id))
    text += "  entered from outside through " + visible(entrance.through) + "\n";
  text += "  used by\n" + links(graph, graph.users(id), "");
  text += "  uses\n" + links(graph, graph.uses(id), node.file);
  text += tests_of(found) + sinks_of(found);
  text += "  blind spots\n";
  if (context.units_failed != 0)
    text += fmt::format("    {} of {} units could not be read whole: users in them may be missing\n",
                        context.units_failed, context.units_total);
  for (const auto& spot : findings.blind_spots) text += "    " + visible(spot) + "\n";
  if (context.units_failed == 0 && findings.blind_spots.empty()) text += "    none is known\n";
  return text;
}

}  // namespace

int run_explain(const ExplainOptions& options) {
  if (is_rule_name(options.what)) return explain_rule(options);
  const auto reading = read_graph(options.repo, options.rev, options.graph, options.quiet);
  if (!reading) return say_errors({reading.error()});
  if (!options.quiet)
    for (const auto& warning : reading->warnings) say("patchgate: " + warning);
  const auto symbols = find_symbol(reading->ranked.graph, options.what);
  if (!symbols) return say_errors({symbols.error()});
  const auto& ranks = *reading->ranked.ranks;
  std::string text;
  for (const auto id : *symbols) text += (text.empty() ? "" : "\n") + explain_symbol(*reading, ranks, id);
  const auto done = print(text);
  return done ? 0 : say_errors({done.error()});
}

}  // namespace patchgate
