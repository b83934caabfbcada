#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "policies/engine/condition.h"
#include "tests/policies/packs/packs_for_tests.h"

namespace patchgate {
namespace {

using nlohmann::json;

/// What the schema says about one fact: its operators, and the values that a choice takes.
struct Stated {
  std::set<std::string> operators;
  std::set<std::string> choices;
};

void collect(const json& form, const char* key, std::map<std::string, Stated>& facts) {
  if (!form["properties"].contains(key)) return;
  Stated stated;
  for (const auto& [name, operand] : form["properties"].items()) {
    if (name != key && name != "missing") stated.operators.insert(name);
    const auto& value = operand.contains("anyOf") ? operand["anyOf"][0] : operand;
    if (name == "is" && value.contains("enum")) stated.choices = value["enum"].get<std::set<std::string>>();
  }
  for (const auto& fact : form["properties"][key]["oneOf"]) facts[fact["const"].get<std::string>()] = stated;
}

std::map<std::string, Stated> stated_in(const char* definition, const char* key) {
  const auto schema = json::parse(policy_schema());
  std::map<std::string, Stated> facts;
  for (const auto& form : schema["$defs"][definition]["oneOf"]) collect(form, key, facts);
  return facts;
}

void expect_same(const std::map<std::string, Stated>& stated, const std::vector<FactDecl>& decls) {
  std::size_t leaves = 0;
  for (const auto& decl : decls) {
    if (decl.type == FactType::list) continue;
    ++leaves;
    const auto found = stated.find(std::string(decl.name));
    if (found == stated.end()) {
      ADD_FAILURE() << "policies/schema/policy.schema.json does not know '" << decl.name << "' (" << name_of(decl.type)
                    << ")";
      continue;
    }
    std::set<std::string> operators;
    for (const auto op : operators_for(decl)) operators.insert(name_of(op));
    EXPECT_EQ(found->second.operators, operators) << decl.name;
    EXPECT_EQ(found->second.choices, std::set<std::string>(decl.choices.begin(), decl.choices.end())) << decl.name;
  }
  EXPECT_EQ(stated.size(), leaves) << "the schema names facts that the catalogue does not have";
}

TEST(Schema, IsTheFileForEditors) { EXPECT_EQ(policy_schema(), read_source("policies/schema/policy.schema.json")); }

TEST(Schema, KnowsEveryFactWithItsOperatorsAndValues) { expect_same(stated_in("condition", "fact"), fact_catalogue()); }

TEST(Schema, KnowsEveryFieldOfARow) { expect_same(stated_in("row_condition", "field"), touched_symbol_fields()); }

TEST(Schema, KnowsEveryList) {
  const auto schema = json::parse(policy_schema());
  std::set<std::string> lists;
  for (const auto& decl : fact_catalogue()) {
    if (decl.type == FactType::list) lists.insert(std::string(decl.name));
  }
  int quantifiers = 0;
  for (const auto& form : schema["$defs"]["condition"]["oneOf"]) {
    for (const char* key : {"every", "some"}) {
      if (!form["properties"].contains(key)) continue;
      ++quantifiers;
      EXPECT_EQ(form["properties"][key]["enum"].get<std::set<std::string>>(), lists);
    }
  }
  EXPECT_EQ(quantifiers, 2);
}

TEST(Schema, NamesOnlyKeysThatThePolicyReaderTakes) {
  const auto schema = json::parse(policy_schema());
  json policy{{"policy", 1}};
  for (const auto& [key, value] : schema["properties"].items()) policy[key] = key == "policy" ? json(1) : json();
  policy["rules"] = json::array({json::object()});
  for (const auto& [key, value] : schema["$defs"]["rule"]["properties"].items()) policy["rules"][0][key] = json();
  const auto loaded = load_policy({"policy.json", policy.dump()}, pack_text);
  for (const auto& error : loaded.errors)
    EXPECT_EQ(error.message.find("unknown key"), std::string::npos) << error.message;
  EXPECT_FALSE(loaded.errors.empty());
}

}  // namespace
}  // namespace patchgate
