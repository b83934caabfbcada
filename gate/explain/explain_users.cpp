#include "gate/explain/explain_users.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "analyzers/graph/entry_points.h"
#include "analyzers/graph/users_by_distance.h"
#include "analyzers/graph/widening.h"
#include "analyzers/graph/widening_gates.h"
#include "analyzers/model/patch.h"
#include "gate/explain/columns.h"
#include "gate/reports/escape.h"

namespace patchgate {
namespace {

constexpr std::size_t kGatesShown = 3;
constexpr std::size_t kDirectShown = 20;
constexpr std::size_t kFartherShown = 3;
constexpr std::uint32_t kDistancesShown = 3;
constexpr std::uint32_t kDistancesCounted = 6;
constexpr std::size_t kEntriesShown = 10;
constexpr std::size_t kUsesShown = 20;

std::string more(std::size_t all, std::size_t shown) {
  return all > shown ? fmt::format("      … and {} more\n", all - shown) : "";
}

}  // namespace

std::string place_text(const std::string& file, std::uint32_t line) {
  return file.empty() ? "outside of the repository" : visible(file) + ":" + std::to_string(line);
}

std::string how_sure(const Link& link) {
  const std::string confidence = name_of(link.confidence);
  const bool rule_says_more = link.rule != EdgeRule::syntax && confidence != name_of(link.rule);
  return rule_says_more ? confidence + " by " + name_of(link.rule) : confidence;
}

std::string width_section(const Graph& graph, NodeId symbol) {
  const auto causes = widening(graph, symbol);
  if (causes.empty()) return "";
  const auto gates = widening_gates(graph, symbol, kGatesShown);
  std::string text = "\n  what makes the fan-in an interval: users that are only possible\n";
  for (const auto& cause : causes) {
    text += fmt::format("    {} directly, {} in all by {}\n", cause.direct, cause.transitive, possible_by(cause.rule));
    Columns rows(6);
    for (const auto& gate : gates) {
      if (gate.rule != cause.rule) continue;
      const auto& user = graph.node(gate.user);
      rows.add({fmt::format("{} by", gate.symbols), visible(user.name) + " → " + visible(graph.node(gate.used).name),
                place_text(user.file, gate.line)});
    }
    text += rows.text();
  }
  return text;
}

std::string users_section(const Graph& graph, NodeId symbol) {
  const auto users = users_by_distance(graph, symbol);
  if (users.empty()) return "\n  callers and users\n    none was seen\n";
  std::string text = "\n  callers and users, by distance\n", farther;
  std::size_t beyond = 0;
  std::uint32_t last = 0;
  for (std::size_t begin = 0, end = 0; begin < users.size(); begin = end) {
    const auto distance = users[begin].distance;
    std::size_t proven = 0;
    for (; end < users.size() && users[end].distance == distance; ++end) proven += users[end].proven ? 1 : 0;
    const auto count = end - begin;
    if (distance > kDistancesShown) {
      beyond += count;
      last = distance;
      if (distance <= kDistancesShown + kDistancesCounted)
        farther += fmt::format("{}{}: {}", farther.empty() ? "" : ", ", distance, count);
      continue;
    }
    text += fmt::format("    {}: {}{}\n", distance, count,
                        proven == count ? "" : fmt::format(", {} of them only possible", count - proven));
    const auto most = distance == 1 ? kDirectShown : kFartherShown;
    Columns rows(6);
    for (std::size_t i = begin; i < std::min(end, begin + most); ++i) {
      const auto& user = users[i];
      const auto& node = graph.node(user.node);
      std::vector<std::string> row{visible(node.name), place_text(node.file, user.link.line), name_of(user.link.kind),
                                   how_sure(user.link)};
      if (distance > 1) row.push_back("→ " + visible(graph.node(user.via).name));
      rows.add(std::move(row));
    }
    text += rows.text() + more(count, most);
  }
  if (last > kDistancesShown + kDistancesCounted) farther += fmt::format(", … up to {}", last);
  if (beyond != 0) text += fmt::format("    farther: {} ({})\n", beyond, farther);
  return text;
}

std::string entries_section(const Graph& graph, NodeId symbol) {
  struct Entry {
    NodeId node;
    std::uint32_t distance;
    bool proven;
    EntryKind kind;
  };
  std::vector<Entry> entries;
  std::map<EntryKind, std::size_t> counts;
  const auto add = [&](NodeId node, std::uint32_t distance, bool proven) {
    const auto kind = entry_kind(graph, node);
    if (!kind || classify(graph.node(node).file) == FileClass::test) return;
    entries.push_back({node, distance, proven, *kind});
    ++counts[*kind];
  };
  add(symbol, 0, true);
  for (const auto& user : users_by_distance(graph, symbol)) add(user.node, user.distance, user.proven);
  if (entries.empty()) return "\n  entry points that reach it\n    none was seen\n";
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(!a.proven, a.kind, a.distance) < std::tuple(!b.proven, b.kind, b.distance);
  });
  // What nobody uses is dead, or is called from where nobody looked: it is shown, but is no known way in.
  const auto unused = counts.contains(EntryKind::never_used) ? counts.extract(EntryKind::never_used).mapped() : 0;
  std::string summary;
  for (const auto& [kind, count] : counts) {
    summary += fmt::format("{}{} {}", summary.empty() ? " (" : ", ", name_of(kind), count);
  }
  if (!summary.empty()) summary += ")";
  if (unused != 0)
    summary += fmt::format(", and {} {} that nobody uses", unused, unused == 1 ? "function" : "functions");
  Columns rows(4);
  for (std::size_t i = 0; i < std::min(entries.size(), kEntriesShown); ++i) {
    const auto& entry = entries[i];
    const auto& node = graph.node(entry.node);
    std::string kind = name_of(entry.kind);
    std::size_t doors = 0;
    for (const auto& door : graph.entrances_of(entry.node)) {
      if (entry.kind != EntryKind::from_outside || doors++ == 3) break;
      kind += (doors == 1 ? " through " : ", ") + visible(door.through);
    }
    rows.add({visible(node.name), place_text(node.file, node.line), fmt::format("distance {}", entry.distance),
              entry.proven ? "exact" : "possible", std::move(kind)});
  }
  return fmt::format("\n  entry points that reach it: {}{}\n", entries.size() - unused, summary) + rows.text() +
         more(entries.size(), kEntriesShown);
}

std::string uses_section(const Graph& graph, NodeId symbol) {
  const auto links = graph.uses(symbol);
  if (links.empty()) return "";
  std::vector<Link> sorted(links.begin(), links.end());
  // First what the project has itself and what runs: that is what a reader of the project asks for.
  const auto key = [&](const Link& link) {
    const auto& node = graph.node(link.node);
    return std::tuple(node.file.empty(), !is_callable(node.kind), link.confidence, link.line, link.node, link.kind);
  };
  std::sort(sorted.begin(), sorted.end(), [&](const Link& a, const Link& b) { return key(a) < key(b); });
  Columns rows(4);
  for (std::size_t i = 0; i < std::min(sorted.size(), kUsesShown); ++i) {
    const auto& other = graph.node(sorted[i].node);
    rows.add({visible(other.name), place_text(other.file, other.line), name_of(sorted[i].kind), how_sure(sorted[i]),
              fmt::format("line {}", sorted[i].line)});
  }
  return fmt::format("\n  what it uses: {}\n", links.size()) + rows.text() + more(links.size(), kUsesShown);
}

}  // namespace patchgate
