#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analyzers/graph/user_lists.h"

namespace patchgate {

/// All nodes, each after those that it uses, as far as there are no circles: one pass over it tells every node what it
/// reaches. Who is on one circle over any edges stands together, and in there who is on one over exact edges.
class WalkOrder {
 public:
  class Step {
   public:
    Step(std::uint32_t node, bool starts_exact, bool starts_any)
        : bits_(node | (starts_exact ? kExact : 0U) | (starts_any ? kAny : 0U)) {}
    explicit Step(std::uint32_t bits) : bits_(bits) {}
    std::uint32_t node() const { return bits_ & ~(kExact | kAny); }
    bool starts_exact() const { return (bits_ & kExact) != 0; }  ///< the first one of its circle over exact edges
    bool starts_any() const { return (bits_ & kAny) != 0; }      ///< over any edges
    std::uint32_t bits() const { return bits_; }

   private:
    static constexpr std::uint32_t kExact = 1U << 30U, kAny = 1U << 31U;
    std::uint32_t bits_;
  };

  explicit WalkOrder(std::vector<Step> steps) : steps_(std::move(steps)) {}
  std::span<const Step> steps() const { return steps_; }

 private:
  std::vector<Step> steps_;
};

WalkOrder walk_order_of(const UserLists& users);

}  // namespace patchgate
