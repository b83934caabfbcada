#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/guards/guarded_uses.h"
#include "analyzers/model/code_change.h"

namespace patchgate {

/// Both sides of one function, walked.
struct ComparedBody {
  const BodyShape* base = nullptr;
  const BodyShape* head = nullptr;
  Renames renames;
  GuardedUses before, after;
};

ComparedBody compared(const BodyShape& base, const BodyShape& head);

/// A condition of the base that no longer stands before something that stays.
struct LostGuard {
  enum class How : std::uint8_t {
    gone,
    part_gone,      ///< one of several conditions that had to hold
    let_through,    ///< there is another way to pass now
    widened_bound,  ///< `<` became `<=`, or the number changed
    turned_around,
  };
  How how = How::gone;
  const Guard* guard = nullptr;    ///< on the base
  const Guard* instead = nullptr;  ///< on head, where one took its place
  std::vector<const Use*> uses;    ///< on head, the weightiest first
};

/// What a function whose body the patch also touches asks by itself: used to see where a condition went.
struct KnownFunction {
  std::string name;
  std::vector<std::string> parameters;
  GuardedUses body;
};

/// Conditions that are gone or let more through, each once. Not those that moved into one of `known` or to its caller,
/// that something as strong or another check of the same things took the place of, or whose uses are gone as well.
std::vector<LostGuard> lost_guards(const ComparedBody& body, const std::vector<KnownFunction>& known);

}  // namespace patchgate
