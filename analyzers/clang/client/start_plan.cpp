#include "analyzers/clang/client/start_plan.h"

#include <algorithm>
#include <map>
#include <utility>

namespace patchgate {
namespace {

using Headers = std::vector<std::string>;

/// More levels cost more than they save.
constexpr std::size_t kDeepest = 8;
constexpr std::size_t kWorthSharing = 3;

std::size_t common(const Headers& a, const Headers& b) {
  const auto most = std::min(a.size(), b.size());
  std::size_t count = 0;
  while (count < most && a[count] == b[count]) ++count;
  return count;
}

}  // namespace

StartPlan::StartPlan(std::vector<Unit> units, std::size_t slots)
    : units_(std::move(units)), slots_(std::max<std::size_t>(slots, 1)), left_(units_.size()) {
  std::map<std::size_t, std::deque<const Unit*>> groups;
  for (const auto& unit : units_) groups[unit.group].push_back(&unit);
  for (auto& [_, group] : groups) {
    std::stable_sort(group.begin(), group.end(), [](const Unit* a, const Unit* b) { return a->headers < b->headers; });
    // As many parts as the group fills slots; what is uneven then is evened out at the end.
    const auto parts = (group.size() * slots_.size() + units_.size() - 1) / units_.size();
    const auto part = (group.size() + parts - 1) / parts;
    while (!group.empty()) {
      const auto end = group.begin() + static_cast<std::ptrdiff_t>(std::min(part, group.size()));
      groups_.emplace_back(group.begin(), end);
      group.erase(group.begin(), end);
    }
  }
  // The small ones last, so that all slots end at about the same time.
  std::stable_sort(groups_.begin(), groups_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

/// Something to do for a slot that has nothing: part of a group, a unit that is to be parsed alone, or half of what
/// another slot still has before it.
void StartPlan::fill(Slot& slot) {
  if (!groups_.empty()) {
    slot.queue = std::move(groups_.front());
    groups_.pop_front();
    return;
  }
  if (!alone_.empty()) {
    slot.queue.push_back(alone_.front());
    alone_.pop_front();
    return;
  }
  auto& busiest = *std::max_element(slots_.begin(), slots_.end(),
                                    [](const Slot& a, const Slot& b) { return a.queue.size() < b.queue.size(); });
  if (busiest.queue.size() < kWorthSharing) return;
  const auto half = static_cast<std::ptrdiff_t>(busiest.queue.size() / 2);
  slot.queue.assign(busiest.queue.end() - half, busiest.queue.end());
  busiest.queue.erase(busiest.queue.end() - half, busiest.queue.end());
}

StartPlan::Step StartPlan::lead_or_parse(Slot& slot) {
  const auto* unit = slot.queue.front();
  const auto depth = slot.leaders.size();
  // The shortest start beyond the newest leader's that the unit shares with those after it.
  auto shared = unit->headers.size();
  std::size_t wanted = 0;
  bool found = false;
  for (std::size_t i = 1; i < slot.queue.size() && depth < kDeepest; ++i) {
    shared = std::min(shared, common(unit->headers, slot.queue[i]->headers));
    if (depth > 0 && shared <= slot.leaders.back()) break;
    wanted = shared;
    found = true;
  }
  if (!found) {
    slot.queue.pop_front();
    slot.current = unit;
    slot.step = Step::Kind::parse;
    return {Step::Kind::parse, unit, 0, {}};
  }
  slot.step = Step::Kind::lead;
  slot.wanted = wanted;
  const auto from = static_cast<std::ptrdiff_t>(depth > 0 ? slot.leaders.back() : 0);
  slot.read.assign(unit->headers.begin(), unit->headers.begin() + static_cast<std::ptrdiff_t>(wanted));
  return {Step::Kind::lead, unit, depth, {slot.read.begin() + from, slot.read.end()}};
}

StartPlan::Step StartPlan::next(std::size_t index) {
  auto& slot = slots_[index];
  const auto leave = [&](Step::Kind kind) {
    slot.step = kind;
    return Step{kind, nullptr, 0, {}};
  };
  if (slot.lost || (slot.queue.empty() && !slot.leaders.empty())) return leave(Step::Kind::unlead_all);
  if (slot.queue.empty()) fill(slot);
  if (slot.queue.empty()) return leave(Step::Kind::wait);
  if (!slot.leaders.empty() && common(slot.queue.front()->headers, slot.read) < slot.leaders.back())
    return leave(Step::Kind::unlead);
  return lead_or_parse(slot);
}

void StartPlan::forget_leaders(Slot& slot) {
  leaders_ -= slot.leaders.size();
  slot.leaders.clear();
  slot.read.clear();
  slot.lost = false;
}

/// All units that were to have the start that could not be read are parsed alone.
void StartPlan::give_up_start(Slot& slot) {
  const auto concerned = [&](const Unit* unit) { return common(unit->headers, slot.read) >= slot.wanted; };
  const auto rest =
      std::stable_partition(slot.queue.begin(), slot.queue.end(), [&](const Unit* unit) { return !concerned(unit); });
  alone_.insert(alone_.end(), rest, slot.queue.end());
  slot.queue.erase(rest, slot.queue.end());
  slot.read.resize(slot.leaders.empty() ? 0 : slot.leaders.back());
}

bool StartPlan::ended(std::size_t index, How how) {
  auto& slot = slots_[index];
  if (how == How::killed && !slot.leaders.empty()) slot.lost = true;
  switch (std::exchange(slot.step, Step::Kind::wait)) {
    case Step::Kind::wait:
      return false;
    case Step::Kind::unlead_all:
      forget_leaders(slot);
      return false;
    case Step::Kind::unlead:
      if (how != How::well) slot.lost = true;
      slot.leaders.pop_back();
      --leaders_;
      slot.read.resize(slot.leaders.empty() ? 0 : slot.leaders.back());
      return false;
    case Step::Kind::lead:
      if (how == How::well) {
        slot.leaders.push_back(slot.wanted);
        ++leaders_;
      } else {
        give_up_start(slot);
      }
      return false;
    case Step::Kind::parse:
      break;
  }
  if (how != How::well && !slot.leaders.empty()) {
    alone_.push_back(slot.current);
    return false;
  }
  --left_;
  return true;
}

}  // namespace patchgate
