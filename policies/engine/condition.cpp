#include "policies/engine/condition.h"

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

std::string list_of(const Condition& leaf, Words words) {
  std::vector<std::string> texts;
  for (const auto& value : leaf.wanted) texts.push_back(value_in(value, words));
  for (const auto& glob : leaf.globs) texts.push_back(glob.pattern());
  return join(texts, " or ");
}

std::string describe(const Condition& condition, Words words, bool inside);

std::string describe_children(const Condition& condition, Words words, const char* between, bool inside) {
  std::vector<std::string> texts;
  for (const auto& child : condition.children) texts.push_back(describe(child, words, true));
  const bool brackets = inside && texts.size() > 1;
  return (brackets ? "(" : "") + join(texts, between) + (brackets ? ")" : "");
}

std::string describe(const Condition& condition, Words words, bool inside) {
  switch (condition.kind) {
    case Condition::Kind::all:
      return describe_children(condition, words, " and ", inside);
    case Condition::Kind::any:
      return describe_children(condition, words, " or ", inside);
    case Condition::Kind::none:
      return "not (" + describe_children(condition, words, " or ", false) + ")";
    case Condition::Kind::every:
    case Condition::Kind::some: {
      std::string text = condition.kind == Condition::Kind::every ? "every " : "some ";
      text += words == Words::plain ? condition.fact->phrase : condition.fact->name;
      if (!condition.where.empty()) text += " with " + describe(condition.where.front(), words, true);
      return text + " has " + describe(condition.has.front(), words, true);
    }
    case Condition::Kind::leaf:
      break;
  }
  return words == Words::plain ? std::string(condition.fact->phrase) + ": " + need(condition, true, words)
                               : std::string(condition.fact->name) + " " + need(condition, true, words);
}

}  // namespace

const char* name_of(Operator op) {
  switch (op) {
    case Operator::is:
      return "is";
    case Operator::is_not:
      return "is_not";
    case Operator::at_least:
      return "at_least";
    case Operator::at_most:
      return "at_most";
    case Operator::in:
      return "in";
    case Operator::matches:
      return "matches";
    case Operator::includes:
      break;
  }
  return "includes";
}

std::vector<Operator> operators_for(const FactDecl& decl) {
  switch (decl.type) {
    case FactType::boolean:
      return {Operator::is, Operator::is_not};
    case FactType::integer:
    case FactType::number:
      return {Operator::is, Operator::is_not, Operator::at_least, Operator::at_most, Operator::in};
    case FactType::string:
      return {Operator::is, Operator::is_not, Operator::in, Operator::matches, Operator::includes};
    case FactType::choice:
      if (!decl.ordered) return {Operator::is, Operator::is_not, Operator::in};
      return {Operator::is, Operator::is_not, Operator::at_least, Operator::at_most, Operator::in};
    case FactType::list:
      break;
  }
  return {};
}

std::string value_in(const Value& value, Words words) {
  const auto* flag = std::get_if<bool>(&value);
  if (words == Words::plain && flag != nullptr) return *flag ? "yes" : "no";
  return to_string(value);
}

std::string need(const Condition& leaf, bool must_hold, Words words) {
  const std::string wanted = list_of(leaf, words);
  switch (leaf.op) {
    case Operator::is:
      return must_hold ? wanted : "not " + wanted;
    case Operator::is_not:
      return must_hold ? "not " + wanted : wanted;
    case Operator::at_least:
      return (must_hold ? "at least " : "less than ") + wanted;
    case Operator::at_most:
      if (words == Words::plain && must_hold && wanted == "0") return "none";
      return (must_hold ? "at most " : "more than ") + wanted;
    case Operator::in:
      return (must_hold ? "" : "not ") + wanted;
    case Operator::matches:
      return (must_hold ? "like " : "not like ") + wanted;
    case Operator::includes:
      break;
  }
  return (must_hold ? "with " : "without ") + in_quotes(wanted) + " in it";
}

std::string describe(const Condition& condition, Words words) { return describe(condition, words, false); }

}  // namespace patchgate
