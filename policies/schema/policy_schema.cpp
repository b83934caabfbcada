#include "policies/schema/policy_schema.h"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "policies/engine/condition.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

Json with_parameter(Json form) { return {{"anyOf", Json::array({std::move(form), {{"$ref", "#/$defs/parameter"}}})}}; }

Json value_form(const FactDecl& decl) {
  switch (decl.type) {
    case FactType::boolean:
      return {{"type", "boolean"}};
    case FactType::integer:
    case FactType::number: {
      Json form{{"type", name_of(decl.type)}};
      if (decl.minimum) form["minimum"] = *decl.minimum;
      if (decl.maximum) form["maximum"] = *decl.maximum;
      return form;
    }
    case FactType::choice:
      return {{"enum", decl.choices}};
    default:
      return {{"$ref", "#/$defs/text"}};
  }
}

Json operand_form(Operator op, const FactDecl& decl) {
  if (op == Operator::in) return {{"type", "array"}, {"minItems", 1}, {"items", value_form(decl)}};
  if (op == Operator::matches) {
    return {{"oneOf", Json::array({{{"$ref", "#/$defs/text"}}, {{"$ref", "#/$defs/texts"}}})},
            {"description",
             "a pattern or several, any of which will do: * within a segment, ** for any number of segments, ? one "
             "character"}};
  }
  return value_form(decl);
}

bool of_one_form(const FactDecl& a, const FactDecl& b) {
  return a.type == b.type && a.choices == b.choices && a.ordered == b.ordered && a.minimum == b.minimum &&
         a.maximum == b.maximum;
}

/// `key`: "fact" or "field". The facts are of one form.
Json leaf_form(const char* key, const std::vector<const FactDecl*>& decls) {
  Json names = Json::array();
  for (const auto* decl : decls) names.push_back({{"const", decl->name}, {"description", decl->about}});
  Json form{{"type", "object"}, {"required", {key}}};
  form["properties"][key] = {{"oneOf", std::move(names)}};
  Json one_operator = Json::array();
  for (const auto op : operators_for(*decls.front())) {
    form["properties"][name_of(op)] = with_parameter(operand_form(op, *decls.front()));
    one_operator.push_back({{"required", {name_of(op)}}});
  }
  form["properties"]["missing"] = {{"$ref", "#/$defs/missing"}};
  form["patternProperties"] = {{"^x-", true}};
  form["additionalProperties"] = false;
  form["oneOf"] = std::move(one_operator);
  return form;
}

void add_leaves(Json& forms, const char* key, const std::vector<FactDecl>& catalogue) {
  std::vector<std::vector<const FactDecl*>> groups;
  for (const auto& decl : catalogue) {
    if (decl.type == FactType::list) continue;
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& known) { return of_one_form(*known.front(), decl); });
    if (group == groups.end()) {
      groups.push_back({&decl});
    } else {
      group->push_back(&decl);
    }
  }
  for (const auto& group : groups) forms.push_back(leaf_form(key, group));
}

constexpr std::size_t kWidth = 118;

/// As dump(2), but what fits into a line stands in one.
void write(const Json& json, std::size_t indent, std::size_t used, std::string& text) {
  const auto line = json.dump(-1, ' ', false);
  if (!json.is_structured() || json.empty() || indent + used + line.size() <= kWidth) {
    text += line;
    return;
  }
  const std::string inner(indent + 2, ' ');
  text += json.is_object() ? "{\n" : "[\n";
  bool first = true;
  for (const auto& [key, child] : json.items()) {
    text += (first ? "" : ",\n") + inner;
    first = false;
    const auto name = json.is_object() ? Json(key).dump() + ": " : std::string();
    text += name;
    write(child, indent + 2, name.size(), text);
  }
  text += "\n" + std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

}  // namespace

std::string make_policy_schema(std::string_view frame) {
  auto schema = Json::parse(frame);
  auto& definitions = schema["$defs"];
  add_leaves(definitions["condition"]["oneOf"], "fact", fact_catalogue());
  add_leaves(definitions["row_condition"]["oneOf"], "field", touched_symbol_fields());
  std::string text;
  write(schema, 0, 0, text);
  return text + "\n";
}

}  // namespace patchgate
