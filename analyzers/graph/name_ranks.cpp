#include "analyzers/graph/name_ranks.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace patchgate {

namespace {

constexpr std::size_t kKey = 8;  // bytes that are compared at a time

struct Named {
  std::uint64_t key;  // the next bytes of the name, the first one on top
  std::string_view name;
  NodeId node;
};

std::uint64_t key_at(std::string_view name, std::size_t depth) {
  std::uint64_t key = 0;
  for (std::size_t i = depth; i < depth + kKey; ++i)
    key = key << 8U | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
  return key;
}

struct Range {
  std::size_t first, last, depth;  ///< alike before depth
};

}  // namespace

// Sorted by eight bytes at a time: names of one scope begin alike, and comparing two from their start takes long.
std::vector<std::uint32_t> name_ranks(const Graph& graph) {
  std::vector<Named> names;
  names.reserve(graph.nodes().size());
  for (NodeId id = 0; id < graph.nodes().size(); ++id) names.push_back({0, graph.node(id).name, id});
  std::vector<Range> open{{0, names.size(), 0}};
  while (!open.empty()) {
    const auto [first, last, depth] = open.back();
    open.pop_back();
    const auto at = [&](std::size_t i) { return names.begin() + static_cast<std::ptrdiff_t>(i); };
    for (auto i = first; i < last; ++i) names[i].key = key_at(names[i].name, depth);
    // A name that ends within its key lies before all that go on.
    const auto rest = [end = depth + kKey](const Named& one) { return std::min(one.name.size(), end); };
    std::sort(at(first), at(last),
              [&](const Named& a, const Named& b) { return a.key != b.key ? a.key < b.key : rest(a) < rest(b); });
    for (auto begin = first, end = first; begin < last; begin = end) {
      while (end < last && names[end].key == names[begin].key && rest(names[end]) == rest(names[begin])) ++end;
      const bool goes_on =
          std::any_of(at(begin), at(end), [&](const Named& one) { return one.name.size() > depth + kKey; });
      if (end - begin > 1 && goes_on) open.push_back({begin, end, depth + kKey});
    }
  }
  std::vector<std::uint32_t> ranks(names.size());
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0 && names[i].name != names[i - 1].name) ++rank;
    ranks[names[i].node] = rank;
  }
  return ranks;
}

}  // namespace patchgate
