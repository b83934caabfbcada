#include "analyzers/graph/export.h"
#include "gate/commands/commands.h"
#include "gate/commands/find_symbol.h"
#include "gate/commands/reading.h"
#include "gate/commands/say.h"

namespace patchgate {
namespace {

EdgeFilter filter_of(const GraphOptions& options) {
  EdgeFilter filter;
  if (!options.kinds.empty()) {
    filter.kinds.fill(false);
    for (const auto kind : options.kinds) filter.kinds[static_cast<std::size_t>(kind)] = true;
  }
  filter.rules = options.rules;
  if (options.confidence) {
    filter.confidences.fill(false);
    filter.confidences[static_cast<std::size_t>(*options.confidence)] = true;
  }
  return filter;
}

}  // namespace

int run_graph(const GraphOptions& options) {
  const auto reading = read_graph(options.repo, options.rev, options.graph, options.quiet);
  if (!reading) return say_errors({reading.error()});
  if (!options.quiet)
    for (const auto& warning : reading->warnings) say("patchgate: " + warning);
  const auto& graph = reading->ranked.graph;
  const auto format = options.format == GraphOptions::Format::json ? TableFormat::json : TableFormat::tsv;
  Result<void> written;
  const TextSink out = [&](std::string_view text) {
    if (written) written = print(text);
  };
  using Query = GraphOptions::Query;
  if (options.query == Query::export_edges) {
    export_edges(graph, filter_of(options), format, out);
  } else if (options.query == Query::fan_in) {
    export_fan_in(graph, *reading->ranked.ranks, options.by_transitive ? FanInOrder::transitive : FanInOrder::direct,
                  options.top, format, out);
  } else {
    const auto symbols = find_symbol(graph, options.symbol);
    if (!symbols) return say_errors({symbols.error()});
    const auto write = options.query == Query::callers ? export_callers : export_callees;
    write(graph, *symbols, filter_of(options), format, out);
  }
  return written ? 0 : say_errors({written.error()});
}

}  // namespace patchgate
