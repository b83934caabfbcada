#pragma once

#include <string>
#include <vector>

#include "analyzers/graph/context.h"
#include "analyzers/graph/graph.h"

namespace patchgate {

/// Adds to the blind spots of the findings those that concern the touched symbols outside of tests: what their own
/// bodies do that no edge shows, and users that may be missing because a template that nobody instantiates, a file of
/// assembler or a lookup at run time names them. At most 5 lines a symbol and 20 in all; the last one says how many
/// more there are.
extern const Analyzer unseen_around;

/// One line for each kind of blind spot of the whole graph: how many there are and where the first is.
std::vector<std::string> blind_spots_of_project(const Graph& graph);

/// "calls through a pointer for which no target is known", …: what `spot` is, for a sentence about its holder.
std::string what_is_unseen(const BlindSpot& spot);

}  // namespace patchgate
