#pragma once

#include <string>
#include <vector>

#include "policies/engine/policy.h"

namespace patchgate {

/// A rule with one small mistake in it, of the kind that people make.
struct Mutant {
  Rule rule;
  Place at;          ///< of the changed condition, where it was read from a file
  std::string what;  ///< "'risk.level at least high' could be 'risk.level at least critical'", first as it is written
};

/// All of them, in the order of the rule's text: a threshold one higher or lower, `at_least` for `at_most`, the next or
/// the last value of a choice, true for false, one value less in `in`. Only mistakes that a policy could be loaded
/// with.
std::vector<Mutant> mutants_of(const Rule& rule);

}  // namespace patchgate
