#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "analyzers/graph/touched_node.h"
#include "analyzers/sinks/by_call.h"
#include "analyzers/sinks/by_data.h"
#include "analyzers/sinks/catalogue.h"
#include "analyzers/sinks/sink_calls.h"
#include "analyzers/sinks/sinks.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostListed = 10;

auto order_of(const FedSink& sink) {
  return std::make_tuple(sink.confidence, sink.path.size(), sink.by_data, std::cref(sink.kind), std::cref(sink.name),
                         std::cref(sink.path));
}

/// The best way to each distinct sink.
using Fed = std::map<std::pair<std::string, std::string>, FedSink>;

void keep_best(Fed& fed, FedSink sink) {
  const auto key = std::make_pair(sink.kind, sink.name);
  const auto found = fed.find(key);
  if (found == fed.end()) {
    fed.emplace(key, std::move(sink));
  } else if (order_of(sink) < order_of(found->second)) {
    found->second = std::move(sink);
  }
}

class SinksOfGraph {
 public:
  SinksOfGraph(const Graph& graph, const FanInRanks& ranks, const std::vector<SinkGroup>& groups)
      : graph_(graph),
        in_test_(nodes_in_test_files(graph)),
        hubs_(hubs_of(graph, ranks)),
        calls_(graph, groups),
        by_call_(graph, calls_, in_test_, hubs_) {}

  void add_what_is_fed_by(NodeId symbol, Fed& fed) {
    if (calls_.all().empty()) return;
    for (const SinkWay& way : by_call_.from(symbol)) keep_best(fed, named(way, false));
    // One sink may be reached in thousands of ways: only the best is worth its names.
    std::map<std::uint32_t, SinkWay> best;
    for (SinkWay& way : ways_by_data(graph_, calls_, by_call_, in_test_, hubs_, symbol)) {
      const auto order = [](const SinkWay& w) {
        return std::make_tuple(w.confidence, w.path.size(), std::cref(w.path));
      };
      const auto [found, is_new] = best.try_emplace(way.call->what, way);
      if (!is_new && order(way) < order(found->second)) found->second = std::move(way);
    }
    for (const auto& [what, way] : best) keep_best(fed, named(way, true));
  }

 private:
  FedSink named(const SinkWay& way, bool by_data) const {
    FedSink sink{calls_.group(*way.call).kind, calls_.name(way.call->sink), by_data, {}, way.confidence};
    if (way.call->line != 0) sink.at = {graph_.node(way.call->caller).file, way.call->line, 0};
    for (const NodeId node : way.path) sink.path.push_back(graph_.node(node).name);
    return sink;
  }

  const Graph& graph_;
  std::vector<bool> in_test_, hubs_;
  SinkCalls calls_;
  ByCall by_call_;
};

SinkCatalogue read_catalogues(const Context& context, Findings& findings, std::string& problem) {
  SinkCatalogue all;
  for (const auto& [name, text] : context.sink_catalogues) {
    auto parsed = parse_sink_catalogue(name, text);
    if (!parsed) {
      const std::string message = "the sink catalogue could not be read: " + to_string(parsed.error());
      findings.blind_spots.push_back(message);
      if (problem.empty()) problem = message;
      continue;
    }
    std::move(parsed->groups.begin(), parsed->groups.end(), std::back_inserter(all.groups));
    std::move(parsed->audits.begin(), parsed->audits.end(), std::back_inserter(all.audits));
  }
  if (context.sink_catalogues.empty()) {
    problem = "no sink catalogue was given";
    findings.blind_spots.push_back(problem);
  }
  return all;
}

/// The first declaration that fits; empty: none does.
std::string audit_of(const FedSink& sink, const std::vector<AuditSource>& audits) {
  const auto fits = [&](const AuditSource& audit) {
    if (!audit.kind.empty() && audit.kind != sink.kind) return false;
    if (audit.functions.empty()) return true;
    return std::any_of(audit.functions.begin(), audit.functions.end(), [&](const std::string& pattern) {
      return name_matches(pattern, sink.name) ||
             std::any_of(sink.path.begin(), sink.path.end(),
                         [&](const std::string& step) { return name_matches(pattern, plain_name(step)); });
    });
  };
  const auto found = std::find_if(audits.begin(), audits.end(), fits);
  return found == audits.end() ? "" : found->source;
}

