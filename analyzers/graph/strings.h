#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "analyzers/graph/index_table.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// Each distinct string once, by number. Number 0 is the empty string.
class Strings {
 public:
  Strings() { texts_.emplace_back(); }
  std::uint32_t number(std::string_view text) {
    if (text.empty()) return 0;
    const auto next = static_cast<std::uint32_t>(texts_.size());
    const auto found = table_.find_or_add(hash64(text), next, [&](std::uint32_t i) { return texts_[i] == text; });
    if (found == next) texts_.emplace_back(text);
    return found;
  }
  std::string_view text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;  // a deque: views stay valid while it grows
  IndexTable table_;
};

}  // namespace patchgate
