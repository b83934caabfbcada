#include "policies/engine/load_condition.h"

#include <algorithm>
#include <map>

#include "policies/engine/near_miss.h"
#include "policies/engine/placeholders.h"

namespace patchgate {

namespace {

constexpr int kDeepest = 8;

const std::vector<std::string> kForms{"all", "any", "none", "every", "some", "fact", "field"};

/// What people write who come from other tools, and what it is called here.
const std::map<std::string, std::string, std::less<>> kOtherWords{
    {"and", "all"},
    {"or", "any"},
    {"not", "none"},
    {"==", "is"},
    {"eq", "is"},
    {"equals", "is"},
    {"!=", "is_not"},
    {"ne", "is_not"},
    {">=", "at_least"},
    {"gte", "at_least"},
    {"min", "at_least"},
    {"minimum", "at_least"},
    {"<=", "at_most"},
    {"lte", "at_most"},
    {"max", "at_most"},
    {"maximum", "at_most"},
    {"contains", "includes"},
    {"glob", "matches"},
    {"like", "matches"},
    {"one_of", "in"},
};

std::vector<std::string> words_of(const std::vector<Operator>& operators) {
  std::vector<std::string> words;
  for (const auto op : operators) words.emplace_back(name_of(op));
  return words;
}

std::string with_article(FactType type) {
  return (type == FactType::integer ? "an " : "a ") + std::string(name_of(type));
}

const std::vector<Operator> kAllOperators(std::begin(kOperators), std::end(kOperators));

/// A reader of the leaves of one scope: facts, or the fields of a list's rows.
class ConditionReader {
 public:
  explicit ConditionReader(const std::vector<FactDecl>* fields) : fields_(fields) {}

  std::optional<Condition> read(const JsonNode& node, int depth) const {
    if (depth > kDeepest) return node.error("conditions are nested deeper than 8"), std::nullopt;
    if (!node.object()) return std::nullopt;
    std::vector<std::string> forms;
    for (const auto& form : kForms) {
      if (node.has(form)) forms.push_back(form);
    }
    if (forms.size() > 1) {
      node[forms[1]].error_at_key("'" + forms[0] + "' and '" + forms[1] + "' cannot stand in one condition");
      return std::nullopt;
    }
    if (forms.empty()) return no_form(node), std::nullopt;
    const auto& form = forms.front();
    std::optional<Condition> condition;
    if (form == "fact" || form == "field") {
      condition = leaf(node, form);
    } else if (form == "every" || form == "some") {
      condition = quantified(node, form, depth);
    } else {
      condition = combined(node, form, depth);
    }
    if (!node.has("missing")) return condition;
    const auto missing = read_missing(node["missing"]);
    if (!missing) return std::nullopt;
    if (condition) condition->missing = *missing;
    return condition;
  }

 private:
  bool in_rows() const { return fields_ != nullptr; }
  const char* leaf_key() const { return in_rows() ? "field" : "fact"; }

  void no_form(const JsonNode& node) const {
    bool named = false;
    for (const auto& key : node.keys()) {
      if (key == "missing" || key == "where" || key == "has") continue;
      node[key].error_at_key("unknown key " + in_quotes(key) + suggestion(key, kForms));
      named = true;
    }
    if (!named) node.error(node.called() + " says nothing: it needs one of " + join(kForms));
  }

  static std::string suggestion(const std::string& written, const std::vector<std::string>& known) {
    const auto other = kOtherWords.find(written);
    const bool fits = other != kOtherWords.end() && std::find(known.begin(), known.end(), other->second) != known.end();
    return fits ? "; did you mean '" + other->second + "'?" : did_you_mean(written, known);
  }

  std::optional<Condition> combined(const JsonNode& node, const std::string& form, int depth) const {
    node.only({form, "missing"});
    Condition condition;
    condition.kind = form == "all"   ? Condition::Kind::all
                     : form == "any" ? Condition::Kind::any
                                     : Condition::Kind::none;
    const auto elements = node[form].list();
    if (!elements) return std::nullopt;
    for (const auto& element : *elements) {
      if (auto child = read(element, depth + 1)) condition.children.push_back(std::move(*child));
    }
    if (condition.children.size() != elements->size()) return std::nullopt;
    return condition;
  }

