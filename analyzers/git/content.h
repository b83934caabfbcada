#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/model/patch.h"

namespace patchgate {

inline constexpr std::uint64_t kMaxLines = 1'000'000;
inline constexpr std::uint64_t kMaxLineBytes = 64U << 10U;

/// Lines as git counts them: ended by LF; a last one without LF counts.
std::uint64_t line_count(std::string_view text);

/// How long a comparison may take at worst, in an arbitrary unit: lines between the first and the last difference, to
/// the power of 1.5. kMaxComparison takes some ten seconds.
double comparison_cost(std::string_view base, std::string_view head);
inline constexpr double kMaxComparison = 3e9;

/// As git decides it: a NUL among the first 8000 bytes.
bool looks_binary(std::string_view text);

/// Why a C or C++ source cannot be relied on though it can be compared: a NUL byte, a carriage return that Clang takes
/// for a line end and git does not, a line of machine-made length. None where it is plain source.
std::optional<std::string> why_not_source(std::string_view text);

bool is_lfs_pointer(std::string_view text);

}  // namespace patchgate
