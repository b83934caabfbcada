#include "analyzers/graph/raw_facts.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "analyzers/graph/derived.h"
#include "analyzers/model/hash.h"
#include "graph_text.h"

namespace patchgate {
namespace {

/// All of a graph in one string, and its links as they are seen from their other end.
std::string everything(const Graph& graph) {
  std::string users;
  for (NodeId id = 0; id < graph.nodes().size(); ++id)
    for (const auto& link : graph.users(id)) users += std::to_string(id) + "<" + std::to_string(link.node) + " ";
  return encode_derived(graph, FanInRanks(graph, std::vector<std::uint32_t>(graph.nodes().size()))) + users;
}

Graph merged(const std::vector<FileFacts>& all) {
  GraphBuilder builder;
  for (const auto& facts : all) builder.add(facts);
  return std::move(builder).build();
}

RawFacts collected(const std::vector<FileFacts>& all) {
  FactsCollector collector;
  for (const auto& facts : all) collector.add(facts);
  return std::move(collector).take();
}

/// Facts of a few files that name the same symbols: defined, declared, used, in several configurations, under several
/// names, at the same lines, with all that a unit can say.
class RandomFacts {
 public:
  explicit RandomFacts(unsigned seed) : random_(seed) {}

  std::vector<FileFacts> of_file(const std::string& path) {
    std::vector<FileFacts> chunks(1 + below(3));
    for (auto& chunk : chunks) {
      chunk.path = path;
      fill(chunk);
    }
    return chunks;
  }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  static std::string file(std::uint32_t number) { return "f" + std::to_string(number) + ".c"; }
  static constexpr std::uint32_t kFiles = 6;

 private:
  std::uint32_t below(std::uint32_t limit) {
    return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(random_);
  }

  UnitSymbol symbol(const std::string& path) {
    UnitSymbol one;
    const auto number = below(12);
    one.usr = hash64("s" + std::to_string(number));
    one.name = (number == 0 ? "dlsym" : one_in(8) ? "n::g" : "n::s" + std::to_string(number));
    one.kind = static_cast<SymbolKind>(below(kSymbolKinds));
    one.flags = static_cast<std::uint16_t>(std::uint32_t{1} << below(13) | std::uint32_t{1} << below(13));
    if (!one_in(4)) one.file = one_in(2) ? path : file(below(kFiles));
    if (!one.file.empty() && one_in(2)) one.flags |= UnitSymbol::defined;
    one.line = 1 + below(4);
    one.end_line = one.line + below(3);
    if (one_in(6)) one.origin = "M(" + std::to_string(below(2)) + ")";
    return one;
  }

  void fill(FileFacts& facts) {
    for (auto n = 1 + below(8); n > 0; --n) facts.symbols.push_back(symbol(facts.path));
    const auto any = [&] { return below(static_cast<std::uint32_t>(facts.symbols.size())); };
    const auto some = [&](auto add) {
      for (auto n = below(5); n > 0; --n) add();
    };
    const auto slot = [&] { return Slot{below(6)}; };
    some([&] {
      facts.edges.push_back({any(), any(), static_cast<EdgeKind>(below(kEdgeKinds)),
                             static_cast<Confidence>(below(kConfidences)), below(9),
                             static_cast<EdgeRule>(below(kEdgeRules))});
    });
    some([&] { facts.edges.push_back({any(), any(), EdgeKind::call, Confidence::exact, below(9)}); });
    some([&] { facts.overrides.push_back({any(), any()}); });
    some([&] { facts.indirect_calls.push_back({any(), below(3), below(9), slot()}); });
    some([&] { facts.addresses.push_back({any(), any(), below(3)}); });
    some([&] { facts.slot_values.push_back({slot(), any()}); });
    some([&] { facts.slot_copies.push_back({slot(), one_in(3) ? result_slot(facts.symbols[any()].usr) : slot()}); });
    if (one_in(4)) facts.open_slots.push_back(slot());
    if (one_in(4)) facts.outside_slots.push_back({slot(), "qsort"});
    some([&] { facts.flows.push_back({any(), any(), one_in(3) ? DataFlow::kReturned : any(), below(9)}); });
    some([&] {
      facts.literals.push_back({any(), any(), static_cast<std::uint8_t>(below(2)), one_in(2) ? "g" : "x", below(9)});
    });
    some([&] {
      facts.blind_spots.push_back({one_in(3) ? UnitBlindSpot::kFileScope : any(),
                                   static_cast<BlindSpotKind>(below(kBlindSpotKinds)), below(9), one_in(2) ? "" : "t"});
    });
    some([&] { facts.includes.push_back(file(below(kFiles))); });
  }

