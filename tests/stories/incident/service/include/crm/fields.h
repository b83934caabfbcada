#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/date.h"
#include "crm/json.h"
#include "crm/money.h"

namespace crm {

/// Adds a field to the body of a partial update. A field that is left out of the body keeps its value on the server.
void encode_field(json::Object& body, std::string_view name, const std::optional<json::Value>& value);

/// Dates go out as "2024-05-31".
void encode_date(json::Object& body, std::string_view name, const std::optional<Date>& value);

/// Amounts go out as {"cents": 1250, "currency": "EUR"}.
void encode_money(json::Object& body, std::string_view name, const std::optional<Money>& value);

/// Lists of words, such as tags; always the whole list.
void encode_words(json::Object& body, std::string_view name, const std::optional<std::vector<std::string>>& value);

/// A reference to another record goes out as {"id": 17}.
void encode_reference(json::Object& body, std::string_view name, const std::optional<std::int64_t>& id);

}  // namespace crm
