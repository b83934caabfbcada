#include "analyzers/impact/impact_facts.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <type_traits>

#include "analyzers/impact/level.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostSentences = 5;
constexpr std::size_t kMostPlaces = 20;

const char* plural(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::function:
      return "functions";
    case SymbolKind::method:
      return "methods";
    case SymbolKind::constructor:
      return "constructors";
    case SymbolKind::destructor:
      return "destructors";
    case SymbolKind::operator_:
      return "operators";
    case SymbolKind::lambda:
      return "lambdas";
    case SymbolKind::macro:
      return "macros";
    case SymbolKind::type:
      return "types";
    case SymbolKind::field:
      return "fields";
    case SymbolKind::variable:
      return "global variables";
    case SymbolKind::enumerator:
      return "enumerators";
  }
  return "symbols";
}

/// One decimal, rounded down: nothing is higher than 100 %.
std::string percent_text(double percent) {
  const auto tenths = static_cast<std::uint64_t>(percent * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string used_by_text(const TouchedSymbol& symbol) {
  std::string text = symbol.name + ": used by ";
  if (symbol.transitive.lower == 0) {
    text += symbol.seen.transitive ? "no other symbol" : "no other symbol that was looked at";
  } else {
    if (!symbol.seen.direct) text += "at least ";
    text += symbol.direct.lower == 1 ? "1 symbol" : std::to_string(symbol.direct.lower) + " symbols";
    text += symbol.seen.transitive ? " directly, " : " directly, at least ";
    text += std::to_string(symbol.transitive.lower) + " in all";
  }
  if (symbol.transitive.upper > symbol.transitive.lower) {
    text += " (up to " + std::to_string(symbol.transitive.upper) + " by virtual calls and function pointers)";
  }
  return text;
}

std::string fan_in_sentence(const TouchedSymbol& symbol) {
  if (!symbol.known_fan_in) return symbol.name + ": fan-in is not known: " + symbol.why_unknown;
  std::string text = used_by_text(symbol);
  if (symbol.percentile && symbol.transitive.lower > 0) {
    text += "; higher than " + percent_text(*symbol.percentile) + " of " + std::to_string(symbol.of) + " " +
            plural(symbol.kind);
  }
  if (symbol.in_test_code) text += "; test code";
  return text;
}

std::string feeds_sentence(const TouchedSymbol& symbol, const FedSink& sink) {
  std::string text = symbol.name;
  text += sink.confidence == Confidence::exact ? " feeds " : " may feed ";
  text += sink.kind + " through ";
  for (std::size_t i = 0; i < sink.path.size(); ++i) text += (i == 0 ? "" : " → ") + sink.path[i];
  return text;
}

std::string unread_text(const Context& context) {
  const auto& first = context.unread.front();
  const auto count = context.unread.size();
  std::string text = count == 1 ? "1 changed place could not be read: "
                                : std::to_string(count) + " changed places could not be read, among them ";
  text += first.at.file;
  if (first.at.line != 0) text += ":" + std::to_string(first.at.line);
  return text + " (" + first.why + ")";
}

/// Why the impact of the whole patch cannot be known; empty when it can.
std::string why_unknown(const Context& context, const std::vector<TouchedSymbol>& touched) {
  if (!context.unread.empty()) return unread_text(context);
  if (!context.no_graph.empty() && touches_c_family(*context.patch)) return context.no_graph;
  for (const TouchedSymbol& symbol : touched) {
    if (rank_of_level(symbol.impact) >= 0) continue;
    if (symbol.known_fan_in && !symbol.seen.transitive)
      return "who depends on " + symbol.name + " was not seen to the end (" + context.left_out + ")";
    if (symbol.known_fan_in && !context.left_out.empty())
      return "the rank of " + symbol.name + " takes the whole project (" + context.left_out + ")";
    if (!symbol.known_fan_in) return "the fan-in of " + symbol.name + " is not known: " + symbol.why_unknown;
    return "the rank of " + symbol.name + " is not known: the project defines no other " + plural(symbol.kind);
  }
  return {};
}

/// Why the highest number of a part of the project is not that of the whole; empty when it is.
std::string why_not_highest(const Context& context, const std::vector<TouchedSymbol>& touched, bool UsersSeen::*seen) {
  const bool all = std::all_of(touched.begin(), touched.end(), [&](const TouchedSymbol& s) { return s.seen.*seen; });
  return all ? std::string() : context.left_out;
}

void state_numbers(const Context& context, const std::vector<TouchedSymbol>& touched, std::string unknown,
                   Facts& facts) {
  double percentile = 0;
  std::int64_t direct = 0;
  std::int64_t transitive = 0;
  std::vector<Place> from_percentile, from_direct, from_transitive;
  for (const TouchedSymbol& symbol : touched) {
    if (!symbol.known_fan_in) continue;
    if (symbol.percentile && (from_percentile.empty() || *symbol.percentile > percentile)) {
      percentile = *symbol.percentile;
      from_percentile = {symbol.at};
    }
    if (from_direct.empty() || symbol.direct.lower > direct) {
      direct = symbol.direct.lower;
      from_direct = {symbol.at};
    }
    if (from_transitive.empty() || symbol.transitive.lower > transitive) {
      transitive = symbol.transitive.lower;
      from_transitive = {symbol.at};
    }
  }
  // The highest of those that are known may not be the highest.
  const bool all_known = context.unread.empty() && context.no_graph.empty() &&
                         std::all_of(touched.begin(), touched.end(), [](const auto& s) { return s.known_fan_in; });
  const bool only_ranks = !context.left_out.empty() && all_known;
  if (only_ranks) unknown = touched.empty() ? std::string() : context.left_out;
  const auto state = [&](const char* name, auto value, std::vector<Place> from, const std::string& why) {
    if (why.empty()) {
      facts.set(name, value, std::move(from));
    } else if constexpr (std::is_same_v<decltype(value), std::int64_t>) {
      facts.set(name, Unknown{why, value}, value > 0 ? std::move(from) : std::vector<Place>());
    } else {
      facts.set(name, Unknown{why});
    }
  };
  state("impact.percentile", percentile, std::move(from_percentile), unknown);
  state("impact.fan_in.direct", direct, std::move(from_direct),
        only_ranks ? why_not_highest(context, touched, &UsersSeen::direct) : unknown);
  state("impact.fan_in.transitive", transitive, std::move(from_transitive),
        only_ranks ? why_not_highest(context, touched, &UsersSeen::transitive) : unknown);
}

void say_why(const Context& context, Findings& findings, const std::string& unknown) {
  if (!unknown.empty()) findings.impact_why.push_back("not known: " + unknown);
  if (!unknown.empty() && context.unread.empty()) findings.impact_remarks.push_back(findings.impact_why.back());
  if (findings.touched.empty() && unknown.empty()) findings.impact_why.push_back("no symbol is touched");
  // They are ordered: what follows a lower level explains nothing about the patch's.
  std::size_t told = 0;
  std::size_t of_this_level = 0;
  for (const TouchedSymbol& symbol : findings.touched) {
    if (symbol.in_test_code && rank_of_level(symbol.impact) == 0) continue;
    if (symbol.impact != findings.touched.front().impact && rank_of_level(symbol.impact) >= 0) break;
    if (++of_this_level > kMostSentences) continue;
    ++told;
    findings.impact_why.push_back(fan_in_sentence(symbol));
    if (!symbol.sinks.empty()) findings.impact_why.push_back(feeds_sentence(symbol, symbol.sinks.front()));
  }
  if (of_this_level > told) {
    findings.impact_why.push_back("and " + std::to_string(of_this_level - told) + " more like these");
  }
  if (told == 0 && !findings.touched.empty()) findings.impact_why.push_back("only test code is touched");
  if (context.risk.high_feeding_a_sink_is_critical && !findings.touched.empty()) {
    const TouchedSymbol& top = findings.touched.front();
    if (top.impact == "critical" && impact_level(context.risk, top.percentile, top.transitive.lower, false) == "high") {
      findings.impact_why.push_back("high fan-in in front of a data sink counts as critical");
      findings.impact_remarks.push_back(findings.impact_why.back());
    }
  }
}

}  // namespace

void state_impact(const Context& context, Findings& findings) {
  const std::string unknown = why_unknown(context, findings.touched);
  int highest = 0;
  for (const TouchedSymbol& symbol : findings.touched) highest = std::max(highest, rank_of_level(symbol.impact));
  const bool settled = highest == 3;

  if (!unknown.empty() && !settled) {
    std::vector<Place> from;
    for (const auto& place : context.unread) {
      if (from.size() == kMostPlaces) break;
      from.push_back(place.at);
    }
    findings.facts.set("impact.level", Unknown{unknown}, std::move(from));
  } else {
    std::vector<Place> from;
    for (const TouchedSymbol& symbol : findings.touched) {
      if (rank_of_level(symbol.impact) == highest && from.size() < kMostPlaces) from.push_back(symbol.at);
    }
    findings.facts.set("impact.level", std::string(level_name(highest)), std::move(from));
  }
  state_numbers(context, findings.touched, settled ? std::string() : unknown, findings.facts);
  say_why(context, findings, settled ? std::string() : unknown);
}

}  // namespace patchgate
