#pragma once

#include "analyzers/guards/shape_tree.h"

namespace patchgate {

/// It calls something that does not come back (and is no exception).
bool ends_dead(ShapeView block);

/// It leaves by saying that something is wrong: with an error, null, a negative number, an exception, a jump.
bool refuses(ShapeView block);

}  // namespace patchgate
