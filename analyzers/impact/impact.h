#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// Fan-in, rank, entry points, folders and level of every touched symbol, and of the patch. Reads the sinks that
/// `sinks/feeds` found. Orders Findings::touched: highest impact first.
///
/// - On the merge base; on head for a symbol that the patch adds.
/// - The level follows the bands of Context::risk, on the proven (lower) transitive fan-in. "High and feeding a sink"
///   counts sinks that are fed for certain; one that is only possible is mentioned, and raises nothing.
/// - A symbol in test code is low, unless code outside of the tests reaches it: then it is judged as any other.
/// - Entry points: main, exported functions and functions that run by themselves, from which proven edges lead to the
///   symbol; itself included where it is one. Folders: of the symbols that reach it by proven edges. Tests are left out
///   of both.
/// - A symbol that the graph does not know has the level "unknown", and so has the patch then, unless another of its
///   symbols is critical.
extern const Analyzer impact_fan_in;

/// `symbols.touched`, one row a symbol, from what the analyzers before it found out: runs after sinks/feeds,
/// impact/fan_in and tests/reaching.
extern const Analyzer impact_touched_rows;

/// Counts of files, lines, symbols, unread places; the names of the branches.
extern const Analyzer impact_patch_facts;

/// Build files, link maps and generators among the changed files, each with what the graph cannot show of it.
extern const Analyzer impact_build_files;

/// risk.level from impact.level and likelihood.level by the table; runs last. A likelihood that is not known is judged
/// as moderate; an impact that is not known makes the risk unknown.
extern const Analyzer impact_risk;

}  // namespace patchgate
