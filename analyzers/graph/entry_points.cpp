#include "analyzers/graph/entry_points.h"

#include <algorithm>

namespace patchgate {

const char* name_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::main:
      return "main";
    case EntryKind::from_outside:
      return "entered from outside";
    case EntryKind::exported:
      return "exported";
    case EntryKind::runs_by_itself:
      return "runs by itself";
    case EntryKind::never_used:
      return "nobody uses it";
  }
  return "?";
}

std::optional<EntryKind> entry_kind(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  if (!node.in_project()) return std::nullopt;
  if (node.has(UnitSymbol::variadic_main)) return EntryKind::main;
  if (!graph.entrances_of(id).empty()) return EntryKind::from_outside;
  if (node.has(UnitSymbol::exported)) return EntryKind::exported;
  if (node.has(UnitSymbol::constructor_attr)) return EntryKind::runs_by_itself;
  if (!is_callable(node.kind) || node.has(UnitSymbol::internal)) return std::nullopt;
  const auto users = graph.users(id);
  const bool used = std::any_of(users.begin(), users.end(), [&](const Link& link) { return link.node != id; });
  return used ? std::nullopt : std::optional(EntryKind::never_used);
}

}  // namespace patchgate
