#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gate/reports/report.h"

namespace patchgate {

/// What the patch takes away in touched functions, a sentence each, those that feed a sink first. Names and source text
/// are as they came: escape them where they are written.
std::vector<std::string> code_change_lines(const Report& report);

/// One of them: "the check `p` is gone before `use(p)`, which feeds http_write".
std::string code_change_in_short(const Report& report, const CodeChange& change);

/// The same for programs: { "found": […], "unknown": why not all was compared, or null }.
nlohmann::ordered_json code_changes_json(const Report& report);

}  // namespace patchgate
