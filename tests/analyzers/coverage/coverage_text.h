#pragma once

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "analyzers/coverage/read_coverage.h"

namespace patchgate::test {

/// A file of tests/analyzers/coverage/made.
inline std::string made(const std::string& name) {
  std::ifstream file(std::string(PATCHGATE_SOURCE_DIR) + "/tests/analyzers/coverage/made/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// `a.cpp: 3*5 4*5(1/2) 9*0 | fee@3-12`, a line a file; then what is wrong.
inline std::string files_text(const std::vector<FileCoverage>& files) {
  std::string text;
  for (const auto& file : files) {
    text += file.path + ":";
    for (const auto& line : file.lines) {
      text += " " + std::to_string(line.line) + "*" + std::to_string(line.count);
      if (line.branches > 0)
        text += "(" + std::to_string(line.branches_taken) + "/" + std::to_string(line.branches) + ")";
    }
    for (const auto& function : file.functions) {
      text += " | " + function.name + "@" + std::to_string(function.first);
      if (function.last_line != 0) text += "-" + std::to_string(function.last_line);
    }
    if (!file.unusable.empty()) text += " unusable: " + file.unusable;
    text += "\n";
  }
  return text;
}

/// Read in pieces of `piece` bytes.
inline std::string read_text(const std::string& text, const std::vector<std::string>& tree,
                             const std::set<std::string, std::less<>>& wanted, std::size_t piece = 1U << 20U) {
  const TreePaths paths(tree);
  CoverageBuilder builder(paths, wanted);
  std::size_t at = 0;
  std::string format;
  const auto done = read_coverage(
      "cov",
      [&]() -> Result<std::string_view> {
        const auto next = std::string_view(text).substr(at, piece);
        at += next.size();
        return next;
      },
      builder, format);
  if (!done) return to_string(done.error());
  return format + "\n" + files_text(builder.build());
}

}  // namespace patchgate::test
