#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace patchgate {

/// Who parses which unit when, so that units that start with the same include directives read them once. Units of one
/// group form a tree by these: each slot walks over its part of the tree, with a leader at each fork on the way. Knows
/// neither processes nor files. A unit that fails below a leader, or whose leader fails, is parsed again alone, so that
/// what is said about it is what it says itself. Whatever is chosen here decides about time and nothing else.
class StartPlan {
 public:
  struct Unit {
    std::size_t job = 0;
    std::size_t group = 0;             ///< units with the same may share; those of different groups never do
    std::vector<std::string> headers;  ///< see leading_headers
  };
  struct Step {
    enum class Kind : unsigned char {
      wait,        ///< nothing now; ask again when another slot's step has ended
      parse,       ///< `unit`
      lead,        ///< `headers` follow upon those of the `depth` leaders that there are
      unlead,      ///< the newest leader ends
      unlead_all,  ///< all leaders of the slot end
    };
    Kind kind = Kind::wait;
    const Unit* unit = nullptr;  ///< lead: any of those that follow
    std::size_t depth = 0;
    std::vector<std::string> headers;
  };
  enum class How : unsigned char { well, badly, killed };  ///< killed: with all leaders of the slot

  StartPlan(std::vector<Unit> units, std::size_t slots);

  /// The next step of a slot whose last one has ended.
  Step next(std::size_t slot);
  /// True when that was the unit's last step: it was parsed, well or alone.
  bool ended(std::size_t slot, How how);
  bool has_leader(std::size_t slot) const { return !slots_[slot].leaders.empty(); }
  bool finished() const { return left_ == 0 && leaders_ == 0; }

 private:
  struct Slot {
    std::deque<const Unit*> queue;  ///< of one group, sorted by headers
    const Unit* current = nullptr;
    std::vector<std::size_t> leaders;  ///< how many headers each has read
    std::vector<std::string> read;     ///< headers of the newest
    Step::Kind step = Step::Kind::wait;
    std::size_t wanted = 0;  ///< headers of the leader that was asked for
    bool lost = false;       ///< its leaders are not those that are noted
  };
  void fill(Slot& slot);
  Step lead_or_parse(Slot& slot);
  void forget_leaders(Slot& slot);
  void give_up_start(Slot& slot);

  std::vector<Unit> units_;
  std::vector<Slot> slots_;
  std::deque<std::deque<const Unit*>> groups_;
  std::deque<const Unit*> alone_;
  std::size_t left_ = 0, leaders_ = 0;
};

}  // namespace patchgate
