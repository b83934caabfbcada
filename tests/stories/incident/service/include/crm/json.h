#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crm::json {

class Value;
using Array = std::vector<Value>;

/// Fields in the order of their names.
class Object {
 public:
  void set(std::string_view name, Value value);
  bool remove(std::string_view name);
  bool has(std::string_view name) const;
  const Value* find(std::string_view name) const;
  bool empty() const;
  std::size_t size() const;
  const std::map<std::string, Value, std::less<>>& fields() const { return fields_; }

 private:
  std::map<std::string, Value, std::less<>> fields_;
};

class Value {
 public:
  Value() = default;  ///< null
  Value(bool value) : value_(value) {}
  Value(std::int64_t value) : value_(value) {}
  Value(int value) : value_(static_cast<std::int64_t>(value)) {}
  Value(std::string value) : value_(std::move(value)) {}
  Value(const char* value) : value_(std::string(value)) {}
  Value(Object value) : value_(std::move(value)) {}
  Value(Array value) : value_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }

 private:
  std::variant<std::monostate, bool, std::int64_t, std::string, Object, Array> value_;
};

std::string write(const Value& value);
std::string write(const Object& object);

}  // namespace crm::json
