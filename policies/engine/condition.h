#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/fact.h"
#include "policies/engine/glob.h"

namespace patchgate {

enum class Operator { is, is_not, at_least, at_most, in, matches, includes };
inline constexpr Operator kOperators[] = {Operator::is, Operator::is_not,  Operator::at_least, Operator::at_most,
                                          Operator::in, Operator::matches, Operator::includes};

/// The words of the policy file: "is", "is_not", …
const char* name_of(Operator op);

/// The operators that may stand with a fact: none with a list (it takes `every` and `some`), at_least and at_most with
/// numbers and ordered choices, matches and includes with strings.
std::vector<Operator> operators_for(const FactDecl& decl);

/// What a rule asks of the facts. Checked when it was loaded: names, operators and values fit the catalogue.
struct Condition {
  enum class Kind { all, any, none, every, some, leaf };
  Kind kind = Kind::all;
  std::vector<Condition> children;  ///< all, any, none: at least one

  // every, some: rows of the list for which `where` (none or one) holds; each, or one of them, must meet `has` (one)
  std::vector<Condition> where;
  std::vector<Condition> has;

  /// leaf: the fact, or inside of where and has the row's field. every, some: the list. Points into the catalogue.
  const FactDecl* fact = nullptr;
  Operator op = Operator::is;
  std::vector<Value> wanted;  ///< one; `in`: at least one; empty for `matches`
  std::vector<Glob> globs;    ///< `matches`: at least one, any of which will do

  /// Of a leaf that was read from a file.
  Place at{};

  /// What to say where it does not hold, in plain words; {offenders} {value} {count} are filled in. May be empty.
  std::string missing;
};

/// names: as the policy calls things. plain: for a person who knows the project, not the catalogue of facts.
enum class Words { names, plain };

/// "true", or "yes" in plain words.
std::string value_in(const Value& value, Words words);

/// In words: "at least high", "one of clean, conflicts", "not less than …" where it must not hold.
std::string need(const Condition& leaf, bool must_hold, Words words = Words::names);

/// "every symbols.touched with impact at least high has tests.reaching at least 1"; in plain words "every touched
/// symbols with impact: at least high has tests that reach it: at least 1".
std::string describe(const Condition& condition, Words words = Words::names);

}  // namespace patchgate
