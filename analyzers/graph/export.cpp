#include "analyzers/graph/export.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "analyzers/graph/printable.h"
#include "analyzers/graph/table.h"
#include "analyzers/model/fact.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/sort_unique.h"

namespace patchgate {

namespace {

constexpr std::array<std::string_view, 8> kEdgeColumns{"caller",      "caller_file", "caller_line", "callee",
                                                       "callee_file", "callee_line", "kind",        "confidence"};
constexpr std::array<std::string_view, 10> kRuleColumns{"caller",      "caller_file", "caller_line", "callee",
                                                        "callee_file", "callee_line", "kind",        "confidence",
                                                        "rule",        "line"};
constexpr std::array<std::string_view, 10> kFanInColumns{
    "rank",      "name", "kind", "file", "line", "direct_lower", "direct_upper", "transitive_lower", "transitive_upper",
    "percentile"};

/// One end of an edge as it is printed: sorted as text, so that the lines are.
struct End {
  std::string name, file, line;
  friend auto operator<=>(const End&, const End&) = default;
};

End end_of(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  return {printable(node.name), printable(node.file), std::to_string(node.line)};
}
End end_of(const std::string& file) { return {printable(file), printable(file), "0"}; }

/// Never up: 99.998 must not look like 100. The little that is added makes up for what binary fractions lack.
double cut_off(double number, double steps) { return std::floor(number * steps + 1e-6) / steps; }

/// A person reads the table: two decimals. A program reads JSON: as many as facts have.
std::string percentile_text(double percentile, TableFormat format) {
  return to_string(Value{cut_off(percentile, format == TableFormat::tsv ? 100 : 10'000)});
}

struct EdgeRow {
  NodeId caller = kNoNode, callee = kNoNode;
  EdgeKind kind = EdgeKind::call;
  Confidence confidence = Confidence::exact;
  EdgeRule rule = EdgeRule::syntax;
  std::uint32_t line = 0;
};

std::span<const std::string_view> columns(const EdgeFilter& filter) {
  return filter.rules ? std::span<const std::string_view>(kRuleColumns)
                      : std::span<const std::string_view>(kEdgeColumns);
}

/// Nodes by the order of their text: comparing numbers is enough from then on.
std::vector<std::uint32_t> text_order(const Graph& graph, std::vector<NodeId>& sorted) {
  std::vector<End> ends;
  ends.reserve(graph.nodes().size());
  for (NodeId id = 0; id < graph.nodes().size(); ++id) ends.push_back(end_of(graph, id));
  sorted.resize(ends.size());
  std::iota(sorted.begin(), sorted.end(), 0U);
  std::sort(sorted.begin(), sorted.end(),
            [&](NodeId a, NodeId b) { return std::tie(ends[a], a) < std::tie(ends[b], b); });
  std::vector<std::uint32_t> order(ends.size());
  std::uint32_t place = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    // Ends that print the same share a place, else the kinds of their edges would not come out sorted.
    if (i > 0 && ends[sorted[i]] != ends[sorted[i - 1]]) ++place;
    order[sorted[i]] = place;
  }
  return order;
}

void sort_rows(std::vector<EdgeRow>& rows, const std::vector<std::uint32_t>& order) {
  std::sort(rows.begin(), rows.end(), [&](const EdgeRow& a, const EdgeRow& b) {
    const auto key = [&](const EdgeRow& row) {
      return std::tuple(order[row.caller], order[row.callee], std::string_view(name_of(row.kind)),
                        std::string_view(name_of(row.confidence)), std::string_view(name_of(row.rule)));
    };
    return key(a) < key(b);
  });
}

void write_node(TableWriter& table, const Node& node) { table.text(node.name).text(node.file).number(node.line); }

void write_how(TableWriter& table, const EdgeFilter& filter, EdgeKind kind, Confidence confidence, EdgeRule rule,
               std::uint32_t line) {
  table.text(name_of(kind)).text(name_of(confidence));
  if (filter.rules) table.text(name_of(rule)).number(line);
  table.end_row();
}

void write_row(TableWriter& table, const Graph& graph, const EdgeFilter& filter, const EdgeRow& row) {
  write_node(table, graph.node(row.caller));
  write_node(table, graph.node(row.callee));
  write_how(table, filter, row.kind, row.confidence, row.rule, row.line);
}

void write_include(TableWriter& table, const EdgeFilter& filter, const std::string& file, const std::string& included) {
  for (const auto& name : {file, included}) table.text(name).text(name).number(0);
  write_how(table, filter, EdgeKind::include, Confidence::exact, EdgeRule::syntax, 0);
}

void add_links(std::vector<EdgeRow>& rows, const Graph& graph, NodeId symbol, const EdgeFilter& filter, bool callers) {
  for (const Link& link : callers ? graph.users(symbol) : graph.uses(symbol)) {
    if (!filter.wants(link.kind, link.confidence)) continue;
    rows.push_back(callers ? EdgeRow{link.node, symbol, link.kind, link.confidence, link.rule, link.line}
                           : EdgeRow{symbol, link.node, link.kind, link.confidence, link.rule, link.line});
  }
}

void export_around(const Graph& graph, std::span<const NodeId> symbols, const EdgeFilter& filter, TableFormat format,
                   const TextSink& out, bool callers) {
  std::vector<NodeId> sorted(symbols.begin(), symbols.end());
  sort_unique(sorted);
  std::vector<EdgeRow> rows;
  for (const NodeId symbol : sorted) add_links(rows, graph, symbol, filter, callers);
  std::vector<NodeId> nodes;
  sort_rows(rows, text_order(graph, nodes));
  TableWriter table(columns(filter), format, out);
  for (const EdgeRow& row : rows) write_row(table, graph, filter, row);
  table.finish();
}

template <std::size_t N, class Enum>
Result<void> choose(std::string_view list, std::array<bool, N>& chosen, Enum, const char* what) {
  if (list.empty()) return {};
  chosen.fill(false);
  std::string known;
  for (std::size_t i = 0; i < N; ++i) (known += i == 0 ? "" : ", ") += name_of(static_cast<Enum>(i));
  while (true) {
    const auto word = list.substr(0, list.find(','));
    std::size_t i = 0;
    while (i < N && word != name_of(static_cast<Enum>(i))) ++i;
    if (i == N) {
      std::string why(1, '\'');
      why.append(printable(word)).append("' is no ").append(what).append(" of edges");
      known.insert(0, "known are ");
      return fail(Error::Kind::usage, std::move(why), std::move(known));
    }
    chosen[i] = true;
    if (word.size() == list.size()) return {};
    list.remove_prefix(word.size() + 1);
  }
}

}  // namespace

Result<EdgeFilter> parse_edge_filter(std::string_view kinds, std::string_view confidences) {
  EdgeFilter filter;
  PATCHGATE_CHECK(choose(kinds, filter.kinds, EdgeKind::call, "kind"));
  PATCHGATE_CHECK(choose(confidences, filter.confidences, Confidence::exact, "confidence"));
  return filter;
}

void export_edges(const Graph& graph, const EdgeFilter& filter, TableFormat format, const TextSink& out) {
  TableWriter table(columns(filter), format, out);
  std::vector<NodeId> callers;
  const auto order = text_order(graph, callers);

  std::vector<std::pair<End, std::pair<const std::string*, const std::string*>>> includes;
  if (filter.wants(EdgeKind::include, Confidence::exact)) {
    for (const auto& [file, others] : graph.includes()) {
      for (const auto& other : others) includes.push_back({end_of(file), {&file, &other}});
    }
  }
  std::sort(includes.begin(), includes.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, printable(*a.second.second)) < std::pair(b.first, printable(*b.second.second));
  });
  auto include = includes.begin();

