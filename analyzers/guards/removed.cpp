#include <algorithm>
#include <tuple>
#include <utility>

#include "analyzers/guards/guards.h"
#include "analyzers/guards/lost_guards.h"
#include "analyzers/guards/other_changes.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostFound = 200;

using Kind = CodeChange::Kind;

const char* words_of(LostGuard::How how) {
  switch (how) {
    case LostGuard::How::gone:
      return "";
    case LostGuard::How::part_gone:
      return "a part of the condition is gone";
    case LostGuard::How::let_through:
      return "another way to pass was added";
    case LostGuard::How::widened_bound:
      return "the bound lets more through";
    case LostGuard::How::turned_around:
      return "the condition is turned around";
  }
  return "";
}

/// The sink that the use leads to, else one that the function feeds, with the surest first.
const FedSink* sink_of(const TouchedSymbol& symbol, const std::string& use) {
  const FedSink* any = nullptr;
  for (const auto& sink : symbol.sinks) {
    const auto by_use = [&] {
      if (sink.by_data || sink.path.size() < 2) return false;
      const auto& next = sink.path[1];
      return !use.empty() && (next == use || next.ends_with("::" + use));
    };
    if (by_use()) return &sink;
    if (any == nullptr) any = &sink;
  }
  return any;
}

CodeChange change_of(const LostGuard& lost, const TouchedSymbol& symbol) {
  CodeChange change;
  const bool weaker = lost.how != LostGuard::How::gone;
  change.kind = lost.guard->by == Guard::By::assert ? Kind::assert_removed
                : weaker                            ? Kind::guard_weakened
                                                    : Kind::guard_removed;
  change.symbol = symbol.name;
  const auto& use = *lost.uses.front();
  change.base = {symbol.base_file, lost.guard->line, 0};
  change.head = {symbol.head_file, lost.instead != nullptr ? lost.instead->line : use.line, 0};
  change.before = lost.guard->source;
  if (lost.instead != nullptr) change.after = lost.instead->source;
  change.use = use.source;
  change.uses = static_cast<std::uint32_t>(lost.uses.size());
  change.how = words_of(lost.how);
  if (const auto* sink = sink_of(symbol, use.name)) {
    change.sink = sink->kind;
    change.path = sink->path;
  }
  return change;
}

std::vector<KnownFunction> known_functions(const std::vector<TouchedBody>& bodies) {
  std::vector<KnownFunction> known;
  for (const auto& body : bodies) {
    if (body.head.empty()) continue;
    const auto& shape = body.head.front();
    known.push_back({shape.name, shape.parameters, guarded_uses(shape, {})});
  }
  return known;
}

void run(const Context& context, Findings& findings) {
  auto& changes = findings.code_changes;
  const auto known = known_functions(context.bodies);
  std::vector<std::string> unseen;
  for (auto& symbol : findings.touched) symbol.why_guards_unknown = context.no_graph;
  for (std::size_t i = 0; i < findings.touched.size() && i < context.bodies.size(); ++i) {
    auto& symbol = findings.touched[i];
    const auto& body = context.bodies[i];
    if (symbol.in_test_code) continue;
    if (!body.unknown.empty()) unseen.push_back(symbol.name + ": " + body.unknown);
    symbol.why_guards_unknown = body.unknown;
    const auto add = [&](CodeChange change) {
      change.symbol = symbol.name;
      if (change.base.file.empty()) change.base.file = symbol.base_file;
      if (change.head.file.empty()) change.head.file = symbol.head_file;
      if (const auto* sink = sink_of(symbol, {})) {
        change.sink = sink->kind;
        change.path = sink->path;
      }
      changes.found.push_back(std::move(change));
    };
    for (auto& change : default_changes(body.base_starts, body.head_starts)) add(std::move(change));
    for (std::size_t side = 0; side < std::min(body.base.size(), body.head.size()); ++side) {
      const auto both = compared(body.base[side], body.head[side]);
      for (auto& change : other_changes(both)) {
        if (change.kind == Kind::guard_removed && side == 0) ++symbol.guards_removed;
        add(std::move(change));
      }
      for (const auto& lost : lost_guards(both, known)) {
        changes.found.push_back(change_of(lost, symbol));
        if (changes.found.back().kind == Kind::guard_removed && side == 0) ++symbol.guards_removed;
      }
    }
  }
  auto& found = changes.found;
  const auto order = [](const CodeChange& one) {
    return std::tie(one.kind, one.head, one.base, one.before, one.symbol, one.use);
  };
  std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
    return a.sink.empty() != b.sink.empty() ? b.sink.empty() : order(a) < order(b);
  });
  // Two configurations of a file say the same.
  found.erase(
      std::unique(found.begin(), found.end(), [&](const auto& a, const auto& b) { return order(a) == order(b); }),
      found.end());
  if (!context.no_graph.empty()) {
    changes.unknown = context.no_graph;
  } else if (!context.unread.empty()) {
    changes.unknown = context.unread.front().at.file + " could not be read: " + context.unread.front().why;
  } else if (!unseen.empty()) {
    changes.unknown = unseen.front();
  }

  const auto state = [&](const char* fact, Kind kind, bool feeding = false) {
    std::vector<Place> places;
    for (const auto& change : found)
      if (change.kind == kind && !(feeding && change.sink.empty())) places.push_back(change.head);
    const auto number = static_cast<std::int64_t>(places.size());
    if (!changes.unknown.empty()) return findings.facts.set(fact, Unknown{changes.unknown, number});
    findings.facts.set(fact, number, std::move(places));
  };
  state("guards.removed.count", Kind::guard_removed);
  state("guards.removed.sinks.count", Kind::guard_removed, true);
  state("asserts.removed.count", Kind::assert_removed);
  state("values.emptied.count", Kind::value_emptied);
  state("defaults.changed.count", Kind::default_changed);
  state("errors.ignored.count", Kind::error_ignored);
  state("loops.widened.count", Kind::loop_widened);
  state("guards.weakened.count", Kind::guard_weakened);
  if (found.size() > kMostFound) found.resize(kMostFound);
}

}  // namespace

const Analyzer guards_removed{"guards/removed", "conditions that the patch takes from in front of code that stays",
                              run};

}  // namespace patchgate