  std::mt19937 random_;
};

TEST(RawFacts, WithSomeFilesReplacedTheyGiveTheGraphOfAllFactsMergedAnew) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    RandomFacts random(seed);
    std::vector<FileFacts> base, head, kept_and_head;
    std::set<std::string, std::less<>> replaced;
    for (std::uint32_t i = 0; i < RandomFacts::kFiles; ++i) {
      const auto path = RandomFacts::file(i);
      const auto on_base = random.one_in(6) ? std::vector<FileFacts>{} : random.of_file(path);
      base.insert(base.end(), on_base.begin(), on_base.end());
      if (random.one_in(3)) {
        replaced.insert(path);
        FileFacts gone;
        gone.path = path;
        const auto on_head = random.one_in(4) ? std::vector<FileFacts>{gone} : random.of_file(path);
        head.insert(head.end(), on_head.begin(), on_head.end());
      } else {
        kept_and_head.insert(kept_and_head.end(), on_base.begin(), on_base.end());
        // Units of head say again what they see in headers.
        if (random.one_in(2)) head.insert(head.end(), on_base.begin(), on_base.end());
      }
    }
    kept_and_head.insert(kept_and_head.end(), head.begin(), head.end());
    const auto facts = decode_raw_facts(encode_raw_facts(collected(base)));
    ASSERT_TRUE(facts) << facts.error().message;

    GraphBuilder of_base;
    of_base.add(*facts, {});
    ASSERT_TRUE(everything(std::move(of_base).build()) == everything(merged(base))) << "base, seed " << seed;
    GraphBuilder of_head;
    of_head.add(*facts, replaced);
    for (const auto& one : head) of_head.add(one);
    const auto graph = std::move(of_head).build();
    const auto anew = merged(kept_and_head);
    ASSERT_EQ(nodes_text(graph), nodes_text(anew)) << "seed " << seed;
    ASSERT_EQ(edges_text(graph), edges_text(anew)) << "seed " << seed;
    ASSERT_TRUE(everything(graph) == everything(anew)) << "seed " << seed;
  }
}

TEST(RawFacts, HaveOneFormWhateverTheOrderAndHoweverOftenFactsAreAdded) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    RandomFacts random(seed);
    std::vector<FileFacts> all;
    for (std::uint32_t i = 0; i < RandomFacts::kFiles; ++i)
      for (auto& chunk : random.of_file(RandomFacts::file(i))) all.push_back(std::move(chunk));
    const auto form = encode_raw_facts(collected(all));
    EXPECT_TRUE(encode_raw_facts(decode_raw_facts(form).value()) == form) << "seed " << seed;
    const std::vector<FileFacts> again(all.begin(), all.begin() + 3);
    all.insert(all.end(), again.begin(), again.end());
    std::mt19937 order(seed);
    std::shuffle(all.begin(), all.end(), order);
    EXPECT_TRUE(encode_raw_facts(collected(all)) == form) << "seed " << seed;
  }
}

std::string resealed(std::string bytes) {
  const auto sum = hash64(std::string_view(bytes).substr(8));
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(sum >> (8 * i));
  return bytes;
}

TEST(RawFacts, DamageIsNoticed) {
  const auto form = encode_raw_facts(collected(RandomFacts(3).of_file("f0.c")));
  for (std::size_t i = 0; i < form.size(); ++i) {
    auto damaged = form;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    EXPECT_FALSE(decode_raw_facts(damaged)) << "byte " << i;
    EXPECT_FALSE(decode_raw_facts(form.substr(0, i))) << "length " << i;
  }
  EXPECT_FALSE(decode_raw_facts(form + "x"));
  EXPECT_FALSE(decode_raw_facts(resealed(form + "x")));
}

TEST(RawFacts, WhatAForgedChecksumLetsThroughGivesSomeGraph) {
  const auto form = encode_raw_facts(collected(RandomFacts(5).of_file("f0.c")));
  std::size_t refused = 0;
  for (std::size_t i = 8; i < form.size(); ++i) {
    for (const int bit : {0, 1, 4, 7}) {
      auto forged = form;
      forged[i] = static_cast<char>(forged[i] ^ (1 << bit));
      const auto facts = decode_raw_facts(resealed(forged));
      if (!facts) {
        ++refused;
        continue;
      }
      GraphBuilder builder;
      builder.add(*facts, {"f1.c"});
      EXPECT_LE(std::move(builder).build().nodes().size(), facts->symbols.size());
    }
  }
  EXPECT_GT(refused, 0U);
}

}  // namespace
}  // namespace patchgate
