#include "analyzers/graph/export.h"
#include "gate/commands/commands.h"
#include "gate/commands/reading.h"
#include "gate/commands/say.h"
#include "gate/drawings/drawings.h"
#include "gate/drawings/neighbourhood.h"
#include "gate/explain/choices.h"

namespace patchgate {
namespace {

constexpr std::uint32_t kTopOfTable = 20;
constexpr std::uint32_t kTopOfDrawing = 60;

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

/// Who calls, or what is called by, these symbols, as a table or a drawing.
Result<void> around(const GraphOptions& options, const Reading& reading, const std::vector<NodeId>& symbols,
                    const TextSink& out) {
  using Format = GraphOptions::Format;
  const auto& graph = reading.ranked.graph;
  const bool callers = options.query == GraphOptions::Query::callers;
  const auto direction = callers ? Direction::to_users : Direction::to_uses;
  if (options.format == Format::tsv || options.format == Format::json) {
    const auto format = options.format == Format::json ? TableFormat::json : TableFormat::tsv;
    (callers ? export_callers : export_callees)(
        graph, within(graph, symbols, direction, options.depth - 1, filter_of(options)), filter_of(options), format,
        out);
    return {};
  }
  const auto drawn = neighbourhood(graph, *reading.ranked.ranks, symbols, direction, options.depth,
                                   options.top.value_or(kTopOfDrawing), filter_of(options));
  if (options.format == Format::mermaid) {
    out(mermaid_drawing(graph, drawn, direction));
    return {};
  }
  const auto text = dot_drawing(graph, drawn, direction);
  if (options.format == Format::dot) {
    out(text);
    return {};
  }
  PATCHGATE_TRY(const auto svg, svg_by_dot(text));
  out(svg);
  return {};
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
    const FanInWanted wanted{options.by_transitive ? FanInOrder::transitive : FanInOrder::direct,
                             options.top.value_or(kTopOfTable), options.only, options.vendored};
    const auto left_out = export_fan_in(graph, *reading->ranked.ranks, wanted, format, out);
    if (left_out != 0 && !options.quiet) {
      say("patchgate: " + std::to_string(left_out) +
          " symbols in folders of other projects are left out; --vendored lists them, too");
    }
  } else {
    const auto symbols = find_symbol(graph, options.symbol);
    if (!symbols) return say_errors({symbols.error()});
    written = around(options, *reading, *symbols, out);
  }
  return written ? 0 : say_errors({written.error()});
}

}  // namespace patchgate
