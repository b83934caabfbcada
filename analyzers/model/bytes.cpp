#include "analyzers/model/bytes.h"

#include <algorithm>

namespace patchgate {

void ByteWriter::number(std::uint64_t value) {
  while (value >= 0x80) {
    byte(static_cast<std::uint8_t>(value | 0x80U));
    value >>= 7U;
  }
  byte(static_cast<std::uint8_t>(value));
}

void ByteWriter::fixed64(std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(value >> shift));
}

void ByteWriter::fixed128(const Hash128& value) {
  fixed64(value.high);
  fixed64(value.low);
}

void ByteWriter::text(std::string_view value) {
  number(value.size());
  raw(value);
}

std::uint8_t ByteReader::byte() {
  if (rest_.empty()) {
    fail("ends too early");
    return 0;
  }
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t next = byte();
    if (shift == 63 && next > 1) break;
    value |= static_cast<std::uint64_t>(next & 0x7fU) << shift;
    if ((next & 0x80U) == 0) {
      if (next == 0 && shift != 0) break;
      return value;
    }
  }
  fail("a number has a wrong form");
  return 0;
}

std::uint32_t ByteReader::number32() {
  const std::uint64_t value = number();
  if (value > 0xffffffffU) {
    fail("a number is too large");
    return 0;
  }
  return static_cast<std::uint32_t>(value);
}

std::uint64_t ByteReader::fixed64() {
  if (rest_.size() < 8) {
    fail("ends too early");
    return 0;
  }
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(rest_[i])) << (8 * i);
  }
  rest_.remove_prefix(8);
  return value;
}

Hash128 ByteReader::fixed128() {
  const auto high = fixed64();
  return {high, fixed64()};
}

std::string_view ByteReader::text() { return raw(number()); }

std::string_view ByteReader::raw(std::size_t size) {
  if (size > rest_.size()) {
    fail("a length passes the end");
    return {};
  }
  const auto value = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return value;
}

std::size_t ByteReader::count(std::size_t least) {
  const std::uint64_t value = number();
  if (value > rest_.size() / std::max<std::size_t>(least, 1)) {
    fail("a count passes the end");
    return 0;
  }
  if (value > budget_->elements) {
    fail("too many elements");
    return 0;
  }
  budget_->elements -= value;
  return value;
}

std::uint32_t ByteReader::index(std::size_t limit, const char* what) {
  const std::uint64_t value = number();
  if (value >= limit) {
    fail(std::string("a ") + what + " is out of range");
    return 0;
  }
  return static_cast<std::uint32_t>(value);
}

bool ByteReader::charge_text(std::size_t size) {
  if (size > budget_->text) {
    fail("too much text");
    return false;
  }
  budget_->text -= size;
  return true;
}

std::uint64_t StringTable::index(std::string_view text) {
  const auto [found, added] = index_.try_emplace(text, texts_.size());
  if (added) texts_.push_back(text);
  return found->second;
}

void StringTable::write(ByteWriter& out) const {
  out.number(texts_.size());
  for (const auto text : texts_) out.text(text);
}

std::vector<std::string_view> read_string_table(ByteReader& in) {
  std::vector<std::string_view> texts(in.count(1));
  for (auto& text : texts) text = in.text();
  return texts;
}

}  // namespace patchgate
