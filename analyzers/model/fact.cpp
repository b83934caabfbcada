#include "analyzers/model/fact.h"

#include <array>
#include <charconv>
#include <cmath>

namespace patchgate {

namespace {

constexpr const char* kNotMeasured = "not measured";

/// At most four decimals, no zeros at the end; what would be 0 by that in its shortest form. The locale has no say.
std::string digits(double number) {
  if (!std::isfinite(number)) return std::isnan(number) ? "nan" : (number < 0 ? "-inf" : "inf");
  std::array<char, 64> text{};
  if (std::fabs(number) >= 1e15 || (number != 0 && std::fabs(number) < 0.00005)) {
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end.ptr};
  }
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 4);
  std::string result(text.data(), end.ptr);
  result.erase(result.find_last_not_of('0') + 1);
  if (result.back() == '.') result.pop_back();
  return result == "-0" ? "0" : result;
}

}  // namespace

void Facts::set(std::string name, Value value, std::vector<Place> from, std::vector<std::string> details) {
  facts_.insert_or_assign(std::move(name), Fact{std::move(value), std::move(from), std::move(details)});
}

void Facts::set_list(std::string name, std::vector<Row> rows) {
  unknown_lists_.erase(name);
  lists_.insert_or_assign(std::move(name), std::move(rows));
}

void Facts::set_list_unknown(std::string name, std::string why) {
  lists_.erase(name);
  unknown_lists_.insert_or_assign(std::move(name), std::move(why));
}

Fact Facts::get(std::string_view name) const {
  const auto found = facts_.find(name);
  return found == facts_.end() ? Fact{Unknown{kNotMeasured}, {}, {}} : found->second;
}

const std::vector<Row>* Facts::list(std::string_view name) const {
  const auto found = lists_.find(name);
  return found == lists_.end() ? nullptr : &found->second;
}

std::string Facts::why_unknown(std::string_view list_name) const {
  if (lists_.find(list_name) != lists_.end()) return {};
  const auto found = unknown_lists_.find(list_name);
  return found == unknown_lists_.end() ? kNotMeasured : found->second;
}

const char* name_of(FactType type) {
  switch (type) {
    case FactType::boolean:
      return "boolean";
    case FactType::integer:
      return "integer";
    case FactType::number:
      return "number";
    case FactType::string:
      return "string";
    case FactType::choice:
      return "choice";
    case FactType::list:
      return "list";
  }
  return "?";
}

const char* name_of(Trust trust) {
  switch (trust) {
    case Trust::computed:
      return "computed";
    case Trust::ci:
      return "ci";
    case Trust::claimed:
      return "claimed";
  }
  return "?";
}

std::string to_string(const Value& value) {
  struct Words {
    std::string operator()(const Unknown& unknown) const {
      const auto known = unknown.at_least > 0 ? "at least " + std::to_string(unknown.at_least) : std::string("unknown");
      return known + " (" + unknown.why + ")";
    }
    std::string operator()(bool yes) const { return yes ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return digits(number); }
    std::string operator()(const std::string& text) const { return text; }
  };
  return std::visit(Words{}, value);
}

}  // namespace patchgate
