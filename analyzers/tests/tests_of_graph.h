#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/nearest_users.h"
#include "analyzers/model/touched.h"
#include "analyzers/tests/test_bodies.h"

namespace patchgate {

/// What makes a test the same on both sides, and at every function that its macro made: its name and file.
using TestKey = std::pair<std::string, std::string>;

/// The tests of a graph, by number: bodies with the same key are one test.
class TestsOfGraph {
 public:
  explicit TestsOfGraph(const Graph& graph);
  /// Rising by node.
  const std::vector<FoundTest>& bodies() const { return bodies_; }
  std::size_t size() const { return first_body_.size(); }
  /// The number of the test whose body that node is; kNoNode where it is none.
  std::uint32_t at(NodeId node) const { return node == kNoNode ? kNoNode : test_of_[node]; }
  TestKey key(std::uint32_t test) const;
  bool key_before(std::uint32_t a, std::uint32_t b) const;
  /// Bodies that lie around that line.
  std::vector<std::uint32_t> around(const std::string& file, std::uint32_t line) const;

  /// Who reaches one symbol.
  struct Reaching {
    /// The tests that surely do, rising by number, each with the body that is nearest.
    std::vector<std::pair<std::uint32_t, NodeId>> sure;
    /// At least the first `listed` of all that count, those that surely do first, then by distance, name and place;
    /// those that possibly do are among them where less are sure.
    std::vector<std::pair<std::uint32_t, ReachingTest>> nearest;
  };
  /// Of each of the symbols. A way ends at a test: what runs a test is no further test of the symbol. `counts`: by
  /// number; what does not count is left out.
  std::vector<Reaching> reaching(std::span<const NodeId> symbols, const std::vector<bool>& counts,
                                 std::size_t listed) const;

 private:
  void reaching(std::span<const NodeId> symbols, std::span<const std::uint32_t> same, std::size_t listed,
                std::span<Reaching> found) const;
  void add_sure(std::span<const NodeId> symbols, std::span<const std::uint32_t> same, std::span<const StartSets> reach,
                std::span<Reaching> found, bool& several_places) const;
  void add_nearest(std::span<const NodeId> symbols, EdgeSet edges, const NearestLimit& limit,
                   std::span<Reaching> found) const;

  const Graph& graph_;
  std::vector<FoundTest> bodies_;
  std::vector<std::uint32_t> test_of_;     // by node
  std::vector<std::uint32_t> first_body_;  // of each test
  std::vector<bool> several_places_;       // by test: its bodies start on different lines
  std::vector<bool> is_body_;              // by node
};

}  // namespace patchgate
