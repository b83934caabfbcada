#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzers/rollout/document.h"

namespace patchgate {

/// Empty where there is no scalar.
std::string scalar_text(const DocNode* node);
/// A decimal number without quotes; none for anything else, a leading zero included.
std::optional<double> number_of(const DocNode& node);
/// A whole number, with or without quotes (Kubernetes' IntOrString).
std::optional<long> whole_of(const DocNode& node);
/// true or false without quotes.
std::optional<bool> truth_of(const DocNode& node);

/// "90s", "30m", "1h30m", "1d" → minutes; none for anything else. `bare_seconds`: a number alone counts seconds.
std::optional<double> minutes_of(std::string_view text, bool bare_seconds);
/// ISO 8601: "PT1H30M" → 90; none for anything else.
std::optional<double> minutes_of_iso(std::string_view text);
/// "5", "2.5", "33.33": at most two decimals.
std::string short_number(double number);

}  // namespace patchgate
