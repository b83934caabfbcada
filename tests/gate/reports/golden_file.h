#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace patchgate {

/// Compares with the file `tests/<path>`. Where they differ: which lines, and how to accept the new text. With
/// PATCHGATE_ACCEPT=1 in the environment the file is written instead.
testing::AssertionResult matches_golden(std::string_view path, const std::string& text);

/// Lines of both, `-` only expected, `+` only actual, with two lines of context; empty where they are equal.
std::string line_diff(const std::string& expected, const std::string& actual);

}  // namespace patchgate
