#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace patchgate {

/// The parts of an AND that are not always true, each without its place in the text, sorted. `where`: of a parse tree;
/// null = there is none. `table`: whose rows it chooses, so that `id IN (SELECT id FROM table)` is known to hold for
/// all of them; empty = not one table.
std::vector<std::string> conditions_of(const nlohmann::json* where, const std::string& table);

}  // namespace patchgate
