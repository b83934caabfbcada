#include "policies/engine/leaf.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

/// Numbers and ordered choices on one scale; wide enough for every 64-bit integer. For values that why_unknown accepts.
long double on_scale(const FactDecl& decl, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<long double>(*integer);
  if (const auto* number = std::get_if<double>(&value)) return static_cast<long double>(*number);
  const auto found = std::find(decl.choices.begin(), decl.choices.end(), std::get<std::string>(value));
  return static_cast<long double>(found - decl.choices.begin());
}

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

/// Why a value cannot be judged; empty where it can.
std::string why_unknown(const FactDecl& decl, const Value& value) {
  if (const auto* unknown = std::get_if<Unknown>(&value)) {
    const auto seen = unknown->at_least > 0 ? "at least " + std::to_string(unknown->at_least) + "; " : std::string();
    return seen + one_line(unknown->why, kLongestReason);
  }
  const auto* word = std::get_if<std::string>(&value);
  bool fits = false;
  switch (decl.type) {
    case FactType::boolean:
      fits = std::holds_alternative<bool>(value);
      break;
    case FactType::integer:
    case FactType::number:
      fits = is_number(value);
      break;
    case FactType::string:
    case FactType::choice:
      fits = word != nullptr;
      break;
    case FactType::list:
      break;
  }
  if (!fits) return "its value is no " + std::string(name_of(decl.type));
  if (const auto* number = std::get_if<double>(&value); number != nullptr && !std::isfinite(*number)) {
    return "its value is no finite number";
  }
  const bool known =
      decl.type != FactType::choice || std::find(decl.choices.begin(), decl.choices.end(), *word) != decl.choices.end();
  return known ? "" : in_quotes(*word) + " is not among its values";
}

bool equal(const FactDecl& decl, const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return on_scale(decl, a) == on_scale(decl, b);
  return a == b;
}

bool holds(const Condition& leaf, const Value& value) {
  const auto& decl = *leaf.fact;
  const auto one_of_them = [&] {
    return std::any_of(leaf.wanted.begin(), leaf.wanted.end(),
                       [&](const Value& wanted) { return equal(decl, value, wanted); });
  };
  switch (leaf.op) {
    case Operator::is:
    case Operator::in:
      return one_of_them();
    case Operator::is_not:
      return !one_of_them();
    case Operator::at_least:
      return on_scale(decl, value) >= on_scale(decl, leaf.wanted[0]);
    case Operator::at_most:
      return on_scale(decl, value) <= on_scale(decl, leaf.wanted[0]);
    case Operator::matches: {
      const auto& text = std::get<std::string>(value);
      return std::any_of(leaf.globs.begin(), leaf.globs.end(), [&](const Glob& glob) { return glob.matches(text); });
    }
    case Operator::includes:
      break;
  }
  return std::get<std::string>(value).find(std::get<std::string>(leaf.wanted[0])) != std::string::npos;
}

/// What holds of a count that is not lower than some number, whatever it is; nothing where that depends.
std::optional<bool> holds_from(const Condition& leaf, std::int64_t least) {
  const bool all_below = std::all_of(leaf.wanted.begin(), leaf.wanted.end(), [&](const Value& wanted) {
    return is_number(wanted) && on_scale(*leaf.fact, wanted) < static_cast<long double>(least);
  });
  switch (leaf.op) {
    case Operator::at_least:
      if (on_scale(*leaf.fact, leaf.wanted[0]) <= static_cast<long double>(least)) return true;
      break;
    case Operator::at_most:
    case Operator::is:
    case Operator::in:
      if (all_below) return false;
      break;
    case Operator::is_not:
      if (all_below) return true;
      break;
    case Operator::matches:
    case Operator::includes:
      break;
  }
  return std::nullopt;
}

/// Whether the condition holds; nothing where that is not known, though the value may be.
std::optional<bool> decided(const Condition& leaf, const Value& value) {
  const auto* unknown = std::get_if<Unknown>(&value);
  if (unknown == nullptr) return holds(leaf, value);
  return unknown->at_least > 0 && leaf.fact->type == FactType::integer ? holds_from(leaf, unknown->at_least)
                                                                       : std::nullopt;
}

