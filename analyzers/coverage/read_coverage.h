#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/coverage/coverage_builder.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// Gives the next piece of a file; empty at its end. A piece is valid until the next call.
using ByteSource = std::function<Result<std::string_view>()>;

/// A file of a format that is read whole may be so large.
inline constexpr std::size_t kWholeCoverageBytes = 64U << 20U;
/// lcov is read piece by piece; so much of it, then it is an error.
inline constexpr std::size_t kLcovBytes = 4U * 1024U * 1024U * 1024U - 1U;

/// Reads a coverage file of any of the known formats, told apart by what it begins with: lcov (geninfo 1 and 2),
/// Cobertura XML, JSON of gcov (format version 1 and 2) and of `llvm-cov export` (version 2). Errors (config, at `name`
/// and the line): none of these, damaged, cut off, past a limit; (io) what `source` says.
///
/// \param format is set as soon as it is known
Result<void> read_coverage(const std::string& name, const ByteSource& source, CoverageBuilder& builder,
                           std::string& format);

// One function a format; the list of them is in read_coverage.cpp. `first`: the piece that is read already.
Result<void> read_lcov(const std::string& name, std::string first, const ByteSource& source, CoverageBuilder& builder);
Result<void> read_cobertura(const std::string& name, std::string&& text, CoverageBuilder& builder);
Result<void> read_gcov_json(const std::string& name, std::string&& text, CoverageBuilder& builder);
Result<void> read_llvm_cov_json(const std::string& name, std::string&& text, CoverageBuilder& builder);

/// Digits and nothing else, in range: what every count and line of these formats has to be.
bool parse_count(std::string_view text, std::uint64_t& number);
bool parse_line(std::string_view text, std::uint32_t& line);

}  // namespace patchgate
