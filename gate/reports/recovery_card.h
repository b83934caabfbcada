#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gate/reports/report.h"

namespace patchgate {

/// One line of the recovery card, as it came: escape it where it is written.
struct CardLine {
  enum class Kind { title, step, command, left, watch, who };
  Kind kind = Kind::title;
  std::string text;
  unsigned number = 0;  ///< of a step, from 1
};

/// What a person needs on the way back, in the order in which it is needed; at most about 15 lines. The JSON report has
/// all of it.
std::vector<CardLine> recovery_card(const Report& report);

/// A line with its number or mark in front, for a page of plain text: "  2. revert the code", "     git revert …".
std::string plain_line(const CardLine& line);

/// The member `recovery` of the JSON report.
nlohmann::ordered_json recovery_json(const Report& report);

}  // namespace patchgate
