#include "gate/pipeline/index_parts.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "analyzers/graph/derived.h"
#include "analyzers/graph/export.h"
#include "analyzers/graph/sections.h"
#include "analyzers/model/hash.h"
#include "gate/pipeline/overlay.h"
#include "tests/support/test_repository.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;
using test::TestRepository;

/// A repository of two units, and parts of it that lie beside it.
class IndexPartsTest : public ::testing::Test {
 protected:
  IndexPartsTest() {
    commit = repo.write("a.cpp", "int b();\nint a() { return b(); }\n")
                 .write("b.cpp", "int b() { return 2; }\n")
                 .commit("one");
    fs::create_directory(folder());
  }
  ~IndexPartsTest() override { fs::remove_all(folder()); }

  fs::path folder() const { return fs::path(repo.path()).string() + ".parts"; }
  std::string part(const std::string& name) const { return (folder() / name).string(); }

  /// Calls `use` with everything that reading this revision into `store` needs.
  template <class Use>
  void with(Store& store, Use use) {
    const auto repository = Repository::open(repo.path()).value();
    const Sides sides{repository.snapshot(commit).value(), repository.snapshot(commit).value()};
    WorkerOptions options;
    options.worker = PATCHGATE_WORKER;
    options.root = options.disk_root = repo.path();
    auto pool = WorkerPool::start(options, source_reader(repository, sides)).value();
    Indexer indexer(store, pool, repository, sides);
    CompileDatabase commands;
    for (const char* file : {"a.cpp", "b.cpp"}) {
      CompileCommand command;
      command.file = file;
      command.directory = repo.path();
      command.arguments = {"-std=c++17"};
      commands.commands.push_back(command);
    }
    const Patch nothing;
    use(OverlayInput{repository, sides, nothing, commands, store, pool, indexer, {}});
  }

  void make_part(const std::string& name, Shard shard) {
    Store store = Store::open(part(name), nullptr).value();
    with(store, [&](const OverlayInput& input) { ASSERT_TRUE(index_shard(input, shard)); });
  }

  /// The same part, but a.cpp was seen to call nobody; every hash and seal fits.
  void make_liar(const std::string& name) {
    Store honest = Store::open(part("a"), nullptr).value();
    Store liar = Store::open(part(name), nullptr).value();
    with(honest, [&](const OverlayInput& input) {
      const auto key = input.indexer.key_of(input.commands.commands[0]);
      const auto unit = honest.find(key, [](const UnitFacts&) { return true; }).value();
      auto facts = *honest.chunks(unit.id).value().at(0).facts;
      facts.edges.clear();
      ASSERT_TRUE(liar.add(key, {unit.unit, {{facts.path, encode(facts)}}}));
    });
  }

  /// What merging says, or the units and edges that came of it.
  std::string merge(const std::vector<std::string>& names, Store& store) {
    std::vector<fs::path> parts;
    for (const auto& name : names) parts.push_back(part(name));
    std::string said;
    with(store, [&](const OverlayInput& input) {
      const auto graph = graph_of_parts(input, parts);
      if (!graph) {
        said = graph.error().message;
        for (auto at = said.find(folder().string() + "/"); at != std::string::npos;
             at = said.find(folder().string() + "/"))
          said.erase(at, folder().string().size() + 1);
      } else {
        said = std::to_string(graph->second.size()) + " units, " + std::to_string(graph->first.graph.edge_count()) +
               " edges";
      }
    });
    return said;
  }

  TestRepository repo;
  std::string commit;
};

TEST_F(IndexPartsTest, UnitsComeFromThePartsAlone) {
  make_part("a", {1, 2});
  make_part("b", {2, 2});
  Store store = Store::open({}, nullptr).value();
  EXPECT_EQ(merge({"b", "a"}, store), "2 units, 1 edges");
  EXPECT_EQ(store.unit_count(), 2U);
}

TEST_F(IndexPartsTest, PartsThatContradictEachOtherAreNamed) {
  make_part("a", {1, 2});
  make_part("b", {2, 2});
  make_liar("liar");
  Store store = Store::open({}, nullptr).value();
  make_part("whole", {1, 1});
  EXPECT_EQ(merge({"a", "b", "liar"}, store), "a and liar contradict each other about a.cpp");
  EXPECT_EQ(store.unit_count(), 0U);
  EXPECT_EQ(merge({"a", "b", "whole"}, store), "2 units, 1 edges");
}

TEST_F(IndexPartsTest, AllFaultsAreSaidAndNothingIsWritten) {
  make_part("a", {1, 2});
  Store store = Store::open({}, nullptr).value();
  with(store, [&](const OverlayInput& input) { ASSERT_TRUE(index_shard(input, {2, 2})); });
  EXPECT_EQ(merge({"a", "none", "nowhere"}, store),
            "cannot use none: it is not there\ncannot use nowhere: it is not there");
  EXPECT_EQ(merge({"a"}, store), "no part has b.cpp: that is shard 2/2");
  EXPECT_EQ(store.unit_count(), 1U);
  const auto before = commit;
  commit = repo.write("a.cpp", "int b();\nint a() { return b() + 1; }\n").commit("two");
  EXPECT_EQ(merge({"a"}, store), "a read a.cpp with another a.cpp than this revision has here");
}

/// A stored graph with nothing but zeros in one of its sections, and a checksum that fits; empty where it has no such
/// section.
std::string with_zeros(const std::string& stored, std::size_t section) {
  constexpr std::size_t kMarkAndChecksum = 16;
  Sections out;
  SectionReader in(std::string_view(stored).substr(kMarkAndChecksum));
  std::size_t number = 0;
  for (; in.ok() && !in.at_end(); ++number) {
    const auto bytes = in.next();
    out.add(number == section ? std::string(bytes.size(), '\0') : std::string(bytes));
  }
  if (section >= number) return {};
  const auto body = out.take();
  auto forged = stored.substr(0, 8);
  for (int i = 0; i < 8; ++i) forged += static_cast<char>(hash64(body) >> (8 * i));
  return forged + body;
}

TEST_F(IndexPartsTest, AStoredGraphThatWasMadeUpIsMadeAgain) {
  const auto text_of = [](const Graph& graph) {
    std::string text;
    export_edges(graph, EdgeFilter(), TableFormat::tsv, [&](std::string_view part) { text += part; });
    return text;
  };
  Store store = Store::open({}, nullptr).value();
  with(store, [&](const OverlayInput& input) {
    const auto first = graph_of_base(input).value();
    const auto expected = text_of(first.first.graph);
    const auto key = derived_key(contents_of(first.second));
    const auto honest = store.derived(key).value();
    std::size_t misleading = 0;
    for (std::size_t section = 0;; ++section) {
      const auto forged = with_zeros(honest, section);
      if (forged.empty()) break;
      ASSERT_TRUE(store.put_derived(key, forged));
      const auto decoded = decode_derived(forged);
      misleading += decoded && text_of(decoded->graph) != expected && !decoded->graph.is_whole() ? 1U : 0U;
      const auto again = graph_of_base(input);
      ASSERT_TRUE(again) << "section " << section;
      if (decoded && text_of(decoded->graph) != expected && decoded->graph.is_whole()) continue;  // another graph
      EXPECT_EQ(text_of(again->first.graph), expected) << "section " << section;
      EXPECT_TRUE(again->first.graph.is_whole());
    }
    EXPECT_GT(misleading, 0U) << "no section made a graph of which only its reader finds out";
  });
}

}  // namespace
}  // namespace patchgate
