#include "policies/engine/condition.h"

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

std::string list_of(const Condition& leaf) {
  std::vector<std::string> words;
  for (const auto& value : leaf.wanted) words.push_back(to_string(value));
  for (const auto& glob : leaf.globs) words.push_back(glob.pattern());
  return join(words, " or ");
}

std::string describe(const Condition& condition, bool inside);

std::string describe_children(const Condition& condition, const char* between, bool inside) {
  std::vector<std::string> words;
  for (const auto& child : condition.children) words.push_back(describe(child, true));
  const bool brackets = inside && words.size() > 1;
  return (brackets ? "(" : "") + join(words, between) + (brackets ? ")" : "");
}

std::string describe(const Condition& condition, bool inside) {
  switch (condition.kind) {
    case Condition::Kind::all:
      return describe_children(condition, " and ", inside);
    case Condition::Kind::any:
      return describe_children(condition, " or ", inside);
    case Condition::Kind::none:
      return "not (" + describe_children(condition, " or ", false) + ")";
    case Condition::Kind::every:
    case Condition::Kind::some: {
      std::string text = condition.kind == Condition::Kind::every ? "every " : "some ";
      text += condition.fact->name;
      if (!condition.where.empty()) text += " with " + describe(condition.where.front(), true);
      return text + " has " + describe(condition.has.front(), true);
    }
    case Condition::Kind::leaf:
      break;
  }
  return std::string(condition.fact->name) + " " + need(condition, true);
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

std::string need(const Condition& leaf, bool must_hold) {
  const std::string wanted = list_of(leaf);
  switch (leaf.op) {
    case Operator::is:
      return must_hold ? wanted : "not " + wanted;
    case Operator::is_not:
      return must_hold ? "not " + wanted : wanted;
    case Operator::at_least:
      return (must_hold ? "at least " : "less than ") + wanted;
    case Operator::at_most:
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

std::string describe(const Condition& condition) { return describe(condition, false); }

}  // namespace patchgate