  std::optional<Condition> quantified(const JsonNode& node, const std::string& form, int depth) const {
    if (in_rows()) return node[form].error_at_key("'" + form + "' cannot stand inside of another list"), std::nullopt;
    node.only({form, "where", "has", "missing"});
    Condition condition;
    condition.kind = form == "every" ? Condition::Kind::every : Condition::Kind::some;
    condition.fact = named(node[form], fact_catalogue(), "fact");
    if (condition.fact != nullptr && condition.fact->type != FactType::list) {
      node[form].error(in_quotes(condition.fact->name) + " is not a list; '" + form + "' needs one");
      condition.fact = nullptr;
    }
    if (!node.has("has")) {
      node.error("'" + form + "' needs 'has': what the rows must meet");
      return std::nullopt;
    }
    const ConditionReader rows(&touched_symbol_fields());
    const auto has = rows.read(node["has"], depth + 1);
    if (has) condition.has.push_back(*has);
    if (node.has("where")) {
      const auto where = rows.read(node["where"], depth + 1);
      if (!where) return std::nullopt;
      condition.where.push_back(*where);
    }
    if (!has || condition.fact == nullptr) return std::nullopt;
    return condition;
  }

  static const FactDecl* named(const JsonNode& node, const std::vector<FactDecl>& decls, const char* what) {
    const auto name = node.text();
    if (!name) return nullptr;
    std::vector<std::string> names;
    for (const auto& decl : decls) {
      if (decl.name == *name) return &decl;
      names.emplace_back(decl.name);
    }
    node.error(std::string("no ") + what + " " + in_quotes(*name) + did_you_mean(*name, names));
    return nullptr;
  }

  std::optional<Condition> leaf(const JsonNode& node, const std::string& form) const {
    if (form != leaf_key()) {
      node[form].error_at_key(
          in_rows() ? "'fact' cannot stand inside of 'where' and 'has'; a row's values are named by 'field'"
                    : "'field' can stand inside of 'where' and 'has' only; did you mean 'fact'?");
      return std::nullopt;
    }
    Condition condition;
    condition.kind = Condition::Kind::leaf;
    condition.at = node.place();
    condition.fact = named(node[form], in_rows() ? *fields_ : fact_catalogue(), leaf_key());
    std::vector<std::string> known = words_of(kAllOperators);
    std::vector<std::string> found;
    for (const auto& key : node.keys()) {
      if (key == form || key == "missing") continue;
      if (std::find(known.begin(), known.end(), key) != known.end()) {
        found.push_back(key);
      } else {
        node[key].error_at_key("no operator " + in_quotes(key) + suggestion(key, known));
        return std::nullopt;
      }
    }
    if (found.empty()) {
      const auto usable = condition.fact == nullptr ? kAllOperators : operators_for(*condition.fact);
      if (condition.fact != nullptr && usable.empty()) {
        node[form].error(in_quotes(condition.fact->name) + " is a list; ask for its rows with 'every' or 'some'");
      } else {
        node.error("an operator is missing: one of " + join(words_of(usable)));
      }
      return std::nullopt;
    }
    if (found.size() > 1) {
      node[found[1]].error_at_key("'" + found[0] + "' and '" + found[1] +
                                  "' cannot stand in one condition; put two of them into 'all'");
      return std::nullopt;
    }
    if (condition.fact == nullptr) return std::nullopt;
    condition.op =
        kAllOperators[static_cast<std::size_t>(std::find(known.begin(), known.end(), found[0]) - known.begin())];
    if (!fits(node[found[0]], condition)) return std::nullopt;
    return operands(node[found[0]], condition) ? std::optional(condition) : std::nullopt;
  }

  static bool fits(const JsonNode& operand, const Condition& leaf) {
    const auto usable = operators_for(*leaf.fact);
    if (std::find(usable.begin(), usable.end(), leaf.op) != usable.end()) return true;
    const bool unordered = leaf.fact->type == FactType::choice && !leaf.fact->ordered;
    const bool list = leaf.fact->type == FactType::list;
    operand.error_at_key("'" + std::string(name_of(leaf.op)) + "' does not fit " + in_quotes(leaf.fact->name) +
                         ", which is " + with_article(leaf.fact->type) + (unordered ? " without order" : "") + "; " +
                         (list ? "ask for its rows with 'every' or 'some'" : "it takes " + join(words_of(usable))));
    return false;
  }

