#pragma once

namespace patchgate {

/// Nothing that a person would see for what it is: controls (C0, DEL, C1), line and paragraph separators, direction
/// marks and overrides, blanks other than the space, zero-width and filler characters, variation selectors, tags. What
/// is shown anywhere (a report, a table, an error) has none of these in it as they are.
bool is_invisible(char32_t code_point);

}  // namespace patchgate
