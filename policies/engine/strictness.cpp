#include "policies/engine/strictness.h"

#include <algorithm>

namespace patchgate {

namespace {

/// The position of a number or an ordered choice on its scale.
double rank(const FactDecl& decl, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  const auto found = std::find(decl.choices.begin(), decl.choices.end(), std::get<std::string>(value));
  return static_cast<double>(found - decl.choices.begin());
}

template <class T, class Same>
bool all_of_in(const std::vector<T>& part, const std::vector<T>& whole, Same same) {
  return std::all_of(part.begin(), part.end(), [&](const T& one) {
    return std::any_of(whole.begin(), whole.end(), [&](const T& other) { return same(one, other); });
  });
}

bool same_value(const Value& a, const Value& b) { return a == b; }
bool same_glob(const Glob& a, const Glob& b) { return a.pattern() == b.pattern(); }

bool stricter_leaf(const Condition& before, const Condition& now) {
  if (before.fact != now.fact || before.op != now.op) return false;
  switch (now.op) {
    case Operator::at_least:
      return rank(*now.fact, now.wanted[0]) >= rank(*now.fact, before.wanted[0]);
    case Operator::at_most:
      return rank(*now.fact, now.wanted[0]) <= rank(*now.fact, before.wanted[0]);
    case Operator::in:
      return all_of_in(now.wanted, before.wanted, same_value);
    case Operator::matches:
      return all_of_in(now.globs, before.globs, same_glob);
    default:
      return now.wanted == before.wanted;
  }
}

/// Without `where` all rows count.
bool stricter_rows(const Condition& before, const Condition& now, bool more_rows_is_stricter) {
  if (before.where.empty() && now.where.empty()) return true;
  if (before.where.empty()) return !more_rows_is_stricter;
  if (now.where.empty()) return more_rows_is_stricter;
  return more_rows_is_stricter ? at_least_as_strict(now.where[0], before.where[0])
                               : at_least_as_strict(before.where[0], now.where[0]);
}

}  // namespace

bool at_least_as_strict(const Condition& before, const Condition& now) {
  if (before.kind != now.kind) return false;
  const auto implies = [](const Condition& a, const Condition& b) { return at_least_as_strict(b, a); };
  switch (now.kind) {
    case Condition::Kind::all:  // whatever was asked for is still asked for
      return all_of_in(before.children, now.children,
                       [&](const Condition& asked, const Condition& still) { return implies(still, asked); });
    case Condition::Kind::any:  // whatever is enough now was enough before
      return all_of_in(now.children, before.children,
                       [&](const Condition& enough, const Condition& was) { return implies(enough, was); });
    case Condition::Kind::none:  // whatever was forbidden still is
      return all_of_in(before.children, now.children,
                       [&](const Condition& forbidden, const Condition& still) { return implies(forbidden, still); });
    case Condition::Kind::every:
    case Condition::Kind::some:
      return before.fact == now.fact && at_least_as_strict(before.has[0], now.has[0]) &&
             stricter_rows(before, now, now.kind == Condition::Kind::every);
    case Condition::Kind::leaf:
      break;
  }
  return stricter_leaf(before, now);
}

Effect effect_of_failure(const Rule& rule) {
  switch (rule.level) {
    case RuleLevel::observe:
      return Effect::observe;
    case RuleLevel::warn:
      return Effect::warn;
    default:
      return Effect::block;
  }
}

Effect effect_of_unknown(const Rule& rule) {
  if (rule.level == RuleLevel::observe) return Effect::observe;
  return rule.unknown.value_or(effect_of_failure(rule));
}

std::vector<std::string> what_is_loosened(const Rule& before, const Rule& now) {
  std::vector<std::string> loosened;
  if (now.level < before.level) {
    loosened.push_back(std::string("level ") + name_of(before.level) + " → " + name_of(now.level));
  }
  if (effect_of_unknown(now) < effect_of_unknown(before)) {
    loosened.push_back(std::string("unknown ") + name_of(effect_of_unknown(before)) + " → " +
                       name_of(effect_of_unknown(now)));
  }
  if (!at_least_as_strict(before.require, now.require)) loosened.emplace_back("require");
  // It is the wider `when` that asks for more.
  const bool narrower = now.when && (!before.when || !at_least_as_strict(*now.when, *before.when));
  if (narrower) loosened.emplace_back("when");
  const bool fewer_paths =
      !now.paths.empty() && (before.paths.empty() || !all_of_in(before.paths, now.paths, same_glob));
  if (fewer_paths) loosened.emplace_back("paths");
  return loosened;
}

}  // namespace patchgate
