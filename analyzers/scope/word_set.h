#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace patchgate {

/// A set of hashes, for the few thousand different names of a file that mentions each many times. 0 is no hash.
class WordSet {
 public:
  void insert(std::uint64_t word) {
    if (word == 0) return;
    if (2 * (size_ + 1) > slots_.size()) grow();
    auto& slot = find(word);
    if (slot == word) return;
    slot = word;
    ++size_;
  }

  std::vector<std::uint64_t> sorted() const {
    std::vector<std::uint64_t> words;
    words.reserve(size_);
    for (const auto word : slots_)
      if (word != 0) words.push_back(word);
    std::sort(words.begin(), words.end());
    return words;
  }

 private:
  std::uint64_t& find(std::uint64_t word) {
    auto at = static_cast<std::size_t>(word) & (slots_.size() - 1);
    while (slots_[at] != 0 && slots_[at] != word) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }

  void grow() {
    constexpr std::size_t kFirst = 256;
    std::vector<std::uint64_t> old(std::max(kFirst, 2 * slots_.size()));
    old.swap(slots_);
    for (const auto word : old)
      if (word != 0) find(word) = word;
  }

  std::vector<std::uint64_t> slots_;  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace patchgate
