#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace patchgate {

/// Numbers that never change, in memory of their own or in somebody's that is shared. Cheap to copy.
template <class Value>
class Column {
 public:
  Column() = default;
  explicit Column(std::vector<Value> values) {
    auto owner = std::make_shared<const std::vector<Value>>(std::move(values));
    values_ = *owner;
    owner_ = std::move(owner);
  }
  /// `bytes`: a whole number of values, little-endian, in memory that `owner` keeps. Read in place where that can be.
  Column(std::string_view bytes, const std::shared_ptr<const std::string>& owner) {
    const std::size_t count = bytes.size() / sizeof(Value);
    if (std::endian::native == std::endian::little &&
        reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Value) == 0) {
      values_ = {reinterpret_cast<const Value*>(bytes.data()), count};
      owner_ = owner;
      return;
    }
    std::vector<Value> values(count);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t byte = 0; byte < sizeof(Value); ++byte) {
        values[i] = static_cast<Value>(
            values[i] |
            static_cast<Value>(static_cast<Value>(static_cast<unsigned char>(bytes[i * sizeof(Value) + byte]))
                               << (8 * byte)));
      }
    }
    *this = Column(std::move(values));
  }

  const Value& operator[](std::size_t i) const { return values_[i]; }
  std::size_t size() const { return values_.size(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }
  std::span<const Value> span() const { return values_; }

 private:
  std::span<const Value> values_;
  std::shared_ptr<const void> owner_;
};

}  // namespace patchgate
