#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace patchgate {

/// Finds an element of somebody else's vector by its hash: open addressing, four bytes of hash and four of index each.
/// Far less memory and time than a node-based map at millions of elements.
class IndexTable {
 public:
  /// The index of the element with this hash for which `same(index)` holds; else `next`, which is then its index.
  template <class Same>
  std::uint32_t find_or_add(std::uint64_t hash, std::uint32_t next, Same same) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    const std::uint64_t mark = hash >> 32U;
    for (std::size_t at = mark & mask();; at = (at + 1) & mask()) {
      const std::uint64_t slot = slots_[at];
      if (slot == kFree) {
        slots_[at] = (mark << 32U) | next;
        ++size_;
        return next;
      }
      const auto index = static_cast<std::uint32_t>(slot);
      if ((slot >> 32U) == mark && same(index)) return index;
    }
  }

 private:
  static constexpr std::uint64_t kFree = ~0ULL;  // no element has the index 2^32 - 1
  std::size_t mask() const { return slots_.size() - 1; }
  void grow() {
    std::vector<std::uint64_t> old(slots_.empty() ? 1024 : slots_.size() * 2, kFree);
    old.swap(slots_);
    for (const std::uint64_t slot : old) {
      if (slot == kFree) continue;
      std::size_t at = (slot >> 32U) & mask();
      while (slots_[at] != kFree) at = (at + 1) & mask();
      slots_[at] = slot;
    }
  }

  std::vector<std::uint64_t> slots_;
  std::size_t size_ = 0;
};

}  // namespace patchgate
