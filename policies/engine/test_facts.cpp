#include "policies/engine/test_facts.h"

#include <algorithm>
#include <charconv>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostRows = 1000;

std::vector<std::string> names_of(const std::vector<FactDecl>& decls) {
  std::vector<std::string> names;
  for (const auto& decl : decls) names.emplace_back(decl.name);
  return names;
}

/// `{"value": x}` is x; what else such an object holds (`from`) is for people.
JsonNode value_of(const JsonNode& node) { return node.has("value") ? node["value"] : node; }

std::optional<Value> read_value(const JsonNode& written, const FactDecl& decl) {
  const JsonNode node = value_of(written);
  const auto& json = node.json();
  if (node.has("unknown")) {
    const auto why = node["unknown"].text();
    if (!why || !node.has("at_least")) return why ? std::optional<Value>(Unknown{*why}) : std::nullopt;
    const JsonNode least = node["at_least"];
    if (decl.type == FactType::integer && least.json().is_number_integer() && least.json().get<std::int64_t>() > 0)
      return Unknown{*why, least.json().get<std::int64_t>()};
    least.error("only a count is \"at_least\" something, a whole number above 0");
    return std::nullopt;
  }
  switch (decl.type) {
    case FactType::boolean:
      if (json.is_boolean()) return json.get<bool>();
      break;
    case FactType::integer:
      if (json.is_number_integer()) return json.get<std::int64_t>();
      break;
    case FactType::number:
      if (json.is_number_integer()) return json.get<std::int64_t>();
      if (json.is_number()) return json.get<double>();
      break;
    case FactType::string:
      if (json.is_string()) return json.get<std::string>();
      break;
    case FactType::choice: {
      const auto word = node.word({decl.choices.begin(), decl.choices.end()});
      return word ? std::optional<Value>(std::string(decl.choices[*word])) : std::nullopt;
    }
    case FactType::list:
      break;
  }
  node.error(in_quotes(decl.name) + " is of type " + name_of(decl.type) + "; this value is not");
  return std::nullopt;
}

/// `src/patch.cpp:41`, or a path alone.
Place read_place(const std::string& text) {
  const auto colon = text.rfind(':');
  std::uint32_t line = 0;
  if (colon != std::string::npos) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + colon + 1, end, line);
    if (read.ec == std::errc() && read.ptr == end) return {text.substr(0, colon), line, 0};
  }
  return {text, 0, 0};
}

void read_field(const JsonNode& node, const std::string& name, Row& row) {
  if (name == "at") {
    if (const auto at = node.text()) row.at = read_place(*at);
    return;
  }
  const auto* decl = find_touched_symbol_field(name);
  if (decl == nullptr) {
    return node.error_at_key("no field " + in_quotes(name) + did_you_mean(name, names_of(touched_symbol_fields())));
  }
  const auto value = read_value(node, *decl);
  if (!value) return;
  if (name == "name") row.label = to_string(*value);
  row.fields.insert_or_assign(name, *value);
}

void read_list(const JsonNode& written, const std::string& name, Facts& facts) {
  const JsonNode node = value_of(written);
  if (node.has("unknown")) {
    if (const auto why = node["unknown"].text()) facts.set_list_unknown(name, *why);
    return;
  }
  if (!node.json().is_array() || node.json().size() > kMostRows) {
    return node.error(in_quotes(name) + " must be a list of at most 1000 rows");
  }
  std::vector<Row> rows;
  for (std::size_t i = 0; i < node.json().size(); ++i) {
    const JsonNode element = node[i];
    Row row;
    if (!element.object()) continue;
    for (const auto& field : element.keys()) read_field(element[field], field, row);
    rows.push_back(std::move(row));
  }
  facts.set_list(name, std::move(rows));
}

void read_fact(const JsonNode& node, const std::string& name, Facts& facts) {
  const auto* decl = find_fact(name);
  if (decl == nullptr) {
    return node.error_at_key("no fact " + in_quotes(name) + did_you_mean(name, names_of(fact_catalogue())));
  }
  if (decl->type == FactType::list) return read_list(node, name, facts);
  if (const auto value = read_value(node, *decl)) facts.set(name, *value);
}

/// The list that `name` begins with, as in symbols.touched.0.impact; null where it begins with none.
const FactDecl* list_before(const std::string& name) {
  const auto& facts = fact_catalogue();
  const auto found = std::find_if(facts.begin(), facts.end(), [&](const FactDecl& decl) {
    return decl.type == FactType::list && name.starts_with(std::string(decl.name) + ".");
  });
  return found == facts.end() ? nullptr : &*found;
}

void read_row_field(const JsonNode& node, const std::string& name, const FactDecl& list, Facts& facts) {
  const auto rest = name.substr(list.name.size() + 1);
  std::size_t index = 0;
  const auto number = std::from_chars(rest.data(), rest.data() + rest.size(), index);
  const bool formed = number.ec == std::errc() && number.ptr != rest.data() + rest.size() && *number.ptr == '.';
  if (!formed) return node.error_at_key(in_quotes(name) + " must have the form " + std::string(list.name) + ".N.FIELD");
  const auto* rows = facts.list(list.name);
  if (rows == nullptr || index >= rows->size()) {
    return node.error_at_key(in_quotes(name) + ": the base has " + std::to_string(rows == nullptr ? 0 : rows->size()) +
                             " rows in " + std::string(list.name) + ", counted from 0");
  }
  auto changed = *rows;
  read_field(node, std::string(number.ptr + 1, rest.data() + rest.size()), changed[index]);
  facts.set_list(std::string(list.name), std::move(changed));
}

}  // namespace

void read_facts(const JsonNode& node, Facts& facts) {
  if (!node.object()) return;
  for (const auto& name : node.keys()) read_fact(node[name], name, facts);
}

void read_set(const JsonNode& node, Facts& facts) {
  if (!node.object()) return;
  for (const auto& name : node.keys()) {
    const auto* list = list_before(name);
    if (list == nullptr) {
      read_fact(node[name], name, facts);
    } else {
      read_row_field(node[name], name, *list, facts);
    }
  }
}

}  // namespace patchgate
