#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "analyzers/model/result.h"

namespace patchgate {

/// Where byte `offset` of `text` stands, its end for an offset beyond it. Columns count characters of UTF-8; a
/// stray continuation byte belongs to the character before it.
Place place_of(const std::string& file, std::string_view text, std::size_t offset);

/// Walks over a text for a parser that keeps no lines of its own, and counts in `*line` the line ends that were passed.
/// An input iterator: count with one walker only. Parsers look one byte ahead, so just after a number that ends its
/// line the count may be that of the next line.
class LineCounter {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  /// `line` outlives the walker; it starts with the number of the line that holds `at`.
  LineCounter(const char* at, std::uint32_t* line) : at_(at), line_(line) {}
  reference operator*() const { return *at_; }
  LineCounter& operator++() {
    if (*at_ == '\n') ++*line_;
    ++at_;
    return *this;
  }
  LineCounter operator++(int) {
    auto before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const LineCounter& a, const LineCounter& b) { return a.at_ == b.at_; }
  friend bool operator!=(const LineCounter& a, const LineCounter& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  std::uint32_t* line_;
};

}  // namespace patchgate
