#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// Which changed lines the tests ran, by the coverage files that were given.
///
/// - Counted are changed lines of C and C++ on head, tests left out, that the compiler made code for: those with a
///   count, and those that go on with a statement that has one. A line is covered, missed or unknown. Unknown are lines
///   with code in a touched function of which no line has a count (it was not compiled into what ran), and those in
///   files that no usable coverage names.
/// - A file's coverage counts only where nothing speaks against its being head's (fits_head.h). Which check was made is
///   a remark of the report.
/// - `coverage.changed_lines.percent` is unknown where a line is, with the share that surely ran as its lower end, and
///   where no changed line is code.
/// - Several files: counts add up.
extern const Analyzer coverage_changed_lines;

}  // namespace patchgate
