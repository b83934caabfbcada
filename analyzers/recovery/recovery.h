#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// Whether undoing the patch on the tip of the base applies, or what has to be resolved by hand where
/// (`recovery.revert`).
extern const Analyzer recovery_revert;

/// Formats on disk or on the wire that the patch changes so that what one side wrote the other cannot read: adds to
/// Findings::irreversible.
extern const Analyzer recovery_formats;

/// Code that an exact revert leaves behind with nothing to call: symbols that it removes and that are used by what it
/// does not touch (`patch.revert.users_left.count`, blind spots).
extern const Analyzer recovery_users_left;

/// `recovery.irreversible.count`: how much of what the patch does a revert of the code leaves. Runs after all that add
/// to Findings::irreversible and after sinks/. Unknown where something is not known; then at least what is.
extern const Analyzer recovery_irreversible;

/// What to watch after the deploy: sinks that the touched code feeds, strings that it logs, counts or asks for.
extern const Analyzer recovery_watch;

/// The steps of the way back, in the order in which they have to be done, and who knows the code. Runs last of these.
extern const Analyzer recovery_card;

}  // namespace patchgate
