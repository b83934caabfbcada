#include "analyzers/sql/always_true.h"

#include <algorithm>

#include "analyzers/sql/parse_tree.h"
#include "analyzers/sql/scan.h"

namespace patchgate {

namespace {

bool is_constant(const Json& node) { return find(node, {"A_Const"}) != nullptr; }

/// Without the places, so that equal expressions are equal.
Json without_places(const Json& node) {
  if (node.is_array()) {
    Json copy = Json::array();
    for (const Json& item : node) copy.push_back(without_places(item));
    return copy;
  }
  if (!node.is_object()) return node;
  Json copy = Json::object();
  for (const auto& [key, value] : node.items())
    if (key != "location") copy[key] = without_places(value);
  return copy;
}

/// Two things that are put in at run time are seldom the same.
bool without_holes(const Json& node) { return node.dump().find(kHoleName) == std::string::npos; }

/// The last part of `a.b` or `b`; empty where it is no column.
std::string column_of(const Json& node) {
  const Json* column = find(node, {"ColumnRef"});
  if (column == nullptr) return {};
  const auto& parts = list_of(*column, "fields");
  return parts.empty() ? "" : text_of(parts.back(), {"String", "sval"});
}

/// `id IN (SELECT id FROM t)`, `EXISTS (SELECT ... FROM t)`: holds for each row of t, where nothing narrows it.
bool is_in_all_of(const Json& link, const std::string& table) {
  const Json* select = find(link, {"subselect", "SelectStmt"});
  if (select == nullptr || table.empty()) return false;
  for (const char* narrows : {"whereClause", "limitCount", "limitOffset", "groupClause", "havingClause", "withClause",
                              "distinctClause", "larg", "valuesLists"})
    if (select->contains(narrows)) return false;
  const auto& from = list_of(*select, "fromClause");
  const Json* range = from.size() == 1 ? find(from.front(), {"RangeVar"}) : nullptr;
  if (range == nullptr || relation(*range) != table || table == shown_name(std::string(kHoleName))) return false;
  const std::string kind = text_of(link, {"subLinkType"});
  if (kind == "EXISTS_SUBLINK") return true;
  const auto& targets = list_of(*select, "targetList");
  const Json* tested = find(link, {"testexpr"});
  const Json* taken = targets.size() == 1 ? find(targets.front(), {"ResTarget", "val"}) : nullptr;
  // `= ANY` has an operator; IN has none.
  if (kind != "ANY_SUBLINK" || tested == nullptr || taken == nullptr || link.contains("operName")) return false;
  const std::string column = column_of(*tested);
  return !column.empty() && column == column_of(*taken);
}

bool is_true_operator(const Json& expression) {
  const Json* left = find(expression, {"lexpr"});
  const Json* right = find(expression, {"rexpr"});
  if (left == nullptr || right == nullptr) return false;
  const Json* name = find(expression, {"name"});
  const std::string sign = name == nullptr ? "" : dotted(*name);
  const std::string kind = text_of(expression, {"kind"});
  // A pattern that every text fits.
  if (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE")
    return !sign.starts_with("!") && text_of(*right, {"A_Const", "sval", "sval"}) == "%";
  const Json a = without_places(*left), b = without_places(*right);
  const bool same = a == b;
  if (same)
    return without_holes(a) && (sign == "=" || sign == "<=" || sign == ">=") &&
           (is_constant(*left) || find(*left, {"ColumnRef"}));
  return is_constant(*left) && is_constant(*right) && (sign == "<>" || sign == "!=");
}

/// Always true, whatever the row: true, 1, 1 = 1, x = x, LIKE '%', one arm of an OR.
bool is_true(const Json& node, const std::string& table) {
  if (const Json* constant = find(node, {"A_Const"})) {
    if (const Json* flag = find(*constant, {"boolval", "boolval"})) return flag->is_boolean() && flag->get<bool>();
    const Json* whole = find(*constant, {"ival", "ival"});
    return whole != nullptr && whole->is_number_integer() && *whole != 0;
  }
  if (const Json* expression = find(node, {"A_Expr"})) return is_true_operator(*expression);
  if (const Json* link = find(node, {"SubLink"})) return is_in_all_of(*link, table);
  const Json* logic = find(node, {"BoolExpr"});
  if (logic == nullptr) return false;
  const auto holds = [&](const Json& arm) { return is_true(arm, table); };
  const auto& arms = list_of(*logic, "args");
  const std::string op = text_of(*logic, {"boolop"});
  if (op == "OR_EXPR") return std::any_of(arms.begin(), arms.end(), holds);
  if (op == "AND_EXPR") return std::all_of(arms.begin(), arms.end(), holds);
  return false;
}

}  // namespace

std::vector<std::string> conditions_of(const Json* where, const std::string& table) {
  std::vector<std::string> conditions;
  if (where == nullptr) return conditions;
  const Json* logic = find(*where, {"BoolExpr"});
  const auto add = [&](const Json& condition) {
    if (!is_true(condition, table)) conditions.push_back(without_places(condition).dump());
  };
  if (logic != nullptr && text_of(*logic, {"boolop"}) == "AND_EXPR") {
    for (const Json& arm : list_of(*logic, "args")) add(arm);
  } else {
    add(*where);
  }
  std::sort(conditions.begin(), conditions.end());
  return conditions;
}

}  // namespace patchgate
