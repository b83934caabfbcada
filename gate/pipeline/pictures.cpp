#include "gate/pipeline/pictures.h"

#include <algorithm>

namespace patchgate {
namespace {

std::vector<FanInSpread> spreads_of(const Context& context, const Findings& findings) {
  // Ranks are those of the base; a project that begins with this patch has them on head alone.
  const bool on_base = !context.base->nodes().empty();
  const Graph& graph = on_base ? *context.base : *context.head;
  const FanInRanks& ranks = on_base ? *context.base_ranks : *context.head_ranks;
  std::vector<FanInSpread> spreads;
  const auto spread_of = [&](SymbolKind kind) {
    return std::find_if(spreads.begin(), spreads.end(), [&](const auto& spread) { return spread.kind == kind; });
  };
  for (const auto& symbol : findings.touched)
    if (symbol.rank != 0 && spread_of(symbol.kind) == spreads.end()) spreads.push_back({symbol.kind, {}});
  if (spreads.empty()) return spreads;
  const auto lower = ranks.all_lower();
  for (NodeId id = 0; id < lower.size(); ++id) {
    if (!graph.in_project(id)) continue;
    const auto spread = spread_of(graph.kind(id));
    if (spread == spreads.end()) continue;
    const auto bin = spread_bin(lower[id]);
    if (spread->counts.size() <= bin) spread->counts.resize(bin + 1);
    ++spread->counts[bin];
  }
  return spreads;
}

}  // namespace

Pictures take_pictures(const Repository& repository, const Context& context, const Findings& findings) {
  Pictures pictures;
  pictures.surroundings = surroundings(context, findings);
  pictures.spreads = spreads_of(context, findings);
  pictures.diff = shown_diff([&](const Oid& blob) { return repository.blob(blob); }, *context.patch, findings,
                             pictures.files_left_out);
  return pictures;
}

}  // namespace patchgate
