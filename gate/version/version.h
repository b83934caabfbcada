#pragma once

#include <string>

namespace patchgate {

/// From git: "1.2.0", "1.2.0+5.g6315281c0e7a" (Semantic Versioning); cmake/version.cmake says what else there is.
std::string program_version();

/// The day of the commit that this program was made from: "2026-01-05"; "1970-01-01" where nothing says it.
std::string program_date();

}  // namespace patchgate
