#include "analyzers/graph/packed_numbers.h"

namespace patchgate {

namespace {

constexpr std::size_t kReadPast = 3;  // by who takes four bytes where one is meant

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

}  // namespace patchgate
