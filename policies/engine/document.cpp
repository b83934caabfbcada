#include "policies/engine/document.h"

#include <algorithm>
#include <cmath>

#include "analyzers/model/fact.h"
#include "analyzers/model/text_place.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kLongestList = 1000;

/// The part of nlohmann's message that names the cause.
std::string cause(std::string message) {
  constexpr std::string_view kBefore = "parse error at ";
  if (const auto start = message.find(kBefore); start != std::string::npos) {
    const auto colon = message.find(": ", start);
    message.erase(0, colon == std::string::npos ? start : colon + 2);
  }
  if (const auto dash = message.find(" - "); dash != std::string::npos) message.erase(0, dash + 3);
  if (const auto last = message.find("; last read"); last != std::string::npos) message.erase(last);
  return message;
}

}  // namespace

std::optional<Document> read_document(const std::string& file, std::string_view text, std::vector<Error>& errors) {
  const auto before = errors.size();
  Document document{file, {}, scan_positions(file, text, errors)};
  if (errors.size() != before) return std::nullopt;
  try {
    document.json = nlohmann::json::parse(text, nullptr, true, true);
  } catch (const nlohmann::json::exception& problem) {
    const auto* parse_error = dynamic_cast<const nlohmann::json::parse_error*>(&problem);
    const std::size_t byte = parse_error == nullptr || parse_error->byte == 0 ? 0 : parse_error->byte - 1;
    errors.push_back(Error{Error::Kind::config,
                           "this is not JSON: " + one_line(cause(problem.what()), 200),
                           place_of(file, text, std::min(byte, text.size())),
                           {},
                           {}});
    return std::nullopt;
  }
  return document;
}

JsonNode JsonNode::operator[](std::string_view key) const {
  JsonNode child = *this;
  child.json_ = &*json_->find(key);
  child.pointer_ = child_pointer(pointer_, key);
  child.called_ = in_quotes(key);
  return child;
}

JsonNode JsonNode::operator[](std::size_t index) const {
  JsonNode child = *this;
  child.json_ = &(*json_)[index];
  child.pointer_ = pointer_ + "/" + std::to_string(index);
  child.called_ = "element " + std::to_string(index + 1) + " of " + called_;
  return child;
}

std::vector<std::string> JsonNode::keys() const {
  std::vector<std::string> names;
  for (const auto& member : json_->items()) {
    if (!member.key().starts_with("x-")) names.push_back(member.key());
  }
  return names;
}

void JsonNode::error(std::string message) const {
  errors_->push_back(Error{Error::Kind::config, std::move(message), place(), {}, {}});
}

void JsonNode::error_at_key(std::string message) const {
  errors_->push_back(Error{Error::Kind::config, std::move(message), key_place(), {}, {}});
}

std::optional<std::string> JsonNode::text() const {
  if (!json_->is_string()) return error(called_ + " must be a text in quotes"), std::nullopt;
  auto value = json_->get<std::string>();
  if (value.find_first_not_of(" \t\r\n") == std::string::npos) return error(called_ + " is empty"), std::nullopt;
  if (value.size() > kLongestText) return error(called_ + " is longer than 1000 bytes"), std::nullopt;
  return value;
}

std::optional<bool> JsonNode::flag() const {
  if (!json_->is_boolean()) return error(called_ + " must be true or false"), std::nullopt;
  return json_->get<bool>();
}

std::optional<double> JsonNode::number(double minimum, double maximum) const {
  const auto range = to_string(Value{minimum}) + " to " + to_string(Value{maximum});
  if (!json_->is_number()) return error(called_ + " must be a number from " + range), std::nullopt;
  const auto value = json_->get<double>();
  if (value < minimum || value > maximum) {
    return error(called_ + " is " + to_string(Value{value}) + ", outside of " + range), std::nullopt;
  }
  return value;
}

std::optional<std::uint32_t> JsonNode::count(std::uint32_t maximum) const {
  const auto value = number(0, maximum);
  if (!value) return std::nullopt;
  if (std::floor(*value) != *value) return error(called_ + " must be a whole number"), std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

std::optional<std::vector<JsonNode>> JsonNode::list() const {
  if (!json_->is_array()) return error(called_ + " must be a list"), std::nullopt;
  if (json_->empty()) return error(called_ + " is empty"), std::nullopt;
  if (json_->size() > kLongestList) return error(called_ + " has more than 1000 elements"), std::nullopt;
  std::vector<JsonNode> elements;
  for (std::size_t i = 0; i < json_->size(); ++i) elements.push_back((*this)[i]);
  return elements;
}

bool JsonNode::object() const {
  if (!json_->is_object()) error(called_ + " must be an object in braces");
  return json_->is_object();
}

void JsonNode::only(const std::vector<std::string>& known) const {
  for (const auto& key : keys()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    (*this)[key].error_at_key("unknown key " + in_quotes(key) + did_you_mean(key, known));
  }
}

std::optional<std::size_t> JsonNode::word(const std::vector<std::string>& words) const {
  const auto written = text();
  if (!written) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *written);
  if (found == words.end()) {
    const auto near = did_you_mean(*written, words);
    error(in_quotes(*written) + " is not a value of " + called_ +
          (near.empty() ? "; it is one of " + join(words) : near));
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - words.begin());
}

std::string JsonNode::called() const { return called_; }

}  // namespace patchgate
