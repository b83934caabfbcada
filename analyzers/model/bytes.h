#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzers/model/hash.h"

namespace patchgate {

/// Appends numbers as LEB128 and strings with their length in front.
class ByteWriter {
 public:
  void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void number(std::uint64_t value);
  void fixed64(std::uint64_t value);  ///< eight bytes, for hashes, which LEB128 would make longer
  void fixed128(const Hash128& value);
  void text(std::string_view value);
  void raw(std::string_view value) { bytes_.append(value); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// What decoding one input may cost in all, however it is nested.
struct DecodeBudget {
  std::uint64_t elements = 1ULL << 26U;
  std::uint64_t text = 1ULL << 28U;  ///< bytes of all strings once each has been copied to where it is named
};

/// Reads what ByteWriter wrote, from bytes that may be damaged or hostile. The first mistake is kept and every later
/// read answers 0 or nothing, so that callers check once, at the end. Numbers must have their shortest form.
class ByteReader {
 public:
  ByteReader(std::string_view bytes, DecodeBudget& budget) : rest_(bytes), budget_(&budget) {}

  std::uint8_t byte();
  std::uint64_t number();
  std::uint32_t number32();
  std::uint64_t fixed64();
  Hash128 fixed128();
  /// The next length-prefixed bytes, still in place.
  std::string_view text();
  /// The next `size` bytes, in place; nothing when there are fewer.
  std::string_view raw(std::size_t size);
  /// How many elements follow, each at least `least` bytes long: checked against what is left and the budget.
  std::size_t count(std::size_t least);
  /// A number below `limit`.
  std::uint32_t index(std::size_t limit, const char* what);
  bool charge_text(std::size_t size);

  void fail(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    rest_ = {};
  }
  bool ok() const { return why_.empty(); }
  const std::string& why() const { return why_; }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  DecodeBudget* budget_;
  std::string why_;
};

/// Strings by number, in the order of their first use.
class StringTable {
 public:
  std::uint64_t index(std::string_view text);
  void write(ByteWriter& out) const;

 private:
  struct Hash {
    std::size_t operator()(std::string_view text) const { return hash64(text); }
  };
  std::unordered_map<std::string_view, std::uint64_t, Hash> index_;
  std::vector<std::string_view> texts_;  // of the value that is being encoded, which outlives the table
};

/// Reads a StringTable; the views point into the input.
std::vector<std::string_view> read_string_table(ByteReader& in);

}  // namespace patchgate
