#include "analyzers/sinks/sinks.h"
#include "analyzers/unseen/unseen.h"
#include "gate/commands/commands.h"
#include "gate/commands/explain_rule.h"
#include "gate/commands/reading.h"
#include "gate/commands/say.h"
#include "gate/explain/choices.h"
#include "gate/explain/explain_symbol.h"
#include "gate/pipeline/analysis.h"
#include "gate/pipeline/assembler_files.h"
#include "gate/pipeline/look.h"

namespace patchgate {
namespace {

/// Symbols that can't be told apart by any name: more of them than this say the same again.
constexpr std::size_t kMostAlike = 5;

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

/// What concerns every symbol of the project.
void add_of_project(const Reading& reading, const Context& context, std::vector<std::string>& spots) {
  if (context.units_failed != 0) {
    spots.push_back(std::to_string(context.units_failed) + " of " + std::to_string(context.units_total) +
                    " units could not be read whole: users in them may be missing");
  }
  const auto covered = covered_sources(reading.tree, reading.units);
  if (covered.seen != covered.all) {
    spots.push_back("the compile database names " + covered.share() + ": what the others call is missing");
  }
  if (const auto assembler = assembler_blind_spot(context.assembler); !assembler.empty()) spots.push_back(assembler);
  const auto unresolved = blind_spots_of_project(reading.ranked.graph);
  spots.insert(spots.end(), unresolved.begin(), unresolved.end());
}

std::string explain_symbol(const Reading& reading, const FanInRanks& ranks, NodeId id) {
  const auto& graph = reading.ranked.graph;
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
  const std::vector<TouchedSymbol> asked{as_touched(graph.node(id))};
  context.assembler = assembler_files(*reading.repository, reading.tree, plain_names(asked));
  auto findings = look(context, asked);
  add_of_project(reading, context, findings.blind_spots);
  return explain_text({graph, id, findings.touched.front(), findings.blind_spots});
}

}  // namespace

int run_explain(const ExplainOptions& options) {
  if (is_rule_name(options.what)) return explain_rule(options);
  const auto reading = read_graph(options.repo, options.rev, options.graph, options.quiet);
  if (!reading) return say_errors({reading.error()});
  if (!options.quiet)
    for (const auto& warning : reading->warnings) say("patchgate: " + warning);
  const auto& graph = reading->ranked.graph;
  const auto found = find_symbol(graph, options.what);
  if (!found) return say_errors({found.error()});
  auto symbols = choose(graph, options.what, *found);
  if (!symbols) return say_errors({symbols.error()});
  std::string text;
  const auto all = symbols->size();
  if (all > kMostAlike) symbols->resize(kMostAlike);
  for (const auto id : *symbols) {
    text += (text.empty() ? "" : "\n") + explain_symbol(*reading, *reading->ranked.ranks, id);
  }
  if (all > kMostAlike) text += "\n… and " + std::to_string(all - kMostAlike) + " more of that name and place\n";
  const auto done = print(text);
  return done ? 0 : say_errors({done.error()});
}

}  // namespace patchgate
