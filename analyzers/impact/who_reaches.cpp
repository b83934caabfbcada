#include "analyzers/impact/who_reaches.h"

#include <map>
#include <string_view>

namespace patchgate {

namespace {

std::vector<bool> entry_points(const Graph& graph) {
  std::vector<bool> is_one(graph.nodes().size());
  for (NodeId id = 0; id < is_one.size(); ++id) {
    is_one[id] = graph.has(id, UnitSymbol::variadic_main) || graph.has(id, UnitSymbol::exported) ||
                 graph.has(id, UnitSymbol::constructor_attr);
  }
  for (const Entrance& entrance : graph.entrances()) is_one[entrance.function] = true;
  return is_one;
}

std::string_view folder_of(std::string_view file) {
  const auto slash = file.rfind('/');
  return slash == std::string_view::npos ? "." : file.substr(0, slash);
}

void add_to_each(StartSet set, std::span<WhoReaches> found, std::uint32_t WhoReaches::*count) {
  for (std::size_t i = 0; set != 0; ++i, set = static_cast<StartSet>(set >> 1U)) found[i].*count += set & 1U;
}

}  // namespace

std::vector<WhoReaches> who_reaches(const Graph& graph, std::span<const StartSets> users,
                                    const std::vector<bool>& in_test, std::span<const NodeId> symbols) {
  std::vector<WhoReaches> found(symbols.size());
  const auto self = [&](NodeId id) {
    StartSet set = 0;
    for (std::size_t i = 0; i < symbols.size(); ++i) set |= static_cast<StartSet>((symbols[i] == id ? 1U : 0U) << i);
    return set;
  };
  const auto is_entry_point = entry_points(graph);
  std::map<std::string_view, StartSet> folders;
  for (const auto& [file, first, end] : graph.files()) {
    StartSet from_here = 0;
    for (NodeId id = first; id < end; ++id) {
      const StartSet reached = users[id].exact();
      if (reached == 0 || in_test[id] || !graph.in_project(id)) continue;
      if (is_entry_point[id]) add_to_each(reached, found, &WhoReaches::entry_points);
      if ((reached & ~from_here) != 0) from_here |= static_cast<StartSet>(reached & ~self(id));
    }
    if (from_here != 0) folders[folder_of(file)] |= from_here;
  }
  for (const auto& [folder, set] : folders) add_to_each(set, found, &WhoReaches::folders);
  return found;
}

}  // namespace patchgate
