#include "crm/json.h"

#include <cstdio>

namespace crm::json {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      out += code;
    } else {
      out += c;
    }
  }
  out += '"';
}

void append(std::string& out, const Value& value);

void append_array(std::string& out, const Array& array) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    append(out, array[i]);
  }
  out += ']';
}

void append_object(std::string& out, const Object& object) {
  out += '{';
  bool first = true;
  for (const auto& [name, value] : object.fields()) {
    if (!first) out += ',';
    first = false;
    append_escaped(out, name);
    out += ':';
    append(out, value);
  }
  out += '}';
}

void append(std::string& out, const Value& value) {
  if (value.is_null()) out += "null";
  if (const bool* boolean = value.boolean()) out += *boolean ? "true" : "false";
  if (const std::int64_t* integer = value.integer()) out += std::to_string(*integer);
  if (const std::string* text = value.text()) append_escaped(out, *text);
  if (const Array* array = value.array()) append_array(out, *array);
  if (const Object* object = value.object()) append_object(out, *object);
}

}  // namespace

void Object::set(std::string_view name, Value value) { fields_.insert_or_assign(std::string(name), std::move(value)); }

bool Object::remove(std::string_view name) {
  const auto it = fields_.find(name);
  if (it == fields_.end()) return false;
  fields_.erase(it);
  return true;
}

bool Object::has(std::string_view name) const { return find(name) != nullptr; }

const Value* Object::find(std::string_view name) const {
  const auto it = fields_.find(name);
  return it == fields_.end() ? nullptr : &it->second;
}

bool Object::empty() const { return fields_.empty(); }

std::size_t Object::size() const { return fields_.size(); }

std::string write(const Value& value) {
  std::string out;
  append(out, value);
  return out;
}

std::string write(const Object& object) {
  std::string out;
  append_object(out, object);
  return out;
}

}  // namespace crm::json