/// "raise it by 3", for thresholds of numbers that are missed by something that can be said.
std::string distance(const Condition& leaf, const Value& value, bool must_hold) {
  const bool threshold = leaf.op == Operator::at_least || leaf.op == Operator::at_most;
  if (!threshold || !must_hold || !is_number(value)) return {};
  const bool up = leaf.op == Operator::at_least;
  const auto gap = on_scale(*leaf.fact, leaf.wanted[0]) - on_scale(*leaf.fact, value);
  const auto size = static_cast<double>(up ? gap : -gap);
  const bool whole = leaf.fact->type == FactType::integer && std::floor(size) == size && size < 9e15;
  const auto text = whole ? to_string(Value{static_cast<std::int64_t>(size)}) : to_string(Value{size});
  return (up ? "raise it by " : "lower it by ") + text;
}

/// A claimed fact is what the patch's author says, and is marked wherever it decides something.
std::string mark(const FactDecl& decl) { return decl.trust == Trust::claimed ? " [claimed]" : ""; }

/// "hotfix [claimed]", "no exact revert", "risk: high".
std::string held_in_plain_words(const FactDecl& decl, const Value& value) {
  const std::string phrase(decl.phrase);
  const auto* flag = std::get_if<bool>(&value);
  if (flag != nullptr) return (*flag ? phrase : "no " + phrase) + mark(decl);
  return phrase + ": " + one_line(to_string(value), 120) + mark(decl);
}

}  // namespace

Truth truth_of(const Condition& leaf, const Value& value, bool must_hold) {
  const bool fits = std::holds_alternative<Unknown>(value) || why_unknown(*leaf.fact, value).empty();
  const auto known = fits ? decided(leaf, value) : std::nullopt;
  if (!known) return Truth::unknown;
  return *known == must_hold ? Truth::yes : Truth::no;
}

Assessment judge_leaf(const Condition& leaf, const Value& value, bool must_hold, Voice voice) {
  const auto& decl = *leaf.fact;
  const std::string name(decl.name);
  const std::string needed = need(leaf, must_hold);
  const std::string demand = (voice == Voice::require ? ", need " : ", applies only if ") + needed;
  const std::string phrase(decl.phrase);
  const std::string wanted = need(leaf, must_hold, Words::plain);
  Assessment assessment;
  Obstacle obstacle;
  obstacle.fact = name;
  obstacle.missing = leaf.missing;
  const bool fits = std::holds_alternative<Unknown>(value) || why_unknown(decl, value).empty();
  const auto known = fits ? decided(leaf, value) : std::nullopt;
  if (!known) {
    const auto why = why_unknown(decl, value);
    assessment.truth = obstacle.truth = Truth::unknown;
    obstacle.value = "unknown";
    obstacle.why_unknown = why;
    obstacle.because = name + " is unknown (" + why + ")" + demand;
    obstacle.to_pass = name + " " + needed + " (now unknown: " + why + ")";
    obstacle.plain = phrase + ": " + (voice == Voice::require ? "not known (" + why + "), needed: " : "") + wanted;
    assessment.obstacles.push_back(std::move(obstacle));
    return assessment;
  }
  obstacle.value = one_line(to_string(value), 120);
  if (*known == must_hold) {
    assessment.held.push_back({name + " = " + obstacle.value + mark(decl), held_in_plain_words(decl, value)});
    return assessment;
  }
  const auto away = voice == Voice::require ? distance(leaf, value, must_hold) : "";
  assessment.truth = obstacle.truth = Truth::no;
  obstacle.because = name + " = " + obstacle.value + mark(decl) + demand + (away.empty() ? "" : " (" + away + ")");
  obstacle.to_pass = name + " " + needed + " (now " + obstacle.value + (away.empty() ? "" : ": " + away) + ")";
  const auto now = one_line(value_in(value, Words::plain), 120);
  obstacle.plain = phrase + ": " + (voice == Voice::require ? now + ", needed: " : "") + wanted;
  assessment.obstacles.push_back(std::move(obstacle));
  return assessment;
}

}  // namespace patchgate
