#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gate/reports/report.h"

namespace patchgate {

/// What the calendar says about the time of the run, for people, most of the time one line: "frozen by year-end until
/// 2027-01-04 08:00 Europe/Berlin (nobody is there)", "next freeze in 25 d: …". Empty where nobody asked. Names as they
/// came: escape them where they are written.
std::vector<std::string> calendar_lines(const Report& report);

/// The key "calendar" of `inputs`, and the one of the report itself; null where there is none.
nlohmann::ordered_json calendar_input_json(const Report& report);
nlohmann::ordered_json calendar_json(const Report& report);

}  // namespace patchgate
