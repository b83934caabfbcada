#pragma once

#include <optional>

#include "policies/engine/condition.h"
#include "policies/engine/document.h"

namespace patchgate {

/// Reads one condition and checks it against the catalogue. Nothing where it is wrong; all that is wrong in it is then
/// an error at its place.
std::optional<Condition> read_condition(const JsonNode& node);

/// Reads a `missing` text; unknown {placeholders} are errors.
std::optional<std::string> read_missing(const JsonNode& node);

}  // namespace patchgate
