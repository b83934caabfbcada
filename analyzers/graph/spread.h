#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/users_of_many.h"

namespace patchgate {

/// Several StartSets of a node, the first over exact edges alone, each over less sure ones than that before, the last
/// over all: kLanes lanes of 16 bits, in as many words as that takes.
template <std::size_t kLanes>
class SetLanes {
 public:
  static constexpr std::size_t kWords = (kLanes + 3) / 4;

  SetLanes() = default;
  /// The same in all lanes from `first` on.
  SetLanes(StartSet set, std::size_t first) {
    for (std::size_t lane = first; lane < kLanes; ++lane)
      words_[lane / 4] |= static_cast<std::uint64_t>(set) << (lane % 4 * 16);
  }
  StartSet lane(std::size_t i) const { return static_cast<StartSet>(words_[i / 4] >> (i % 4 * 16)); }
  bool any() const { return *this != SetLanes(); }
  SetLanes operator&(const SetLanes& mask) const {
    SetLanes out;
    for (std::size_t i = 0; i < kWords; ++i) out.words_[i] = words_[i] & mask.words_[i];
    return out;
  }
  SetLanes& operator|=(const SetLanes& other) {
    for (std::size_t i = 0; i < kWords; ++i) words_[i] |= other.words_[i];
    return *this;
  }
  friend bool operator==(const SetLanes&, const SetLanes&) = default;

 private:
  std::array<std::uint64_t, kWords> words_{};
};

/// Two lanes need half a word.
template <>
class SetLanes<2> {
 public:
  SetLanes() = default;
  SetLanes(StartSet set, std::size_t first)
      : bits_((first == 0 ? set : 0U) | (first <= 1 ? static_cast<std::uint32_t>(set) << 16U : 0U)) {}
  StartSet lane(std::size_t i) const { return static_cast<StartSet>(bits_ >> (i * 16)); }
  bool any() const { return bits_ != 0; }
  SetLanes operator&(const SetLanes& mask) const {
    SetLanes out;
    out.bits_ = bits_ & mask.bits_;
    return out;
  }
  SetLanes& operator|=(const SetLanes& other) {
    bits_ |= other.bits_;
    return *this;
  }
  friend bool operator==(const SetLanes&, const SetLanes&) = default;

 private:
  std::uint32_t bits_ = 0;
};

/// The walk of users_of_many. `over`: the lanes in which an edge may be taken, by its UserLink::doubt(); `all`: the
/// first lane in which every edge may.
template <std::size_t kLanes>
class Spread {
 public:
  using Sets = SetLanes<kLanes>;

  Spread(const Graph& graph, std::span<const NodeId> starts, const std::vector<bool>& ends,
         const std::array<Sets, kDoubts>& over, std::size_t all)
      : lists_(graph.user_lists()),
        steps_(graph.walk_order().steps()),
        ends_(ends),
        over_(over),
        in_all_(0xffff, all),
        reach_(graph.nodes().size()) {
    for (std::size_t i = 0; i < starts.size(); ++i) reach_[starts[i]] |= Sets(static_cast<StartSet>(1U << i), 0);
    if (ends_.empty()) return;
    for (const NodeId start : starts)
      if (ends_[start]) own_.emplace_back(start, reach_[start]);
  }

  std::vector<Sets> run() {
    for (std::size_t first = 0, last = 0; first < steps_.size(); first = last) {
      last = first + 1;
      while (last < steps_.size() && !steps_[last].starts_any()) ++last;
      const auto circle = steps_.subspan(first, last - first);
      if (circle.size() == 1) {
        const auto node = circle.front().node();
        if (reach_[node].any()) tell(node, said_by(node));
      } else {
        spread(circle);
      }
    }
    return std::move(reach_);
  }

 private:
  bool is_end(NodeId node) const { return !ends_.empty() && ends_[node]; }

  /// What a node hands on.
  Sets said_by(NodeId node) const {
    if (!is_end(node)) return reach_[node];
    const auto own = std::find_if(own_.begin(), own_.end(), [&](const auto& one) { return one.first == node; });
    return own == own_.end() ? Sets() : own->second;
  }

  void tell(NodeId node, Sets what) {
    if constexpr (kLanes == 2) {
      const Sets possible = what & Sets(0xffff, 1);
      for (const UserLink user : lists_.of(node)) reach_[user.node()] |= user.is_exact() ? what : possible;
    } else {
      for (const UserLink user : lists_.of(node)) reach_[user.node()] |= what & over_[user.doubt()];
    }
  }

  /// Who is on a circle reaches what any of it reaches, in these lanes.
  void share(std::span<const WalkOrder::Step> circle, const Sets& lanes) {
    Sets together;
    for (const auto step : circle) together |= reach_[step.node()];
    together = together & lanes;
    if (!together.any()) return;
    for (const auto step : circle) reach_[step.node()] |= together;
  }

  void spread(std::span<const WalkOrder::Step> circle) {
    const bool has_end = std::any_of(circle.begin(), circle.end(), [&](auto step) { return is_end(step.node()); });
    if (!has_end) share(circle, in_all_);
    // Told again until nobody learns anything: a way round it may end before it is round, and in the lanes between the
    // first and the last it need not be a circle. Two lanes without ends are done in one turn.
    std::vector<Sets> told(circle.size());
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t first = 0, last = 0; first < circle.size(); first = last) {
        last = first + 1;
        while (last < circle.size() && !circle[last].starts_exact()) ++last;
        if (!has_end && last - first > 1) share(circle.subspan(first, last - first), Sets(0xffff, 0));
        for (std::size_t i = first; i < last; ++i) {
          const auto said = said_by(circle[i].node());
          if (said == told[i]) continue;
          told[i] = said;
          changed = true;
          tell(circle[i].node(), said);
        }
      }
      if (kLanes == 2 && !has_end) break;
    }
  }

  const UserLists& lists_;
  const std::span<const WalkOrder::Step> steps_;
  const std::vector<bool>& ends_;
  const std::array<Sets, kDoubts> over_;
  const Sets in_all_;
  std::vector<Sets> reach_;
  std::vector<std::pair<NodeId, Sets>> own_;  // of starts that are ends
};

}  // namespace patchgate
