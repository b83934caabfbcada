#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// Small numbers in one to four bytes each, their lengths apart, so that reading them takes no branches (as in Lemire,
/// Kurz and Rupp, "Stream VByte", Inf. Process. Lett. 2018).
std::string pack_numbers(std::span<const std::uint32_t> numbers);

/// Reads them one after the other.
class PackedNumbers {
 public:
  /// Nothing when the bytes are not just so many numbers.
  static std::optional<PackedNumbers> of(std::string_view bytes, std::size_t count);

  /// Not to be called more often than there are numbers.
  std::uint32_t next() {
    static constexpr std::array<std::uint32_t, 4> kMask{0xffU, 0xffffU, 0xffffffU, 0xffffffffU};
    const unsigned length = static_cast<unsigned char>(*lengths_) >> shift_ & 3U;
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(next_[i])) << (8 * i);
    };
    const std::uint32_t four = byte(0) | byte(1) | byte(2) | byte(3);
    next_ += length + 1;
    lengths_ += shift_ == 6 ? 1 : 0;
    shift_ = (shift_ + 2U) & 7U;
    return four & kMask[length];
  }

 private:
  PackedNumbers(const char* lengths, const char* next) : lengths_(lengths), next_(next) {}
  const char* lengths_;
  const char* next_;
  unsigned shift_ = 0;
};

/// Numbers of much the same size, each in as many bits as the largest of them needs.
std::string pack_bits(std::span<const std::uint32_t> numbers);

/// Nothing when the bytes are not just so many numbers.
std::optional<std::vector<std::uint32_t>> unpack_bits(std::string_view bytes, std::size_t count);

}  // namespace patchgate
