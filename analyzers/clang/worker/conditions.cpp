#include "analyzers/clang/worker/conditions.h"

#include <algorithm>

#include "analyzers/clang/worker/collect_symbols.h"

namespace patchgate {

void depend_on_condition(const std::vector<FileDraft::Stand>& stands, const SymbolTable& symbols, std::uint32_t begin,
                         std::uint32_t end, const llvm::SmallVectorImpl<Asked>& asked,
                         std::vector<FileDraft::Edge>& edges) {
  const auto first = std::lower_bound(stands.begin(), stands.end(), begin,
                                      [](const auto& stand, auto value) { return stand.range.begin < value; });
  std::uint32_t covered = begin;
  for (auto stand = first; stand != stands.end() && stand->range.begin < end; ++stand) {
    const bool outermost = stand->range.begin >= covered;
    if (outermost) covered = std::max(covered, stand->range.end);
    const auto kind = symbols.draft(stand->symbol).facts.kind;
    const bool own = (is_callable(kind) && kind != SymbolKind::lambda) || kind == SymbolKind::macro;
    if (!outermost && !own) continue;
    for (const auto& one : asked) {
      if (one.macro == stand->symbol) continue;
      edges.push_back({stand->symbol, one.macro, EdgeKind::macro, Confidence::exact, one.offset});
    }
  }
}

}  // namespace patchgate
