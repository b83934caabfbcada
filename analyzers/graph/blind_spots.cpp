#include "analyzers/graph/blind_spots.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "analyzers/model/run_time_lookup.h"

namespace patchgate {

void add_named_lookups(std::vector<FullEdge>& edges, const std::vector<Literal>& literals,
                       const std::vector<Node>& nodes) {
  struct Lookup {
    NodeId caller;
    std::uint32_t line;
  };
  std::multimap<std::string_view, Lookup> wanted;
  for (const auto& literal : literals) {
    const auto* lookup = find_run_time_lookup(nodes[literal.callee].name);
    if (lookup != nullptr && lookup->name_at == literal.position && nodes[literal.callee].file.empty()) {
      wanted.emplace(literal.text, Lookup{literal.caller, literal.line});
    }
  }
  if (wanted.empty()) return;
  for (NodeId id = 0; id < nodes.size(); ++id) {
    const auto& node = nodes[id];
    if (!node.in_project() || node.has(UnitSymbol::internal) || !is_callable(node.kind)) continue;
    const std::string_view name = node.name;
    const auto colons = name.rfind("::");
    const auto [first, last] = wanted.equal_range(colons == std::string_view::npos ? name : name.substr(colons + 2));
    for (auto lookup = first; lookup != last; ++lookup) {
      edges.push_back(
          {lookup->second.caller, id, lookup->second.line, EdgeKind::address, Confidence::name, EdgeRule::name});
    }
  }
}

std::vector<BlindSpot> settled_blind_spots(std::vector<BlindSpot> spots, const std::vector<PointerCall>& without_target,
                                           const std::vector<Node>& nodes) {
  std::erase_if(spots, [&](const BlindSpot& spot) {
    return spot.kind == BlindSpotKind::dependent_call && spot.in != kNoNode &&
           nodes[spot.in].has(UnitSymbol::has_instance);
  });
  for (const auto& call : without_target) {
    spots.push_back({call.caller, BlindSpotKind::pointer_call, call.line, nodes[call.caller].file, {}});
  }
  const auto key = [](const BlindSpot& s) {
    return std::tuple(s.in, s.kind, s.line, std::string_view(s.text), std::string_view(s.file));
  };
  std::sort(spots.begin(), spots.end(), [&](const BlindSpot& a, const BlindSpot& b) { return key(a) < key(b); });
  spots.erase(
      std::unique(spots.begin(), spots.end(), [&](const BlindSpot& a, const BlindSpot& b) { return key(a) == key(b); }),
      spots.end());
  return spots;
}

}  // namespace patchgate