  std::vector<EdgeRow> rows;
  for (std::size_t begin = 0, end = 0; begin < callers.size(); begin = end) {
    rows.clear();
    for (; end < callers.size() && order[callers[end]] == order[callers[begin]]; ++end) {
      add_links(rows, graph, callers[end], filter, false);
    }
    if (rows.empty()) continue;
    const End caller = end_of(graph, callers[begin]);
    for (; include != includes.end() && include->first < caller; ++include) {
      write_include(table, filter, *include->second.first, *include->second.second);
    }
    sort_rows(rows, order);
    for (const EdgeRow& row : rows) write_row(table, graph, filter, row);
  }
  for (; include != includes.end(); ++include)
    write_include(table, filter, *include->second.first, *include->second.second);
  table.finish();
}

void export_callers(const Graph& graph, std::span<const NodeId> symbols, const EdgeFilter& filter, TableFormat format,
                    const TextSink& out) {
  export_around(graph, symbols, filter, format, out, true);
}

void export_callees(const Graph& graph, std::span<const NodeId> symbols, const EdgeFilter& filter, TableFormat format,
                    const TextSink& out) {
  export_around(graph, symbols, filter, format, out, false);
}

std::size_t export_fan_in(const Graph& graph, const FanInRanks& ranks, const FanInWanted& wanted, TableFormat format,
                          const TextSink& out) {
  struct Ranked {
    NodeId id;
    std::uint32_t first, second;
  };
  std::vector<Ranked> rows;
  std::size_t left_out = 0;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& node = graph.node(id);
    const auto& only = wanted.only;
    if (!node.in_project() || (!only.empty() && std::find(only.begin(), only.end(), node.kind) == only.end())) continue;
    if (!wanted.vendored && is_vendored(node.file)) {
      ++left_out;
      continue;
    }
    Ranked row{id, direct_lower(graph, id), ranks.transitive_lower(id)};
    if (wanted.order == FanInOrder::transitive) std::swap(row.first, row.second);
    rows.push_back(row);
  }
  const auto before = [&](const Ranked& a, const Ranked& b) {
    const Node& x = graph.node(a.id);
    const Node& y = graph.node(b.id);
    return std::tie(b.first, b.second, x.name, x.file, x.line, x.usr) <
           std::tie(a.first, a.second, y.name, y.file, y.line, y.usr);
  };
  const std::size_t shown = std::min(wanted.top, rows.size());
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(shown), rows.end(), before);

  TableWriter table(kFanInColumns, format, out);
  std::size_t rank = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    const NodeId id = rows[i].id;
    if (i == 0 || rows[i].first != rows[i - 1].first) rank = i + 1;
    const Node& node = graph.node(id);
    const FanIn users = fan_in(graph, id);
    table.number(rank).text(node.name).text(name_of(node.kind)).text(node.file).number(node.line);
    table.number(users.direct_lower).number(users.direct_upper);
    table.number(users.transitive_lower).number(users.transitive_upper);
    const auto percentile = ranks.percentile(node.kind, users.transitive_lower);
    table.raw(percentile_text(percentile.value_or(0.0), format)).end_row();
  }
  table.finish();
  return left_out;
}

}  // namespace patchgate