bool can_feed(const TouchedSymbol& symbol) {
  return !symbol.in_test_code && (is_callable(symbol.kind) || symbol.kind == SymbolKind::macro);
}

void list_sinks(const Fed& fed, TouchedSymbol& symbol) {
  for (const auto& [key, sink] : fed) symbol.sinks.push_back(sink);
  std::sort(symbol.sinks.begin(), symbol.sinks.end(),
            [](const FedSink& a, const FedSink& b) { return order_of(a) < order_of(b); });
  symbol.sinks_total = static_cast<std::uint32_t>(symbol.sinks.size());
  symbol.sinks_certain =
      static_cast<std::uint32_t>(std::count_if(symbol.sinks.begin(), symbol.sinks.end(), [](const FedSink& sink) {
        return sink.confidence == Confidence::exact;
      }));
  if (symbol.sinks.size() > kMostListed) symbol.sinks.resize(kMostListed);
}

void run(const Context& context, Findings& findings) {
  std::string problem;
  const auto catalogue = read_catalogues(context, findings, problem);
  if (!context.no_graph.empty()) {
    findings.facts.set("sinks.count", Unknown{context.no_graph});
    findings.facts.set("sinks.unaudited.count", Unknown{context.no_graph});
    return;
  }
  std::set<std::pair<std::string, std::string>> certain, unaudited;
  std::vector<Place> from, unaudited_from;
  std::string unseen;
  if (!context.unread.empty()) unseen = context.unread.front().at.file + " could not be read";
  if (std::any_of(findings.touched.begin(), findings.touched.end(), can_feed)) {
    if (unseen.empty()) unseen = context.left_out;
    SinksOfGraph head(*context.head, *context.head_ranks, catalogue.groups);
    std::optional<SinksOfGraph> base;
    if (context.base != context.head) base.emplace(*context.base, *context.base_ranks, catalogue.groups);
    for (TouchedSymbol& symbol : findings.touched) {
      if (!can_feed(symbol)) continue;
      const NodeId on_head = head_node(context, symbol);
      const NodeId on_base = base_node(context, symbol);
      Fed fed;
      if (on_head != kNoNode) head.add_what_is_fed_by(on_head, fed);
      if (on_base != kNoNode && base) base->add_what_is_fed_by(on_base, fed);
      if (on_head == kNoNode && on_base == kNoNode && unseen.empty()) {
        unseen = "no unit that could be read defines " + symbol.name;
      }
      bool feeds = false, feeds_unaudited = false;
      for (auto& [key, sink] : fed) {
        sink.audit = audit_of(sink, catalogue.audits);
        if (sink.confidence != Confidence::exact) continue;
        certain.insert(key);
        feeds = true;
        if (!sink.audit.empty()) continue;
        unaudited.insert(key);
        feeds_unaudited = true;
      }
      if (feeds) from.push_back(symbol.at);
      if (feeds_unaudited) unaudited_from.push_back(symbol.at);
      list_sinks(fed, symbol);
    }
  }
  const auto state = [&](const char* name, std::size_t count, std::vector<Place> places) {
    const auto number = static_cast<std::int64_t>(count);
    if (!problem.empty()) {
      findings.facts.set(name, Unknown{problem});
    } else if (!unseen.empty()) {
      findings.facts.set(name, Unknown{unseen, number}, std::move(places));
    } else {
      findings.facts.set(name, number, std::move(places));
    }
  };
  state("sinks.count", certain.size(), std::move(from));
  state("sinks.unaudited.count", unaudited.size(), std::move(unaudited_from));
}

}  // namespace

const Analyzer sinks_feeds{"sinks/feeds", "which data outside of the process the touched code may change", run};

}  // namespace patchgate
