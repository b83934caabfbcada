#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// A standing exception: until a day, one rule does not count for what lies in some paths. The forms of the file are in
/// policies/schema/exceptions.schema.json.
struct Exception {
  std::string rule;
  std::vector<Glob> paths;  ///< at least one
  std::string symbol;       ///< only this one, by its qualified name; empty = all that lies there
  std::string reason, owner, ticket;
  std::int64_t expires = 0;  ///< the last day on which it holds, its first second, UTC
  Place at;
  Place paths_at;
};

inline constexpr std::int64_t kLongestExceptionDays = 180;
inline constexpr std::int64_t kExpiringDays = 14;

/// The file, or all that is wrong with it (kind config, each with its place).
struct [[nodiscard]] LoadedExceptions {
  std::vector<Exception> list;  ///< in the order of the file
  std::vector<Error> errors;
};

/// Reads `.patchgate/exceptions.json`: { "exceptions": [ { "rule", "paths", "symbol", "reason", "owner", "ticket",
/// "expires" } ] }. `rules`: those of the policy; an exception to another one is an error, with a suggestion, and so
/// is one to a rule of level final. `now`: seconds since 1970; what expires more than 180 days later is an error.
/// At most 1000 exceptions, 1 MiB.
LoadedExceptions load_exceptions(const std::string& file, std::string_view text, const std::vector<Rule>& rules,
                                 std::int64_t now);

/// It holds on the day of `now`: up to the end of its last day, in UTC.
bool is_active(const Exception& exception, std::int64_t now);

/// Whole days after today on which it holds; negative where it has expired.
std::int64_t days_left(const Exception& exception, std::int64_t now);

}  // namespace patchgate
