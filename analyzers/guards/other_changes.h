#pragma once

#include <vector>

#include "analyzers/guards/lost_guards.h"
#include "analyzers/model/code_change.h"

namespace patchgate {

/// What else is known to go wrong, by comparing what stays. `symbol`, files and sinks of the changes are left to the
/// caller. Each kind has a file of its own: value_changes, error_changes, loop_changes, switch_changes.
std::vector<CodeChange> other_changes(const ComparedBody& body);

/// A change from one place to another; everything else is left empty.
CodeChange change_between(CodeChange::Kind kind, const Use& before, const Use& after);

/// null, 0, "", T() and {}.
bool is_empty_value(ShapeView view);
/// An empty value, a number, a text.
bool is_constant(ShapeView view);

/// A pair of uses that say the same on both sides: numbers in `before` and `after`.
using MatchedUses = std::vector<std::pair<std::size_t, std::size_t>>;

/// Values that became null, zero or empty: assigned, passed, returned, put into a variable or cleared before they are
/// used; fallbacks with another constant; a function that answers the same to everything.
void value_changes(const ComparedBody& body, const MatchedUses& matched, std::vector<CodeChange>& found);

/// Results that nobody looks at any more, catches that end an exception silently, an error code that became success.
void error_changes(const ComparedBody& body, const MatchedUses& matched, std::vector<CodeChange>& found);

/// Loops whose condition lost a part or was widened, that run over what was filtered before, that start earlier, or
/// that ended in their first round.
void loop_changes(const ComparedBody& body, const MatchedUses& matched, std::vector<CodeChange>& found);

/// Cases of a switch that run on into the next one.
void switch_changes(const ComparedBody& body, std::vector<CodeChange>& found);

/// Defaults of parameters and what members, globals, constants and macros start with, from the declarations of one
/// symbol on both sides. Their files are set.
std::vector<CodeChange> default_changes(const std::vector<BodyShape>& base, const std::vector<BodyShape>& head);

}  // namespace patchgate
