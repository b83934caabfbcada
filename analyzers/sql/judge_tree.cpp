#include <algorithm>
#include <set>

#include "analyzers/sql/always_true.h"
#include "analyzers/sql/parse_tree.h"
#include "analyzers/sql/sql_body.h"
#include "analyzers/sql/statement.h"

namespace patchgate {

namespace {

constexpr int kDeepest = 500;

/// The nesting of a JSON text, at most `most`.
int depth_of(std::string_view json, int most) {
  int depth = 0, deepest = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size() && deepest < most; ++i) {
    const char c = json[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

std::string dropped(const Json& object) {
  if (const Json* items = find(object, {"List", "items"})) return dotted(*items);
  if (const Json* names = find(object, {"TypeName", "names"})) return dotted(*names);
  if (const Json* names = find(object, {"ObjectWithArgs", "objname"})) return dotted(*names);
  return shown_name(text_of(object, {"String", "sval"}));
}

std::string joined_by_comma(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// OBJECT_MATVIEW → "MATERIALIZED VIEW".
std::string object_words(std::string type) {
  if (type == "OBJECT_MATVIEW") return "MATERIALIZED VIEW";
  constexpr std::string_view kStart = "OBJECT_";
  if (type.starts_with(kStart)) type.erase(0, kStart.size());
  std::replace(type.begin(), type.end(), '_', ' ');
  return type;
}

class TreeJudge {
 public:
  TreeJudge(bool open_end, ReadStatement& statement) : open_end_(open_end), statement_(statement) {}

  void walk(const Json& node) {
    if (node.is_array()) {
      for (const Json& item : node) walk(item);
    } else if (node.is_object()) {
      for (const auto& [key, value] : node.items()) {
        look(key, value);
        walk(value);
      }
    }
  }

 private:
  void act(SqlEffectKind kind, std::string what, bool loses_data, Confidence confidence = Confidence::exact) {
    statement_.acts.push_back({kind, std::move(what), loses_data, confidence});
  }

  void look(const std::string& key, const Json& node) {
    if (key == "DeleteStmt" || key == "UpdateStmt") {
      look_at_rows(key == "DeleteStmt", node);
    } else if (key == "SelectStmt") {
      look_at_select(node);
    } else if (key == "TruncateStmt") {
      std::vector<std::string> tables;
      for (const Json& table : list_of(node, "relations"))
        if (const Json* range = find(table, {"RangeVar"})) tables.push_back(relation(*range));
      act(SqlEffectKind::truncate, "TRUNCATE " + joined_by_comma(tables), true);
    } else if (key == "DropStmt") {
      look_at_drop(node);
    } else if (key == "DropdbStmt") {
      act(SqlEffectKind::drop, "DROP DATABASE " + shown_name(text_of(node, {"dbname"})), true);
    } else if (key == "DropOwnedStmt") {
      act(SqlEffectKind::drop, "DROP OWNED", true);
    } else if (key == "DropTableSpaceStmt") {
      act(SqlEffectKind::drop, "DROP TABLESPACE " + text_of(node, {"tablespacename"}), true);
    } else if (key == "DropRoleStmt" || key == "DropUserMappingStmt" || key == "DropSubscriptionStmt") {
      act(SqlEffectKind::drop, "DROP of a role, user mapping or subscription", false);
    } else if (key == "AlterTableStmt") {
      look_at_alter(node);
    } else if (key == "DoStmt" || key == "CreateFunctionStmt") {
      look_at_body(node);
    } else if (key == "MergeStmt") {
      look_at_merge(node);
    } else if (key == "CallStmt") {
      if (const Json* call = find(node, {"funccall"})) look_at_call(*call, true);
    } else if (key == "FuncCall") {
      look_at_call(node, false);
    } else if (key == "ExecuteStmt") {
      hide(statement_, "the prepared " + shown_name(text_of(node, {"name"})));
    }
  }

  void look_at_rows(bool deletes, const Json& node) {
    const Json* range = find(node, {"relation"});
    const std::string table = range == nullptr ? "" : relation(*range);
    const Json* where = find(node, {"whereClause"});
    SqlRows rows{deletes ? "DELETE" : "UPDATE", table, conditions_of(where, table)};
    const bool all = rows.conditions.empty();
    statement_.rows.push_back(std::move(rows));
    if (!all) return;
    // Text that is put in behind it may be the WHERE.
    if (where == nullptr && open_end_) {
      act(deletes ? SqlEffectKind::delete_all : SqlEffectKind::update_all,
          (deletes ? "DELETE FROM " : "UPDATE ") + table + " has no WHERE that can be seen", true,
          Confidence::possible);
      return;
    }
    act(deletes ? SqlEffectKind::delete_all : SqlEffectKind::update_all,
        (deletes ? "DELETE FROM " : "UPDATE ") + table +
            (where == nullptr ? " has no WHERE" : " has a WHERE that is always true"),
        true);
  }

  void look_at_select(const Json& node) {
    std::vector<std::string> tables;
    for (const Json& from : list_of(node, "fromClause"))
      if (const Json* range = find(from, {"RangeVar"})) tables.push_back(relation(*range));
    if (tables.empty()) return;
    statement_.rows.push_back({"SELECT", joined_by_comma(tables), conditions_of(find(node, {"whereClause"}), "")});
  }

  void look_at_drop(const Json& node) {
    const std::string type = text_of(node, {"removeType"});
    const bool cascade = text_of(node, {"behavior"}) == "DROP_CASCADE";
    static const std::set<std::string> kHoldData{"OBJECT_TABLE", "OBJECT_FOREIGN_TABLE", "OBJECT_SCHEMA",
                                                 "OBJECT_SEQUENCE", "OBJECT_DATABASE"};
    // With CASCADE columns of that type go too.
    static const std::set<std::string> kWithCascade{"OBJECT_TYPE", "OBJECT_DOMAIN", "OBJECT_EXTENSION"};
    std::vector<std::string> names;
    for (const Json& object : list_of(node, "objects")) names.push_back(dropped(object));
    act(SqlEffectKind::drop, "DROP " + object_words(type) + " " + joined_by_comma(names) + (cascade ? " CASCADE" : ""),
        kHoldData.contains(type) || (cascade && kWithCascade.contains(type)));
  }

  void look_at_alter(const Json& node) {
    const Json* range = find(node, {"relation"});
    const std::string table = range == nullptr ? "" : relation(*range);
    const std::string what = text_of(node, {"objtype"}) == "OBJECT_TYPE" ? "ALTER TYPE " : "ALTER TABLE ";
    for (const Json& command : list_of(node, "cmds")) {
      const Json* cmd = find(command, {"AlterTableCmd"});
      if (cmd == nullptr) continue;
      const std::string type = text_of(*cmd, {"subtype"});
      const std::string column = text_of(*cmd, {"name"});
      if (type == "AT_DropColumn") act(SqlEffectKind::drop_column, what + table + " DROP COLUMN " + column, true);
      if (type == "AT_AlterColumnType")
        act(SqlEffectKind::change_type, what + table + " changes the type of " + column, true);
    }
  }

  /// A procedure in another language: a piece of text.
  void look_at_body(const Json& node) {
    for (const char* key : {"args", "options"}) {
      for (const Json& option : list_of(node, key)) {
        if (text_of(option, {"DefElem", "defname"}) != "as") continue;
        const Json* arg = find(option, {"DefElem", "arg"});
        if (arg == nullptr) continue;
        std::string body = text_of(*arg, {"String", "sval"});
        if (const Json* items = find(*arg, {"List", "items"}); items != nullptr && !items->empty())
          body = text_of(items->front(), {"String", "sval"});
        judge_body(body, statement_);
      }
    }
  }

  void look_at_merge(const Json& node) {
    const Json* range = find(node, {"relation"});
    const std::string table = range == nullptr ? "" : relation(*range);
    const auto joined = conditions_of(find(node, {"joinCondition"}), table);
    for (const Json& clause : list_of(node, "mergeWhenClauses")) {
      const Json* when = find(clause, {"MergeWhenClause"});
      if (when == nullptr) continue;
      const std::string type = text_of(*when, {"commandType"});
      const bool deletes = type == "CMD_DELETE";
      if (!deletes && type != "CMD_UPDATE") continue;
      SqlRows rows{deletes ? "DELETE" : "UPDATE", table, joined};
      const auto own = conditions_of(find(*when, {"condition"}), table);
      rows.conditions.insert(rows.conditions.end(), own.begin(), own.end());
      std::sort(rows.conditions.begin(), rows.conditions.end());
      const bool all = rows.conditions.empty();
      statement_.rows.push_back(std::move(rows));
      if (all)
        act(deletes ? SqlEffectKind::delete_all : SqlEffectKind::update_all,
            "MERGE INTO " + table + (deletes ? " deletes" : " updates") + " on a condition that is always true", true);
    }
  }

  /// Code of the server does the work: what it does is not in the patch.
  void look_at_call(const Json& call, bool whatever_its_name) {
    const Json* names = find(call, {"funcname"});
    const std::string name = names == nullptr ? "" : dotted(*names);
    if (whatever_its_name || sounds_destructive(name)) hide(statement_, name + "()");
  }

  bool open_end_;
  ReadStatement& statement_;
};

/// `=` → LIKE, <=, >=; < → <=; > → >=; IN → an IN that holds all of it; or one arm of an OR.
bool is_wider(const Json& base, const Json& head) {
  if (const Json* logic = find(head, {"BoolExpr"}); logic != nullptr && text_of(*logic, {"boolop"}) == "OR_EXPR") {
    const auto& arms = list_of(*logic, "args");
    if (std::find(arms.begin(), arms.end(), base) != arms.end()) return true;
    const Json* old = find(base, {"BoolExpr"});
    if (old == nullptr || text_of(*old, {"boolop"}) != "OR_EXPR") return false;
    const auto& less = list_of(*old, "args");
    return less.size() < arms.size() && std::all_of(less.begin(), less.end(), [&](const Json& arm) {
             return std::find(arms.begin(), arms.end(), arm) != arms.end();
           });
  }
  const Json* a = find(base, {"A_Expr"});
  const Json* b = find(head, {"A_Expr"});
  if (a == nullptr || b == nullptr || !a->contains("lexpr") || !b->contains("lexpr")) return false;
  if (a->at("lexpr") != b->at("lexpr") || !a->contains("name") || !b->contains("name")) return false;
  const std::string from = dotted(a->at("name")), to = dotted(b->at("name"));
  const std::string from_kind = text_of(*a, {"kind"}), to_kind = text_of(*b, {"kind"});
  if (from_kind == "AEXPR_IN" && to_kind == "AEXPR_IN" && from == "=" && to == "=") {
    const Json* fewer = find(*a, {"rexpr", "List"});
    const Json* more = find(*b, {"rexpr", "List"});
    if (fewer == nullptr || more == nullptr) return false;
    const auto& some = list_of(*fewer, "items");
    const auto& all = list_of(*more, "items");
    return some.size() < all.size() && std::all_of(some.begin(), some.end(), [&](const Json& item) {
             return std::find(all.begin(), all.end(), item) != all.end();
           });
  }
  if (from_kind != "AEXPR_OP") return false;
  if (from == "=" && (to_kind == "AEXPR_LIKE" || to_kind == "AEXPR_ILIKE")) return to == "~~" || to == "~~*";
  if (to_kind == "AEXPR_IN") return from == "=" && to == "=";
  if (to_kind != "AEXPR_OP" || a->value("rexpr", Json()) != b->value("rexpr", Json())) return false;
  return (from == "=" && (to == "<=" || to == ">=")) || (from == "<" && to == "<=") || (from == ">" && to == ">=");
}

}  // namespace

bool judge_tree(std::string_view json, bool open_end, ReadStatement& statement) {
  if (depth_of(json, kDeepest + 1) > kDeepest) return false;
  const Json tree = Json::parse(json, nullptr, false);
  if (!tree.is_object()) return false;
  TreeJudge(open_end, statement).walk(tree);
  return true;
}

bool covers_more(const SqlRows& base, const SqlRows& head) {
  if (base.verb != head.verb || base.conditions == head.conditions || base.conditions.empty()) return false;
  std::vector<std::string> lost, came;
  std::set_difference(base.conditions.begin(), base.conditions.end(), head.conditions.begin(), head.conditions.end(),
                      std::back_inserter(lost));
  std::set_difference(head.conditions.begin(), head.conditions.end(), base.conditions.begin(), base.conditions.end(),
                      std::back_inserter(came));
  if (lost.empty()) return false;
  // Each condition that came has to be a wider form of one that went.
  return std::all_of(came.begin(), came.end(), [&](const std::string& wide) {
    const Json head_condition = Json::parse(wide, nullptr, false);
    return std::any_of(lost.begin(), lost.end(), [&](const std::string& narrow) {
      return is_wider(Json::parse(narrow, nullptr, false), head_condition);
    });
  });
}

}  // namespace patchgate
