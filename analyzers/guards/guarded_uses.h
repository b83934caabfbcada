#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "analyzers/guards/condition.h"
#include "analyzers/guards/shape_tree.h"

namespace patchgate {

/// Something that holds at a place of a function because a condition was asked before it.
struct Guard {
  enum class By : std::uint8_t {
    around,      ///< the use is in a branch of it, or after && or ||
    refusal,     ///< the use is in the branch that gives up: `if (c) { log(); return -1; }`
    leave,       ///< whoever does not pass returns, throws or jumps away
    skip,        ///< … goes on with the next round of the loop
    stop,        ///< … ends the loop
    assert,      ///< … does not come back
    correction,  ///< … gets another value
    loop,        ///< condition of a loop around it
    computed,    ///< min(), max(), clamp(): no condition of its own
  };
  Clause clause;
  By by = By::around;
  std::uint32_t site = 0;  ///< the same for all that one statement says
  std::uint32_t line = 0;
  std::string source;           ///< as written
  std::set<std::string> names;  ///< in the condition, and in what was put into its variables anywhere
};

/// What a function does, as far as a condition before it may matter.
struct Use {
  enum class Kind : std::uint8_t { call, assign, access };
  Kind kind = Kind::call;
  std::string name;   ///< of the function or field; the operator of an assignment to something else
  std::string key;    ///< equal where the text says the same
  std::string loose;  ///< equal where it is the same thing with other values
  std::uint32_t line = 0;
  std::uint32_t at = 0;               ///< node
  std::string source;                 ///< of the statement that it stands in
  std::set<std::string> names;        ///< in it
  bool in_condition = false;          ///< after && or ||
  std::vector<std::uint32_t> guards;  ///< numbers of what holds there
};

struct GuardedUses {
  std::vector<Guard> guards;
  std::vector<Use> uses;  ///< in the order in which they are evaluated
};

/// Walks the function once. Variables are called as on the base.
GuardedUses guarded_uses(const BodyShape& shape, const Renames& renames);

}  // namespace patchgate
