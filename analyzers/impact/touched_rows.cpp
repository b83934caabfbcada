#include <algorithm>

#include "analyzers/graph/touched_node.h"
#include "analyzers/impact/impact.h"
#include "analyzers/impact/level.h"

namespace patchgate {

namespace {

Value integer(std::uint64_t number) { return static_cast<std::int64_t>(number); }

/// Of a part, what was found is there; that no more was found says nothing about what was left out.
Value counted(const Context& context, std::uint64_t number, bool seen) {
  return seen ? integer(number) : Unknown{context.left_out, static_cast<std::int64_t>(number)};
}

Value coverage_of(const SymbolProof& proof) {
  const auto& lines = proof.coverage;
  if (!proof.coverage_given) return Unknown{"no coverage was given"};
  if (lines.unknown > 0) return Unknown{proof.why_uncovered};
  if (lines.lines() == 0) return Unknown{"none of its changed lines is code that the coverage counts"};
  return 100.0 * lines.covered / lines.lines();
}

/// Why tests and sinks of a symbol could not be looked for; empty when they could.
std::string why_not_followed(const Context& context, const TouchedSymbol& symbol) {
  if (!context.no_graph.empty()) return context.no_graph;
  const bool on_head = symbol.head_usr != 0;
  const NodeId node = on_head ? head_node(context, symbol) : base_node(context, symbol);
  if (node != kNoNode) return {};
  return std::string("no unit that could be read on ") + (on_head ? "head" : "the base") + " defines it";
}

/// Of every kind: guards, values, defaults, errors, loops.
std::int64_t code_changes_of(const CodeChanges& changes, const TouchedSymbol& symbol) {
  const auto count = std::count_if(changes.found.begin(), changes.found.end(),
                                   [&](const CodeChange& change) { return change.symbol == symbol.name; });
  // Of very many changes not all are listed.
  return std::max<std::int64_t>(count, symbol.guards_removed);
}

Row row_of(const Context& context, const Findings& findings, const TouchedSymbol& symbol) {
  Row row{symbol.name, symbol.at, {}};
  auto& fields = row.fields;
  fields["name"] = symbol.name;
  fields["path"] = symbol.at.file;
  fields["declared_in"] = symbol.declared_in.empty() ? symbol.at.file : symbol.declared_in;
  fields["kind"] = std::string(name_of(symbol.kind));
  fields["change"] = std::string(name_of(symbol.change));
  fields["impact"] = symbol.impact;
  const bool whole = context.left_out.empty();
  const Unknown no_rank{!symbol.known_fan_in ? symbol.why_unknown
                        : whole              ? "the project defines no symbol of that kind"
                                             : context.left_out};
  if (rank_of_level(symbol.impact) < 0) fields["impact"] = no_rank;

  const auto fan_in = [&](Value value) { return symbol.known_fan_in ? value : Value(Unknown{symbol.why_unknown}); };
  fields["fan_in.direct"] = fan_in(counted(context, symbol.direct.lower, symbol.seen.direct));
  fields["fan_in.transitive"] = fan_in(counted(context, symbol.transitive.lower, symbol.seen.transitive));
  fields["percentile"] = fan_in(symbol.percentile ? Value(*symbol.percentile) : Value(no_rank));

  const std::string not_followed = why_not_followed(context, symbol);
  const auto followed = [&](std::uint64_t count, bool seen) {
    return not_followed.empty() ? counted(context, count, seen) : Value(Unknown{not_followed});
  };
  fields["tests.reaching"] = followed(symbol.tests_total, symbol.seen.transitive);
  fields["tests.changed"] = followed(symbol.tests_changed, symbol.seen.transitive);
  fields["sinks.count"] = followed(symbol.sinks_certain, whole);
  fields["coverage.percent"] = coverage_of(symbol.proof);
  const auto compared = [&](std::int64_t number) {
    if (!not_followed.empty()) return Value(Unknown{not_followed, number});
    return symbol.why_guards_unknown.empty() ? Value(number) : Value(Unknown{symbol.why_guards_unknown, number});
  };
  fields["guards.removed"] = compared(symbol.guards_removed);
  fields["code_changes.count"] = compared(code_changes_of(findings.code_changes, symbol));
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
  for (const TouchedSymbol& symbol : findings.touched) rows.push_back(row_of(context, findings, symbol));
  findings.facts.set_list("symbols.touched", std::move(rows));
}

}  // namespace

const Analyzer impact_touched_rows{"impact/touched_rows", "the touched symbols as rows that a policy can ask about",
                                   run};

}  // namespace patchgate
