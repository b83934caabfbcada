#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// Which functions may be in each slot: the smallest sets that hold what is put in and what is copied in, in any order
/// (inclusion-based points-to analysis, Andersen 1994, for functions only). Circles of copies are one set.
class SlotTargets {
 public:
  /// A slot with more functions than this says nothing any more: it counts as open, without functions.
  static constexpr std::size_t kMost = 1024;

  void put(Slot slot, NodeId function) { values_.emplace_back(slot, function); }
  void copy(Slot from, Slot to) { copies_.emplace_back(from, to); }
  void open(Slot slot) { open_.push_back(slot); }
  /// After the last of these, before the first of(). Linear in slots and copies, but for the sets themselves.
  void solve();

  struct Found {
    std::span<const NodeId> functions;  ///< sorted
    bool open = true;                   ///< something that can't be followed comes in, too
    /// All that can be in it is known.
    bool complete() const { return !open && !functions.empty(); }
  };
  /// Of a slot that nobody mentioned: nothing, and open.
  Found of(Slot slot) const;

 private:
  std::vector<std::pair<Slot, NodeId>> values_;
  std::vector<std::pair<Slot, Slot>> copies_;
  std::vector<Slot> open_;

  std::vector<Slot> slots_;           // sorted
  std::vector<std::uint32_t> group_;  // of each slot: those that copy to each other are one
  struct Set {
    std::vector<NodeId> functions;
    bool open = false;
    bool full = false;  ///< it had more than kMost
    void give_up() { *this = {{}, true, true}; }
  };
  std::vector<Set> sets_;
};

}  // namespace patchgate
