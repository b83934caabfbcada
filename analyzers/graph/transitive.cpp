#include "analyzers/graph/transitive.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

/// What users of other components add to those of the component itself.
std::vector<std::uint32_t> by_node(const Graph& graph, const Condensed& condensed,
                                   const std::vector<std::uint32_t>& from_outside) {
  std::vector<std::uint32_t> users(graph.nodes().size());
  for (NodeId id = 0; id < users.size(); ++id) {
    const auto c = condensed.component[id];
    users[id] = from_outside[c] + condensed.members[c] - (graph.in_project(id) ? 1U : 0U);
  }
  return users;
}

constexpr std::size_t kBlock = 512;
using Bits = std::array<std::uint64_t, kBlock / 64>;

}  // namespace

// One bit for each of 512 user components at a time, handed down in topological order. A component's own number is its
// place in that order, so a block concerns only components after its first one, and of those only the ones that it
// reached.
std::vector<std::uint32_t> exact_transitive_users(const Graph& graph, EdgeSet edges) {
  const Condensed condensed = condense(graph, edges);
  const std::size_t count = condensed.size();
  std::vector<std::uint32_t> users(count, 0);
  std::vector<Bits> bits(count, Bits{});
  std::vector<std::uint8_t> reached(count, 0);

  std::vector<std::uint32_t> columns;  // components that can count and that use something
  for (std::uint32_t c = 0; c < count; ++c) {
    if (condensed.members[c] != 0 && !condensed.used_by(c).empty()) columns.push_back(c);
  }
  for (std::size_t first = 0; first < columns.size(); first += kBlock) {
    const std::size_t width = std::min(kBlock, columns.size() - first);
    bool one_member_each = true;
    for (std::size_t i = 0; i < width; ++i) {
      const auto c = columns[first + i];
      bits[c][i / 64] |= 1ULL << (i % 64);
      reached[c] = 1;
      one_member_each = one_member_each && condensed.members[c] == 1;
    }
    std::size_t next_column = 0;
    for (std::uint32_t c = columns[first]; c < count; ++c) {
      if (reached[c] == 0) continue;
      const Bits mine = bits[c];
      bits[c] = Bits{};
      reached[c] = 0;
      for (const auto used : condensed.used_by(c)) {
        reached[used] = 1;
        for (std::size_t w = 0; w < mine.size(); ++w) bits[used][w] |= mine[w];
      }
      // Its own bit stands for itself, which does not count.
      while (next_column < width && columns[first + next_column] < c) ++next_column;
      const bool own = next_column < width && columns[first + next_column] == c;
      std::uint32_t sum = 0;
      for (std::size_t w = 0; w < mine.size(); ++w) {
        if (one_member_each) {
          sum += static_cast<std::uint32_t>(std::popcount(mine[w]));
          continue;
        }
        for (auto rest = mine[w]; rest != 0; rest &= rest - 1) {
          sum += condensed.members[columns[first + w * 64 + static_cast<std::size_t>(std::countr_zero(rest))]];
        }
      }
      users[c] += sum - (own ? condensed.members[c] : 0U);
    }
  }
  return by_node(graph, condensed, users);
}

namespace {

constexpr std::size_t kSmallest = 64;

/// The smallest hashes of a set, rising; all of them while there are fewer than kSmallest.
using Sketch = std::vector<std::uint64_t>;

std::uint32_t size_of(const Sketch& sketch) {
  if (sketch.size() < kSmallest) return static_cast<std::uint32_t>(sketch.size());
  // k - 1 hashes lie evenly below the k-th.
  const double share = std::ldexp(static_cast<double>(sketch.back()), -64);
  return static_cast<std::uint32_t>(std::llround(static_cast<double>(kSmallest - 1) / share));
}

void trim(Sketch& sketch) {
  std::sort(sketch.begin(), sketch.end());
  sketch.erase(std::unique(sketch.begin(), sketch.end()), sketch.end());
  if (sketch.size() > kSmallest) sketch.resize(kSmallest);
}

}  // namespace

std::vector<std::uint32_t> estimated_transitive_users(const Graph& graph, EdgeSet edges) {
  const Condensed condensed = condense(graph, edges);
  const std::size_t count = condensed.size();
  std::vector<Sketch> own(count);
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    if (graph.in_project(id)) own[condensed.component[id]].push_back(hash64(0x70617463, id));
  }
  std::vector<Sketch> from_outside(count);
  std::vector<std::uint32_t> users(count, 0);
  Sketch merged;
  for (std::uint32_t c = 0; c < count; ++c) {
    users[c] = size_of(from_outside[c]);
    Sketch& all = own[c];
    trim(all);
    all.insert(all.end(), from_outside[c].begin(), from_outside[c].end());
    trim(all);
    Sketch().swap(from_outside[c]);
    for (const auto used : condensed.used_by(c)) {
      merged.clear();
      std::set_union(all.begin(), all.end(), from_outside[used].begin(), from_outside[used].end(),
                     std::back_inserter(merged));
      if (merged.size() > kSmallest) merged.resize(kSmallest);
      from_outside[used].assign(merged.begin(), merged.end());
    }
    Sketch().swap(all);
  }
  return by_node(graph, condensed, users);
}

}  // namespace patchgate
