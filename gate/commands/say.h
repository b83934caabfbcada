#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// One line or more on standard error, made safe for a terminal and for a CI log.
void say(std::string_view text);

/// Each line of each error: `PATH:LINE:COL: text` where it has a place, else `patchgate: text`; hints indented below.
/// No newline at the end.
std::string lines_about(const std::vector<Error>& errors);

/// Says every error; gives the exit code of the first.
int say_errors(const std::vector<Error>& errors);

/// Writes to standard output; an error (io) where that cannot be done.
Result<void> print(std::string_view text);

/// Whether standard output is a terminal that wants colours (NO_COLOR is honoured).
bool wants_color();

}  // namespace patchgate
