#include <algorithm>
#include <limits>

#include "analyzers/graph/call_like.h"
#include "analyzers/graph/touched_node.h"
#include "analyzers/scope/defines.h"
#include "gate/pipeline/patch_scope.h"

namespace patchgate {
namespace {

/// Units that are read for the bodies of what a revert calls: one in this many of the project, and a few in any case.
constexpr std::size_t kShareOfCallees = 40;
constexpr std::size_t kLeastOfCallees = 8;
/// Files that are searched for one definition.
constexpr std::size_t kFilesSearched = 40;

std::string_view last_part(std::string_view name) {
  const auto colons = name.rfind("::");
  return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

/// "src/store" of "src/store.h".
std::string_view stem(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(0, dot);
}

}  // namespace

/// What a revert removes may be used by what came since: all who may use it are read. Of its other symbols users are
/// worth a share of the project, as in the later rounds: they ran with this code before.
Result<void> PatchScope::read_users_of_revert(const Graph& graph, const std::vector<TouchedSymbol>& touched) {
  std::vector<NodeId> removed, others;
  for (const auto& symbol : touched) {
    const auto node = node_of(graph, symbol.base_usr, symbol.base_file);
    if (node != kNoNode) (symbol.head_usr == 0 ? removed : others).push_back(node);
  }
  PATCHGATE_CHECK(ask(graph, removed, std::numeric_limits<std::size_t>::max()));
  if (cut_short_) return {};
  return ask(graph, others, share_of_rounds());
}

/// Functions that the touched ones call, by way of others or not, and of which only a declaration was seen; the nearest
/// first.
std::vector<NodeId> PatchScope::callees_without_body(const Graph& graph,
                                                     const std::vector<TouchedSymbol>& touched) const {
  std::vector<NodeId> queue, found;
  std::vector<bool> seen(graph.nodes().size());
  const auto add = [&](NodeId id) {
    if (id == kNoNode || seen[id]) return;
    seen[id] = true;
    queue.push_back(id);
  };
  for (const auto& symbol : touched) add(node_of(graph, symbol.base_usr, symbol.base_file));
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto& node = graph.node(queue[i]);
    if (!node.in_project() && !node.file.empty() && is_callable(node.kind)) found.push_back(queue[i]);
    for (const auto& link : graph.uses(queue[i]))
      if (is_call_like(link.kind)) add(link.node);
  }
  return found;
}

Result<std::vector<std::size_t>> PatchScope::commands_defining(const Node& function) const {
  ScopeQuery query;
  query.name = last_part(function.name);
  query.file = function.file;
  query.in_declarations = true;
  auto mains = scan_->users_of(query).units;
  // A header's own source is the likeliest place.
  std::stable_partition(mains.begin(), mains.end(),
                        [&](ScanIndex main) { return stem(scan_->files()[main].path) == stem(function.file); });
  mains.resize(std::min(mains.size(), kFilesSearched));
  for (const auto main : mains) {
    PATCHGATE_TRY(const auto text, read_file(input_.repository, input_.sides.base, scan_->files()[main].path));
    if (text && seems_to_define(*text, query.name)) return commands_of(main);
  }
  return std::vector<std::size_t>();
}

/// The sinks that a revert reaches lie behind what its symbols call: the units that define these functions, the nearest
/// first, as far as a share of the project goes.
Result<void> PatchScope::read_callees(const std::vector<TouchedSymbol>& touched) {
  const auto most = units_.size() + std::max(kLeastOfCallees, commands_.size() / kShareOfCallees);
  std::set<std::string> looked_for;
  while (!cut_short_ && units_.size() < most) {
    PATCHGATE_TRY(const auto graph, merge_units(input_.store, read_so_far()));
    std::vector<std::size_t> numbers;
    for (const auto id : callees_without_body(graph, touched)) {
      if (units_.size() + numbers.size() >= most) break;
      const auto& node = graph.node(id);
      if (!looked_for.insert(node.name).second) continue;
      PATCHGATE_TRY(const auto more, commands_defining(node));
      for (const auto number : more)
        if (!units_.contains(number) && std::find(numbers.begin(), numbers.end(), number) == numbers.end())
          numbers.push_back(number);
    }
    if (numbers.empty()) return {};
    numbers.resize(std::min(numbers.size(), most - units_.size()));
    PATCHGATE_CHECK(read_commands(std::move(numbers)));
  }
  return {};
}

}  // namespace patchgate
