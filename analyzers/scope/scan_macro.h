#pragma once

#include "analyzers/scope/scan_file.h"
#include "analyzers/scope/source_words.h"

namespace patchgate {

/// The rest of a #define line, after the macro's `name`.
Carrier scan_macro(SourceWords& words, const SourceWord& name);

}  // namespace patchgate
