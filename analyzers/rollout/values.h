#pragma once

#include <optional>
#include <string_view>

#include "analyzers/rollout/document.h"

namespace patchgate {

/// A decimal number without quotes; none for anything else.
std::optional<double> number_of(const DocNode& node);
/// A whole number, with or without quotes (Kubernetes' IntOrString).
std::optional<long> whole_of(const DocNode& node);
/// true or false without quotes.
std::optional<bool> truth_of(const DocNode& node);

/// "90s", "30m", "1h30m", "1d" → minutes; none for anything else. `bare_seconds`: a number alone counts seconds.
std::optional<double> minutes_of(std::string_view text, bool bare_seconds);

}  // namespace patchgate
