#pragma once

#include <string_view>

namespace patchgate {

/// What a condition on a measurement hangs on, as far as its own text shows.
enum class ConditionKind {
  measured,  ///< on what was measured; that no measurement could ever meet it is not excluded
  always,    ///< true whatever is measured
  never,     ///< false whatever is measured
};

/// Of a condition in the language of Argo's analyses (expr): `||`, `or`, `&&`, `and`, `!`, `not`, parentheses, true,
/// false and comparisons of two literals are followed; all else counts as measured. Time is linear in the text; deeper
/// than 100 levels of parentheses nothing is followed.
ConditionKind kind_of_condition(std::string_view condition);

/// Whether `name` stands in it as a word of its own, outside of quotes.
bool mentions(std::string_view condition, std::string_view name);

}  // namespace patchgate
