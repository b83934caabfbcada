#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// The way back: whether undoing the patch applies (`recovery.revert`), what to do in which order, what to watch after
/// the deploy. Runs after sinks/feeds.
///
/// `recovery.irreversible.count` is 0 only where everything was read and no data sink and no migration is touched; else
/// it is unknown: whether changed data can be restored is not seen here.
extern const Analyzer recovery_revert;

}  // namespace patchgate
