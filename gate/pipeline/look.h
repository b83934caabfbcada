#pragma once

#include <vector>

#include "analyzers/graph/context.h"

namespace patchgate {

/// Every analyzer, in the order in which they run. A new one is a file in a folder of analyzers/ and a line here.
const std::vector<const Analyzer*>& analyzers();

/// Runs them all. Pure; cannot fail.
Findings look(const Context& context, std::vector<TouchedSymbol> touched);

}  // namespace patchgate
