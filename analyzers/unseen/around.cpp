#include <algorithm>
#include <map>

#include "analyzers/graph/touched_node.h"
#include "analyzers/unseen/unseen.h"

namespace patchgate {
namespace {

constexpr std::size_t kLinesOfSymbol = 5;
constexpr std::size_t kLines = 20;

std::string last_part(const std::string& name) {
  const auto colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

std::string place(const BlindSpot& spot) { return spot.file + ":" + std::to_string(spot.line); }

/// "…, the first at a.c:3" where there are several, "at a.c:3" for one.
std::string where(std::size_t count, const BlindSpot& first) {
  return count == 1 ? " (" + place(first) + ")"
                    : " (" + std::to_string(count) + " places, the first at " + place(first) + ")";
}

void add_own(const Graph& graph, NodeId id, std::vector<std::string>& lines) {
  const auto spots = graph.blind_spots_of(id);
  for (std::size_t begin = 0, end = 0; begin < spots.size(); begin = end) {
    while (end < spots.size() && spots[end].kind == spots[begin].kind) ++end;
    lines.push_back(graph.node(id).name + " " + what_is_unseen(spots[begin]) + where(end - begin, spots[begin]));
  }
}

/// All templates' undecided calls by the name that they call.
using CallsByName = std::map<std::string_view, std::pair<std::size_t, const BlindSpot*>>;

CallsByName calls_by_name(const Graph& graph) {
  CallsByName calls;
  for (const auto& spot : graph.blind_spots()) {
    if (spot.kind != BlindSpotKind::dependent_call || spot.text.empty()) continue;
    auto& [count, first] = calls[spot.text];
    if (count++ == 0) first = &spot;
  }
  return calls;
}

void add_unseen_users(const Context& context, const Graph& graph, NodeId id, const CallsByName& calls,
                      std::vector<std::string>& lines) {
  const auto& node = graph.node(id);
  const auto name = last_part(node.name);
  const auto doors = graph.entrances_of(id);
  if (!doors.empty()) {
    lines.push_back(node.name + " is entered from outside through " + doors.front().through +
                    (doors.size() == 1 ? "" : " and others") + ": what sets that off is not seen");
  }
  if (const auto found = calls.find(name); is_callable(node.kind) && found != calls.end()) {
    const auto& [count, first] = found->second;
    lines.push_back(node.name + " may be what templates that nobody instantiates call as " + name +
                    where(count, *first));
  }
  if (node.has(UnitSymbol::internal) || node.kind == SymbolKind::macro) return;
  for (const auto& file : context.assembler) {
    if (!std::binary_search(file.words.begin(), file.words.end(), name)) continue;
    lines.push_back(node.name + " is named in " + file.path + ", which is assembler and is not read");
  }
}

bool is_visible_outside(const Node& node) {
  return is_callable(node.kind) && node.in_project() && !node.has(UnitSymbol::internal);
}

void add_lookups(const Graph& graph, bool concerned, std::vector<std::string>& lines) {
  if (!concerned) return;
  std::size_t count = 0;
  const BlindSpot* first = nullptr;
  for (const auto& spot : graph.blind_spots()) {
    if (spot.kind != BlindSpotKind::name_lookup) continue;
    if (count++ == 0) first = &spot;
  }
  if (count == 0) return;
  lines.push_back("a lookup by a name made at run time may find any function that is not static" +
                  where(count, *first));
}

void run(const Context& context, Findings& findings) {
  if (!context.no_graph.empty()) return;
  const auto on_head = calls_by_name(*context.head);
  const auto on_base = calls_by_name(*context.base);
  std::vector<std::string> all;
  bool visible_outside = false;
  std::size_t left_out = 0;
  for (const auto& symbol : findings.touched) {
    if (symbol.in_test_code) continue;
    const bool gone = symbol.head_usr == 0;
    const auto& graph = gone ? *context.base : *context.head;
    const auto id = gone ? base_node(context, symbol) : head_node(context, symbol);
    if (id == kNoNode) continue;
    std::vector<std::string> lines;
    add_own(graph, id, lines);
    add_unseen_users(context, graph, id, gone ? on_base : on_head, lines);
    visible_outside = visible_outside || is_visible_outside(graph.node(id));
    if (lines.size() > kLinesOfSymbol) {
      left_out += lines.size() - kLinesOfSymbol;
      lines.resize(kLinesOfSymbol);
    }
    all.insert(all.end(), lines.begin(), lines.end());
  }
  add_lookups(*context.head, visible_outside, all);
  if (all.size() > kLines) {
    left_out += all.size() - kLines;
    all.resize(kLines);
  }
  if (left_out != 0) all.push_back(std::to_string(left_out) + " more blind spots around the touched symbols");
  findings.blind_spots.insert(findings.blind_spots.end(), all.begin(), all.end());
}

}  // namespace

const Analyzer unseen_around{"unseen/around", "what could not be seen of the touched code and of who uses it", run};

}  // namespace patchgate
