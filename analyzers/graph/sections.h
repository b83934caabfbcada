#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "analyzers/graph/packed_numbers.h"
#include "analyzers/graph/stored_blocks.h"

namespace patchgate {

/// Stretches of bytes, each with its length before it, and starting where any number may lie.
class Sections {
 public:
  void add(std::string_view bytes) {
    for (std::size_t i = 0; i < 8; ++i) out_.push_back(static_cast<char>(std::uint64_t{bytes.size()} >> (8 * i)));
    out_.append(bytes);
    out_.append((8 - out_.size() % 8) % 8, '\0');
  }
  /// Each value in as many bytes as its type has.
  template <class Range, class Of>
  void add_column(const Range& range, Of of) {
    using Value = std::decay_t<decltype(of(*range.begin()))>;
    std::string bytes(range.size() * sizeof(Value), '\0');
    char* next = bytes.data();
    for (const auto& element : range) {
      const auto value = static_cast<std::uint64_t>(of(element));
      for (std::size_t i = 0; i < sizeof(Value); ++i) *next++ = static_cast<char>(value >> (8 * i));
    }
    add(bytes);
  }
  /// Each value in as many bits as the largest one needs.
  template <class Range, class Of>
  void add_bits(const Range& range, Of of) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(range.size());
    for (const auto& element : range) numbers.push_back(of(element));
    add(pack_bits(numbers));
  }
  void add_blocks(const std::vector<std::string>& frames) {
    std::vector<std::uint32_t> sizes;
    std::string all;
    for (const auto& frame : frames) {
      sizes.push_back(static_cast<std::uint32_t>(frame.size()));
      all += frame;
    }
    add(pack_numbers(sizes));
    add(all);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads what Sections wrote, from bytes that may be hostile: after the first mistake all is empty.
class SectionReader {
 public:
  explicit SectionReader(std::string_view rest) : rest_(rest) {}
  std::string_view next() {
    std::uint64_t size = 0;
    if (rest_.size() < 8) return fail();
    for (std::size_t i = 0; i < 8; ++i)
      size |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << (8 * i);
    rest_.remove_prefix(8);
    if (size > rest_.size() || rest_.size() - size < (8 - size % 8) % 8) return fail();
    const auto found = rest_.substr(0, size);
    rest_.remove_prefix(size + (8 - size % 8) % 8);
    return found;
  }
  /// Of just that size.
  std::string_view next(std::size_t size) {
    const auto found = next();
    return found.size() == size ? found : fail();
  }
  std::optional<PackedNumbers> numbers(std::size_t count) {
    const auto found = PackedNumbers::of(next(), count);
    if (!found) fail();
    return found;
  }
  /// Of Sections::add_bits.
  std::vector<std::uint32_t> bits(std::size_t count) {
    auto found = unpack_bits(next(), count);
    if (!found) fail();
    return found ? std::move(*found) : std::vector<std::uint32_t>();
  }
  StoredBlocks::Frames blocks(std::size_t count) {
    StoredBlocks::Frames frames;
    frames.begin.push_back(0);
    auto sizes = numbers(count);
    for (; sizes && count > 0; --count) frames.begin.push_back(frames.begin.back() + sizes->next());
    frames.bytes = next(frames.begin.back());
    return frames;
  }
  std::string_view fail() {
    ok_ = false;
    rest_ = {};
    return {};
  }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace patchgate
