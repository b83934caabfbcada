#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzers/model/body_shape.h"

namespace patchgate {

/// What both texts of one patch are compared to. Every function of them counts as touched. `want`: a line for each
/// finding.
struct GuardCase {
  const char* name;
  const char* base;
  const char* head;
  const char* want;
};
inline void PrintTo(const GuardCase& one, std::ostream* out) { *out << one.name; }
inline std::string name_of_guard_case(const testing::TestParamInfo<GuardCase>& info) { return info.param.name; }

/// The bodies of all functions in the text, as the worker sees them. `c`: as C.
UnitShapes shapes_in(std::string_view text, bool c = false);

/// Lines `kind: before → after | use [how] base line/head line`, as the analyzer states them.
std::string findings_between(std::string_view base, std::string_view head, bool c = false);

}  // namespace patchgate
