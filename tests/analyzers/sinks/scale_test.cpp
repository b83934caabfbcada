#include <gtest/gtest.h>

#include "analyzers/model/hash.h"
#include "fed.h"

namespace patchgate {
namespace {

/// `layers` layers of `width` functions; each calls `width` / 4 of the next layer, the last ones call unlink.
FileFacts layered(std::uint32_t layers, std::uint32_t width) {
  FileFacts file;
  file.path = "src/a.cpp";
  const auto add = [&](const std::string& name, std::uint32_t line) {
    UnitSymbol symbol;
    symbol.usr = hash64(name);
    symbol.name = name;
    symbol.flags = line == 0 ? UnitSymbol::outside : UnitSymbol::defined;
    symbol.line = symbol.end_line = line;
    if (line != 0) symbol.file = file.path;
    file.symbols.push_back(symbol);
  };
  for (std::uint32_t i = 0; i < layers * width; ++i) add("f" + std::to_string(i), i + 1);
  add("unlink", 0);
  const auto unlink = layers * width;
  for (std::uint32_t i = 0; i < layers * width; ++i) {
    if (i >= (layers - 1) * width) {
      file.edges.push_back({i, unlink, EdgeKind::call, Confidence::exact, 1});
      continue;
    }
    for (std::uint32_t k = 0; k < width / 4; ++k) {
      const std::uint32_t to = (i / width + 1) * width + (i * 7 + k * 3) % width;
      file.edges.push_back({i, to, EdgeKind::call, Confidence::exact, 1});
    }
  }
  return file;
}

TEST(FeedsScale, EveryFunctionOfADenseGraphIsAskedInTime) {
  test::Story story("src/a.cpp:1 function none");
  const FileFacts facts = layered(12, 40);
  GraphBuilder builder;
  builder.add(facts);
  const Graph graph = std::move(builder).build();
  const FanInRanks ranks(graph);
  story.context.base = story.context.head = &graph;
  story.context.base_ranks = story.context.head_ranks = &ranks;
  for (std::uint32_t i = 0; i < 480; ++i) {
    TouchedSymbol symbol;
    symbol.name = facts.symbols[i].name;
    symbol.base_usr = symbol.head_usr = facts.symbols[i].usr;
    symbol.base_file = symbol.head_file = symbol.at.file = facts.path;
    story.findings.touched.push_back(symbol);
  }
  EXPECT_EQ(fed(story).substr(0, 32), "file_remove call exact: f0 -> f4");
  std::size_t feeding = 0;
  for (const TouchedSymbol& symbol : story.findings.touched) feeding += symbol.sinks_total;
  EXPECT_EQ(feeding, 480U);
}

}  // namespace
}  // namespace patchgate
