#include "crm/fields.h"

namespace crm {

void encode_field(json::Object& body, std::string_view name, const std::optional<json::Value>& value) {
  if (!value.has_value()) return;
  body.set(name, *value);
}

void encode_date(json::Object& body, std::string_view name, const std::optional<Date>& value) {
  std::optional<json::Value> encoded;
  if (value) encoded = json::Value(format_date(*value));
  encode_field(body, name, encoded);
}

void encode_money(json::Object& body, std::string_view name, const std::optional<Money>& value) {
  std::optional<json::Value> encoded;
  if (value) {
    json::Object amount;
    amount.set("cents", value->cents);
    amount.set("currency", value->currency);
    encoded = json::Value(std::move(amount));
  }
  encode_field(body, name, encoded);
}

void encode_words(json::Object& body, std::string_view name, const std::optional<std::vector<std::string>>& value) {
  std::optional<json::Value> encoded;
  if (value) encoded = json::Value(json::Array(value->begin(), value->end()));
  encode_field(body, name, encoded);
}

void encode_reference(json::Object& body, std::string_view name, const std::optional<std::int64_t>& id) {
  std::optional<json::Value> encoded;
  if (id) {
    json::Object reference;
    reference.set("id", *id);
    encoded = json::Value(std::move(reference));
  }
  encode_field(body, name, encoded);
}

}  // namespace crm
