#include "analyzers/graph/slot_targets.h"

#include <algorithm>

#include "analyzers/graph/strong_components.h"
#include "analyzers/model/sort_unique.h"

namespace patchgate {

void SlotTargets::solve() {
  sort_unique(copies_);
  for (const auto& [slot, function] : values_) slots_.push_back(slot);
  for (const auto& [from, to] : copies_) slots_.push_back(from), slots_.push_back(to);
  slots_.insert(slots_.end(), open_.begin(), open_.end());
  sort_unique(slots_);
  const auto number = [&](Slot slot) {
    return static_cast<std::uint32_t>(std::lower_bound(slots_.begin(), slots_.end(), slot) - slots_.begin());
  };

  std::vector<std::uint32_t> begin(slots_.size() + 1, 0), into;  // copies_ is sorted by source
  into.reserve(copies_.size());
  for (const auto& [from, to] : copies_) {
    ++begin[number(from) + 1];
    into.push_back(number(to));
  }
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  auto components =
      strong_components(slots_.size(), [&](std::uint32_t node, std::size_t& cursor, std::uint32_t& target) {
        if (begin[node] + cursor >= begin[node + 1]) return false;
        target = into[begin[node] + cursor++];
        return true;
      });
  group_ = std::move(components.of);
  sets_.resize(components.count);

  for (const auto& [slot, function] : values_) sets_[group_[number(slot)]].functions.push_back(function);
  for (const auto slot : open_) sets_[group_[number(slot)]].open = true;

  std::vector<std::pair<std::uint32_t, std::uint32_t>> flows;  // between groups, sources first
  for (std::uint32_t node = 0; node < slots_.size(); ++node) {
    for (auto i = begin[node]; i < begin[node + 1]; ++i) {
      if (group_[node] != group_[into[i]]) flows.emplace_back(group_[node], group_[into[i]]);
    }
  }
  sort_unique(flows);
  std::size_t next = 0;
  for (std::uint32_t group = 0; group < sets_.size(); ++group) {
    auto& from = sets_[group];
    sort_unique(from.functions);
    if (from.functions.size() > kMost) from.give_up();
    for (; next < flows.size() && flows[next].first == group; ++next) {
      auto& to = sets_[flows[next].second];
      to.open = to.open || from.open;
      if (to.full) continue;
      // Unsorted until its turn comes, unless what is in it many times over makes it long.
      to.functions.insert(to.functions.end(), from.functions.begin(), from.functions.end());
      if (to.functions.size() <= 16 * kMost) continue;
      sort_unique(to.functions);
      if (to.functions.size() > kMost) to.give_up();
    }
  }
  values_ = {};
  copies_ = {};
  open_ = {};
}

SlotTargets::Found SlotTargets::of(Slot slot) const {
  const auto at = std::lower_bound(slots_.begin(), slots_.end(), slot);
  if (slot == 0 || at == slots_.end() || *at != slot) return {};
  const auto& set = sets_[group_[at - slots_.begin()]];
  return {set.functions, set.open};
}

}  // namespace patchgate
