#pragma once

#include <random>
#include <string>

#include "analyzers/graph/graph.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// `nodes` functions in `files` files (every eighth one outside) and `edges` calls between them, a quarter possible.
/// Mostly forward calls, so that it has both chains and circles.
inline Graph random_graph(unsigned seed, std::uint32_t nodes, std::uint32_t edges, std::uint32_t files = 4) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t limit) {
    return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(random);
  };
  std::vector<UnitSymbol> all(nodes);
  for (std::uint32_t i = 0; i < nodes; ++i) {
    auto& symbol = all[i];
    symbol.name = "f" + std::to_string(i);
    symbol.usr = hash64(symbol.name);
    symbol.kind = i % 3 == 0 ? SymbolKind::method : SymbolKind::function;
    if (i % 8 == 7) {
      symbol.flags = UnitSymbol::outside;
    } else {
      symbol.flags = UnitSymbol::defined;
      symbol.file = "f" + std::to_string(i % files) + ".c";
      symbol.line = symbol.end_line = i;
    }
  }
  FileFacts one;
  one.path = "f0.c";
  one.symbols = all;
  for (std::uint32_t i = 0; i < edges && nodes > 1; ++i) {
    auto from = below(nodes), to = below(nodes);
    if (from > to && below(20) != 0) std::swap(from, to);
    const auto confidence = below(4) == 0 ? Confidence::possible : Confidence::exact;
    one.edges.push_back({from, to, EdgeKind::call, confidence, i});
  }
  GraphBuilder builder;
  builder.add(one);
  return std::move(builder).build();
}

}  // namespace patchgate
