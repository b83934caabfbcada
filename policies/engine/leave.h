#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "policies/engine/exceptions.h"
#include "policies/engine/override.h"
#include "policies/engine/policy.h"
#include "policies/engine/verdict.h"

namespace patchgate {

/// What may lift rules that do not pass.
struct Leave {
  std::vector<Exception> exceptions;  ///< all of the file
  std::vector<BreakGlass> overrides;  ///< those in force (why_refused() says nothing)
  /// Where what a file of head holds stood on the base, of files that the patch moves and of those into which it moves
  /// a symbol.
  std::map<std::string, std::set<std::string>> moved;
  std::int64_t now = 0;  ///< seconds since 1970
};

/// What became of an exception. idle: the patch touches nothing in its paths. not_needed: it does, and the rule does
/// not object to anything there.
enum class ExceptionState { used, not_needed, idle, expired };
const char* name_of(ExceptionState state);

struct VerdictWithLeave {
  Verdict verdict;
  std::vector<ExceptionState> exceptions;  ///< of each one, in the order of Leave::exceptions
};

/// As evaluate() without leave, then:
/// - A rule that does not pass is judged again without what active exceptions cover: rows of lists by the file they
///   stand in (before a move, too) and their symbol, and of a counted fact that lists all its places those places. What
///   has no place is covered where the exceptions cover every touched path. Holds it then, its result stays, and it has
///   no effect; else only what is left objects.
/// - A rule that would block and that an override names only warns, and the headline begins with OVERRIDDEN, unless
///   another rule blocks. Never one of level final.
/// No other rule changes.
VerdictWithLeave evaluate(const Policy& policy, const Facts& facts, const std::vector<std::string>& touched_paths,
                          const Leave& leave);

}  // namespace patchgate