  static bool operands(const JsonNode& node, Condition& leaf) {
    const bool list_allowed = leaf.op == Operator::in || leaf.op == Operator::matches;
    std::vector<JsonNode> operands{node};
    if (leaf.op == Operator::in || (list_allowed && node.json().is_array())) {
      auto elements = node.list();
      if (!elements) return false;
      operands = std::move(*elements);
    }
    bool good = true;
    for (const auto& operand : operands) good = this_operand(operand, leaf) && good;
    return good;
  }

  static bool this_operand(const JsonNode& node, Condition& leaf) {
    if (leaf.op == Operator::matches) {
      const auto pattern = node.text();
      if (!pattern) return false;
      auto glob = Glob::compile(*pattern);
      if (!glob) return node.error(glob.error().message), false;
      leaf.globs.push_back(std::move(*glob));
      return true;
    }
    auto value = operand(node, *leaf.fact);
    if (!value) return false;
    leaf.wanted.push_back(std::move(*value));
    return true;
  }

  static std::optional<Value> operand(const JsonNode& node, const FactDecl& decl) {
    const auto wrong = [&](const std::string& needed) {
      return node.error(in_quotes(decl.name) + " is " + with_article(decl.type) + "; " + node.called() + " must be " +
                        needed),
             std::nullopt;
    };
    switch (decl.type) {
      case FactType::boolean:
        if (!node.json().is_boolean()) return wrong("true or false");
        return node.json().get<bool>();
      case FactType::integer:
      case FactType::number:
        return number(node, decl);
      case FactType::choice: {
        if (!node.json().is_string()) return wrong("one of " + join(choices(decl)));
        const auto written = node.json().get<std::string>();
        const auto known = choices(decl);
        if (std::find(known.begin(), known.end(), written) != known.end()) return written;
        const auto near = did_you_mean(written, known);
        node.error(in_quotes(written) + " is not a value of " + std::string(decl.name) +
                   (near.empty() ? "; it is one of " + join(known) : near));
        return std::nullopt;
      }
      default:
        break;
    }
    if (!node.json().is_string()) return wrong("a text in quotes");
    const auto text = node.text();
    return text ? std::optional<Value>(*text) : std::nullopt;
  }

  static std::vector<std::string> choices(const FactDecl& decl) { return {decl.choices.begin(), decl.choices.end()}; }

  static std::optional<Value> number(const JsonNode& node, const FactDecl& decl) {
    const bool whole = node.json().is_number_integer();
    if (decl.type == FactType::integer ? !whole : !node.json().is_number()) {
      node.error(in_quotes(decl.name) + " is " + with_article(decl.type) + "; " + node.called() + " must be " +
                 (decl.type == FactType::integer ? "a whole number" : "a number"));
      return std::nullopt;
    }
    const auto value = node.json().get<double>();
    if (decl.minimum && value < *decl.minimum) {
      node.error(in_quotes(decl.name) + " is never below " + to_string(Value{*decl.minimum}));
      return std::nullopt;
    }
    if (decl.maximum && value > *decl.maximum) {
      node.error(in_quotes(decl.name) + " is never above " + to_string(Value{*decl.maximum}));
      return std::nullopt;
    }
    return whole ? Value{node.json().get<std::int64_t>()} : Value{value};
  }

  const std::vector<FactDecl>* fields_;
};

}  // namespace

std::optional<Condition> read_condition(const JsonNode& node) { return ConditionReader(nullptr).read(node, 1); }

std::optional<std::string> read_missing(const JsonNode& node) {
  auto text = node.text();
  if (!text) return std::nullopt;
  for (const auto& name : placeholders_in(*text)) {
    const auto& known = placeholder_names();
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto near = nearest(name, known);
    node.error("no placeholder " + in_quotes("{" + name + "}") +
               (near.empty() ? "; there are {" + join(known, "}, {") + "}" : "; did you mean '{" + near + "}'?"));
    return std::nullopt;
  }
  return text;
}

}  // namespace patchgate
