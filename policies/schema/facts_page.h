#pragma once

#include <string>

namespace patchgate {

/// docs/facts.md: every fact and every field of a row with type, range, unit, trust and operators, from the catalogue.
std::string facts_page();

}  // namespace patchgate
