#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzers/guards/shape_tree.h"

namespace patchgate {

/// A value in a condition, by two texts: as it is written, and with variables replaced by what was put into them last.
/// Two terms are the same where either is.
struct Term {
  std::string plain, resolved;
  std::optional<std::int64_t> number;
};

/// One check, in one form for all spellings: `p`, `p != nullptr`, `p.has_value()` and `!!p` are the same, so are
/// `!v.empty()` and `v.size() > 0`, `i < 5` and `i <= 4`, `!(a < b)` and `b <= a`.
struct Atom {
  enum class Op : std::uint8_t { truth, equal, less, less_equal };
  Op op = Op::truth;
  bool negated = false;  ///< of truth and equal alone; the others turn around instead
  Term left, right;      ///< right: none for truth
};

/// What holds when one of them does; an empty one never holds.
using Clause = std::vector<Atom>;

/// What the condition says where it is `wanted`: all of the clauses hold. Nothing where it is always so; a clause that
/// is empty where it never is. Conditions with too many parts are one atom.
std::vector<Clause> clauses_of(ShapeView condition, bool wanted, const Renames& renames, const VariableValues& values);

Atom negation_of(Atom atom);

enum class Sameness : std::uint8_t { resolved, plain };

/// Whether what is `known` says as much as `asked`, or more. With `how` resolved, terms are the same only by their
/// resolved text.
bool implies(const Atom& known, const Atom& asked, Sameness how = Sameness::plain);
bool implies(const Clause& known, const Clause& asked, Sameness how = Sameness::plain);

}  // namespace patchgate
