#pragma once

#include <optional>
#include <string_view>

#include "analyzers/model/body_shape.h"
#include "analyzers/model/unit.h"

namespace patchgate {

/// What a macro that stands for one number or text stands for, as a declaration with a default: `#define MOST 64`.
/// Nothing for other macros. `text` is that of the file; `file` and `range` are filled in by the caller.
std::optional<BodyShape> macro_value(std::string_view text, const Extent& extent, std::string_view name);

}  // namespace patchgate
