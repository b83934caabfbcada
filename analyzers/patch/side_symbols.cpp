#include "analyzers/patch/side_symbols.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

/// Ranges whose tokens belong to a nested symbol and not to the one around it.
bool is_own_text(SymbolKind around, SymbolKind nested) {
  if (nested == SymbolKind::macro) return true;
  if (around != SymbolKind::type) return false;
  return nested == SymbolKind::type || (is_callable(nested) && nested != SymbolKind::lambda);
}

struct Placed {
  std::size_t symbol;  // index into the result
  Extent extent;
};

Stretch fingerprint(const SideFile& file, const Extent& extent, const std::vector<ByteRange>& holes) {
  Stretch stretch{extent.range, extent.first_line, extent.last_line, extent.definition, {}, {}, 0};
  ByteWriter signature, body;
  auto token = std::lower_bound(file.tokens.begin(), file.tokens.end(), extent.range.begin,
                                [](const Token& t, std::uint32_t offset) { return t.offset < offset; });
  std::size_t hole = 0;
  bool has_body = false;
  for (; token != file.tokens.end() && token->offset < extent.range.end; ++token) {
    while (hole < holes.size() && holes[hole].end <= token->offset) ++hole;
    if (hole < holes.size() && holes[hole].begin <= token->offset) continue;
    ++stretch.tokens;
    if (token->offset >= extent.body) {
      has_body = true;
      body.fixed128(token->text);
    } else {
      signature.fixed128(token->text);
    }
  }
  stretch.signature = strong_hash(signature.take());
  if (has_body) stretch.body = strong_hash(body.take());
  return stretch;
}

}  // namespace

std::vector<SideSymbol> symbols_of(const SideFile& file) {
  // The same symbol seen by several units: one entry. An internal symbol has one usr a file, so usr and kind name it
  // here.
  std::vector<SideSymbol> result;
  std::map<std::pair<std::uint64_t, SymbolKind>, std::size_t> known;
  std::vector<Placed> placed;
  for (const auto& facts : file.facts) {
    for (const auto& extent : facts->extents) {
      const auto& symbol = facts->symbols[extent.symbol];
      const auto [at, fresh] = known.try_emplace({symbol.usr, symbol.kind}, result.size());
      if (fresh) result.push_back({symbol, file.path, {}});
      auto& merged = result[at->second].symbol;
      if (extent.definition && !merged.has(UnitSymbol::defined)) {
        const auto flags = static_cast<std::uint16_t>(merged.flags | symbol.flags);
        merged = symbol;
        merged.flags = flags;
      }
      placed.push_back({at->second, extent});
    }
  }
  const auto place_of = [](const Placed& p) {
    // Outer extents before those inside of them.
    return std::tuple(p.extent.range.begin, ~p.extent.range.end, p.symbol, p.extent.definition);
  };
  std::sort(placed.begin(), placed.end(), [&](const Placed& a, const Placed& b) { return place_of(a) < place_of(b); });
  placed.erase(std::unique(placed.begin(), placed.end(),
                           [&](const Placed& a, const Placed& b) { return place_of(a) == place_of(b); }),
               placed.end());

  for (std::size_t i = 0; i < placed.size(); ++i) {
    const auto& outer = placed[i];
    const auto kind = result[outer.symbol].symbol.kind;
    std::vector<ByteRange> holes;
    for (std::size_t j = i + 1; j < placed.size() && placed[j].extent.range.begin < outer.extent.range.end; ++j) {
      const auto& inner = placed[j];
      if (inner.symbol == outer.symbol || inner.extent.range.end > outer.extent.range.end) continue;
      if (inner.extent.range == outer.extent.range) continue;
      if (!is_own_text(kind, result[inner.symbol].symbol.kind)) continue;
      if (!holes.empty() && inner.extent.range.begin < holes.back().end) continue;
      holes.push_back(inner.extent.range);
    }
    result[outer.symbol].stretches.push_back(fingerprint(file, outer.extent, holes));
  }
  std::erase_if(result, [](const SideSymbol& s) { return s.stretches.empty(); });
  std::sort(result.begin(), result.end(), [](const SideSymbol& a, const SideSymbol& b) {
    return std::tuple(a.stretches.front().range.begin, a.symbol.usr, a.symbol.kind) <
           std::tuple(b.stretches.front().range.begin, b.symbol.usr, b.symbol.kind);
  });
  return result;
}

}  // namespace patchgate
