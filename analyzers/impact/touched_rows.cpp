#include <algorithm>

#include "analyzers/graph/touched_node.h"
#include "analyzers/impact/impact.h"
#include "analyzers/impact/level.h"

namespace patchgate {

namespace {

Value whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

/// Why tests and sinks of a symbol could not be looked for; empty when they could.
std::string why_not_followed(const Context& context, const TouchedSymbol& symbol) {
  if (!context.no_graph.empty()) return context.no_graph;
  const bool on_head = symbol.head_usr != 0;
  const NodeId node = on_head ? head_node(context, symbol) : base_node(context, symbol);
  if (node != kNoNode) return {};
  return std::string("no unit that could be read on ") + (on_head ? "head" : "the base") + " defines it";
}

Row row_of(const Context& context, const TouchedSymbol& symbol) {
  Row row{symbol.name, symbol.at, {}};
  auto& fields = row.fields;
  fields["name"] = symbol.name;
  fields["path"] = symbol.at.file;
  fields["kind"] = std::string(name_of(symbol.kind));
  fields["change"] = std::string(name_of(symbol.change));
  fields["impact"] = symbol.impact;
  const Unknown no_rank{symbol.known_fan_in ? "the project defines no symbol of that kind" : symbol.why_unknown};
  if (rank_of_level(symbol.impact) < 0) fields["impact"] = no_rank;

  const auto fan_in = [&](Value value) { return symbol.known_fan_in ? value : Value(Unknown{symbol.why_unknown}); };
  fields["fan_in.direct"] = fan_in(whole(symbol.direct.lower));
  fields["fan_in.transitive"] = fan_in(whole(symbol.transitive.lower));
  fields["percentile"] = fan_in(symbol.percentile ? Value(*symbol.percentile) : Value(no_rank));

  const std::string not_followed = why_not_followed(context, symbol);
  const auto followed = [&](Value value) { return not_followed.empty() ? value : Value(Unknown{not_followed}); };
  fields["tests.reaching"] = followed(whole(symbol.tests_total));
  fields["tests.changed"] = followed(whole(symbol.tests_changed));
  const auto certain = std::count_if(symbol.sinks.begin(), symbol.sinks.end(),
                                     [](const FedSink& sink) { return sink.confidence == Confidence::exact; });
  fields["sinks.count"] = followed(whole(static_cast<std::uint64_t>(certain)));
  fields["coverage.percent"] = Unknown{"no coverage was given"};
  fields["guards.removed"] = Unknown{"not measured"};
  return row;
}

void run(const Context& context, Findings& findings) {
  // An empty list would let every rule about "each touched symbol" pass.
  if (findings.touched.empty() && touches_c_family(*context.patch)) {
    if (!context.no_graph.empty()) return findings.facts.set_list_unknown("symbols.touched", context.no_graph);
    if (!context.unread.empty()) {
      const auto& first = context.unread.front();
      return findings.facts.set_list_unknown("symbols.touched", first.at.file + " could not be read: " + first.why);
    }
  }
  std::vector<Row> rows;
  rows.reserve(findings.touched.size());
  for (const TouchedSymbol& symbol : findings.touched) rows.push_back(row_of(context, symbol));
  findings.facts.set_list("symbols.touched", std::move(rows));
}

}  // namespace

const Analyzer impact_touched_rows{"impact/touched_rows", "the touched symbols as rows that a policy can ask about",
                                   run};

}  // namespace patchgate
