#include "analyzers/graph/packed_numbers.h"

#include <bit>

namespace patchgate {

namespace {

constexpr std::size_t kReadPast = 3;  // by who takes four bytes where one is meant
constexpr std::size_t kEight = 8;

/// One load, as compilers know.
std::uint64_t eight_at(const char* bytes) {
  const auto byte = [&](unsigned i) { return std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i); };
  return byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
}

unsigned length_of(std::uint32_t number) {
  return number < 1U << 8U ? 1U : number < 1U << 16U ? 2U : number < 1U << 24U ? 3U : 4U;
}

}  // namespace

std::string pack_numbers(std::span<const std::uint32_t> numbers) {
  std::string bytes((numbers.size() + 3) / 4, '\0');
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const unsigned length = length_of(numbers[i]);
    bytes[i / 4] = static_cast<char>(static_cast<unsigned char>(bytes[i / 4]) | (length - 1) << (i % 4 * 2));
    for (unsigned byte = 0; byte < length; ++byte) bytes.push_back(static_cast<char>(numbers[i] >> (8 * byte)));
  }
  bytes.append(kReadPast, '\0');
  return bytes;
}

std::optional<PackedNumbers> PackedNumbers::of(std::string_view bytes, std::size_t count) {
  const std::size_t lengths = count / 4 + (count % 4 != 0 ? 1 : 0);
  if (bytes.size() < lengths + kReadPast) return std::nullopt;
  std::size_t size = count;
  for (std::size_t i = 0; i < lengths; ++i) {
    const auto four = static_cast<unsigned char>(bytes[i]);
    size += (four & 3U) + (four >> 2U & 3U) + (four >> 4U & 3U) + (four >> 6U);
  }
  if (bytes.size() != lengths + size + kReadPast) return std::nullopt;
  return PackedNumbers(bytes.data(), bytes.data() + lengths);
}

std::string pack_bits(std::span<const std::uint32_t> numbers) {
  std::uint32_t all = 0;
  for (const auto number : numbers) all |= number;
  const auto width = static_cast<unsigned>(std::bit_width(all));
  std::string bytes(1, static_cast<char>(width));
  std::uint64_t pending = 0;
  unsigned filled = 0;
  for (const auto number : numbers) {
    pending |= std::uint64_t{number} << filled;
    for (filled += width; filled >= 8; filled -= 8, pending >>= 8U) bytes.push_back(static_cast<char>(pending));
  }
  if (filled != 0) bytes.push_back(static_cast<char>(pending));
  bytes.append(kEight, '\0');
  return bytes;
}

std::optional<std::vector<std::uint32_t>> unpack_bits(std::string_view bytes, std::size_t count) {
  if (bytes.empty()) return std::nullopt;
  const unsigned width = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  // Numbers of no bits take no bytes: how many they are must be known from elsewhere to be bearable.
  if (width > 32 || bytes.size() != (count * width + 7) / 8 + kEight) return std::nullopt;
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  std::vector<std::uint32_t> numbers(count);
  std::uint64_t bit = 0;
  for (auto& number : numbers) {
    number = static_cast<std::uint32_t>(eight_at(bytes.data() + bit / 8) >> (bit % 8) & mask);
    bit += width;
  }
  return numbers;
}

}  // namespace patchgate
