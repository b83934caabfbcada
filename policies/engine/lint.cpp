#include "policies/engine/lint.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

/// What is left of a fact's values when several leaves must hold at once.
struct Left {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::optional<std::set<std::string>> words;  ///< none = all of them
  std::set<std::string> not_words;

  bool nothing() const {
    if (low > high) return true;
    if (!words) return false;
    return std::all_of(words->begin(), words->end(), [&](const auto& word) { return not_words.count(word) != 0; });
  }
};

double rank(const FactDecl& decl, const Value& value) {
  if (decl.type == FactType::choice) {
    const auto found = std::find(decl.choices.begin(), decl.choices.end(), std::get<std::string>(value));
    return static_cast<double>(found - decl.choices.begin());
  }
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer != nullptr ? static_cast<double>(*integer) : std::get<double>(value);
}

bool is_scale(const FactDecl& decl) {
  return decl.type == FactType::integer || decl.type == FactType::number || decl.ordered;
}

void narrow(const Condition& leaf, Left& left) {
  const auto keep = [&](std::set<std::string> words) {
    if (!left.words) {
      left.words = std::move(words);
      return;
    }
    std::set<std::string> both;
    std::set_intersection(words.begin(), words.end(), left.words->begin(), left.words->end(),
                          std::inserter(both, both.end()));
    left.words = std::move(both);
  };
  const auto& decl = *leaf.fact;
  switch (leaf.op) {
    case Operator::is:
      keep({to_string(leaf.wanted[0])});
      if (is_scale(decl)) left.low = std::max(left.low, rank(decl, leaf.wanted[0]));
      if (is_scale(decl)) left.high = std::min(left.high, rank(decl, leaf.wanted[0]));
      break;
    case Operator::is_not:
      left.not_words.insert(to_string(leaf.wanted[0]));
      break;
    case Operator::at_least:
      left.low = std::max(left.low, rank(decl, leaf.wanted[0]));
      break;
    case Operator::at_most:
      left.high = std::min(left.high, rank(decl, leaf.wanted[0]));
      break;
    case Operator::in: {
      std::set<std::string> words;
      for (const auto& value : leaf.wanted) words.insert(to_string(value));
      keep(std::move(words));
      break;
    }
    default:
      break;
  }
}

void collect(const Condition& condition, std::map<std::string_view, Left>& facts) {
  if (condition.kind == Condition::Kind::leaf) narrow(condition, facts[condition.fact->name]);
  if (condition.kind != Condition::Kind::all) return;
  for (const auto& child : condition.children) collect(child, facts);
}

/// `at_least` the smallest value there is, `at_most` the largest.
bool always_holds(const Condition& condition) {
  const auto all = [](const Condition& parent) {
    return std::all_of(parent.children.begin(), parent.children.end(), always_holds);
  };
  if (condition.kind == Condition::Kind::all) return all(condition);
  if (condition.kind != Condition::Kind::leaf) return false;
  const auto& decl = *condition.fact;
  const bool ordered = decl.type == FactType::choice;
  if (condition.op == Operator::at_least) {
    const double least = ordered ? 0 : decl.minimum.value_or(-std::numeric_limits<double>::infinity());
    return rank(decl, condition.wanted[0]) <= least;
  }
  if (condition.op == Operator::at_most) {
    const auto last = static_cast<double>(decl.choices.size()) - 1;
    const double most = ordered ? last : decl.maximum.value_or(std::numeric_limits<double>::infinity());
    return rank(decl, condition.wanted[0]) >= most;
  }
  return false;
}

}  // namespace

bool never_holds(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::any:
      return std::all_of(condition.children.begin(), condition.children.end(), never_holds);
    case Condition::Kind::all: {
      if (std::any_of(condition.children.begin(), condition.children.end(), never_holds)) return true;
      std::map<std::string_view, Left> facts;
      collect(condition, facts);
      return std::any_of(facts.begin(), facts.end(), [](const auto& fact) { return fact.second.nothing(); });
    }
    case Condition::Kind::some:
      return never_holds(condition.has[0]) || (!condition.where.empty() && never_holds(condition.where[0]));
    case Condition::Kind::none:
      return std::any_of(condition.children.begin(), condition.children.end(), always_holds);
    default:
      return false;
  }
}

void find_odd_rules(const Policy& policy, std::vector<Error>& warnings) {
  const auto warn = [&](const Rule& rule, const std::string& text) {
    warnings.push_back(Error{Error::Kind::config, "rule " + in_quotes(rule.id) + " " + text, rule.at, {}, {}});
  };
  for (const auto& rule : policy.rules) {
    if (rule.when && never_holds(*rule.when)) warn(rule, "can never apply: its 'when' contradicts itself");
    if (never_holds(rule.require)) warn(rule, "can never pass: its 'require' contradicts itself");
    if (always_holds(rule.require)) warn(rule, "can never fail: its 'require' holds for every value");
  }
}

}  // namespace patchgate
