#include "analyzers/guards/match_uses.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

namespace patchgate {
namespace {

constexpr std::size_t kMostCells = 4'000'000;  // of one table

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

struct Range {
  std::size_t begin, end;
  std::size_t size() const { return end - begin; }
};

/// Longest common subsequence; where that would cost too much, what is the same at both ends.
template <class Same>
void common(Range base, Range head, const Same& same, Pairs& pairs) {
  while (base.size() != 0 && head.size() != 0 && same(base.begin, head.begin))
    pairs.emplace_back(base.begin++, head.begin++);
  Pairs tail;
  while (base.size() != 0 && head.size() != 0 && same(base.end - 1, head.end - 1))
    tail.emplace_back(--base.end, --head.end);
  const auto columns = head.size() + 1;
  if (base.size() != 0 && head.size() != 0 && (base.size() + 1) * columns <= kMostCells) {
    std::vector<std::uint32_t> longest((base.size() + 1) * columns);
    for (auto i = base.size(); i-- > 0;) {
      for (auto j = head.size(); j-- > 0;) {
        longest[i * columns + j] = same(base.begin + i, head.begin + j)
                                       ? longest[(i + 1) * columns + j + 1] + 1
                                       : std::max(longest[(i + 1) * columns + j], longest[i * columns + j + 1]);
      }
    }
    for (std::size_t i = 0, j = 0; i < base.size() && j < head.size();) {
      if (same(base.begin + i, head.begin + j)) {
        pairs.emplace_back(base.begin + i++, head.begin + j++);
      } else if (longest[(i + 1) * columns + j] >= longest[i * columns + j + 1]) {
        ++i;
      } else {
        ++j;
      }
    }
  }
  pairs.insert(pairs.end(), tail.rbegin(), tail.rend());
}

/// Numbers instead of texts, so that a table compares fast.
std::vector<std::uint32_t> numbered(const std::vector<Use>& uses, std::string Use::*text,
                                    std::map<std::string, std::uint32_t>& known) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(uses.size());
  for (const auto& use : uses)
    numbers.push_back(known.try_emplace(use.*text, static_cast<std::uint32_t>(known.size())).first->second);
  return numbers;
}

void moved(const std::vector<Use>& base, const std::vector<Use>& head, Pairs& pairs) {
  std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> alone;
  std::vector<bool> old_paired(base.size()), new_paired(head.size());
  for (const auto& [i, j] : pairs) old_paired[i] = new_paired[j] = true;
  for (std::size_t i = 0; i < base.size(); ++i)
    if (!old_paired[i] && base[i].kind == Use::Kind::call) alone[base[i].key].first.push_back(i);
  for (std::size_t j = 0; j < head.size(); ++j)
    if (!new_paired[j] && head[j].kind == Use::Kind::call) alone[head[j].key].second.push_back(j);
  for (const auto& [key, both] : alone)
    if (both.first.size() == 1 && both.second.size() == 1) pairs.emplace_back(both.first[0], both.second[0]);
}

}  // namespace

Pairs match_uses(const std::vector<Use>& base, const std::vector<Use>& head) {
  std::map<std::string, std::uint32_t> texts;
  const auto old_keys = numbered(base, &Use::key, texts);
  const auto new_keys = numbered(head, &Use::key, texts);
  const auto old_loose = numbered(base, &Use::loose, texts);
  const auto new_loose = numbered(head, &Use::loose, texts);
  Pairs exact;
  common(
      {0, base.size()}, {0, head.size()},
      [&](std::size_t i, std::size_t j) { return old_keys[i] == new_keys[j] && base[i].kind == head[j].kind; }, exact);
  Pairs pairs = exact;
  exact.emplace_back(base.size(), head.size());
  std::size_t i = 0, j = 0;
  for (const auto& [next_i, next_j] : exact) {
    common(
        {i, next_i}, {j, next_j},
        [&](std::size_t x, std::size_t y) {
          return base[x].kind == head[y].kind && base[x].kind != Use::Kind::access && old_loose[x] == new_loose[y];
        },
        pairs);
    i = next_i + 1;
    j = next_j + 1;
  }
  moved(base, head, pairs);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace patchgate
