#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/test_evidence.h"

namespace patchgate {

/// A function of head's file, by its syntax tree: lines of its name and of its end.
struct HeadFunction {
  std::string name;  ///< the last part: `encode` of `crm::encode`
  std::uint32_t first = 0, last = 0;
};

/// Whether what a coverage file says about a file can be about head's text.
struct HeadFit {
  std::string why_not;          ///< it cannot; empty = nothing speaks against it
  std::uint32_t checksums = 0;  ///< of lines that fit
  std::uint32_t functions = 0;  ///< that lie where head's do
  bool operator==(const HeadFit&) const = default;
};

/// Checks that no line is beyond the end of the text, that checksums of lines fit (MD5 in base64, as geninfo
/// --checksum), that a function that head has lies where head has it (by its begin, and by its end where that is told),
/// and of gcov that no empty line has a count.
HeadFit fits_head(const FileCoverage& coverage, std::string_view format, std::string_view head_text,
                  const std::vector<HeadFunction>& functions);

/// `coverage_name`, as a tool spells it (plain C, mangled by the Itanium ABI, or demangled), is a function of that last
/// part.
bool names_function(std::string_view coverage_name, std::string_view last_part);

}  // namespace patchgate
