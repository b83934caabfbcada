#include "analyzers/impact/who_reaches.h"

#include <map>
#include <string_view>

namespace patchgate {

namespace {

bool is_entry_point(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  return node.has(UnitSymbol::variadic_main) || node.has(UnitSymbol::exported) ||
         node.has(UnitSymbol::constructor_attr) || !graph.entrances_of(id).empty();
}

std::string_view folder_of(std::string_view file) {
  const auto slash = file.rfind('/');
  return slash == std::string_view::npos ? "." : file.substr(0, slash);
}

void add_to_each(StartSet set, std::span<WhoReaches> found, std::uint32_t WhoReaches::*count) {
  for (std::size_t i = 0; set != 0; ++i, set = static_cast<StartSet>(set >> 1U)) found[i].*count += set & 1U;
}

}  // namespace

std::vector<WhoReaches> who_reaches(const Graph& graph, std::span<const StartSet> users,
                                    const std::vector<bool>& in_test, std::span<const NodeId> symbols) {
  std::vector<WhoReaches> found(symbols.size());
  const auto self = [&](NodeId id) {
    StartSet set = 0;
    for (std::size_t i = 0; i < symbols.size(); ++i) set |= static_cast<StartSet>((symbols[i] == id ? 1U : 0U) << i);
    return set;
  };
  const auto firsts = graph.first_of_files();
  std::map<std::string_view, StartSet> folders;
  for (std::size_t file = 0; file < firsts.size(); ++file) {
    const auto end = file + 1 < firsts.size() ? firsts[file + 1] : static_cast<NodeId>(users.size());
    StartSet from_here = 0;
    for (NodeId id = firsts[file]; id < end; ++id) {
      if (users[id] == 0 || in_test[id] || !graph.in_project(id)) continue;
      if (is_entry_point(graph, id)) add_to_each(users[id], found, &WhoReaches::entry_points);
      if ((users[id] & ~from_here) != 0) from_here |= static_cast<StartSet>(users[id] & ~self(id));
    }
    if (from_here != 0) folders[folder_of(graph.node(firsts[file]).file)] |= from_here;
  }
  for (const auto& [folder, set] : folders) add_to_each(set, found, &WhoReaches::folders);
  return found;
}

}  // namespace patchgate
