#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// What is promised for a rule that is lifted.
struct Promise {
  std::string text;        ///< in words; empty where only a test is named
  std::string test;        ///< `FILE` or `FILE::NAME`, see promised_test(); may be empty
  std::int64_t until = 0;  ///< the last day, its first second, UTC
  friend bool operator==(const Promise&, const Promise&) = default;
};

/// Break glass: leave, for one commit and a few hours, to deploy what named rules block. The forms of the file are in
/// policies/schema/override.schema.json.
struct BreakGlass {
  struct NamedRule {
    std::string id;
    Place at;
    friend bool operator==(const NamedRule&, const NamedRule&) = default;
  };
  std::string source;            ///< `file:NAME` or the ref, with the path where it names a commit
  std::string head;              ///< the commit that it is for, 40 hex digits
  std::string target;            ///< the only branch that it is for; empty = any
  std::vector<NamedRule> rules;  ///< at least one, each once
  std::string reason, ticket;
  std::string requested_by, approved_by;  ///< as written, each with one e-mail address
  std::optional<std::int64_t> issued_at;  ///< seconds since 1970, UTC
  std::int64_t not_after = 0;
  std::optional<Promise> promise;
  Place head_at, target_at, approved_at, issued_place, not_after_at;
  friend bool operator==(const BreakGlass&, const BreakGlass&) = default;
};

inline constexpr std::size_t kOverrideBytes = 64U << 10U;
inline constexpr std::int64_t kLongestOverride = 72 * 3600;  ///< seconds
/// Days after `not_after` for which an override is remembered that promises nothing by a date.
inline constexpr std::int64_t kPromiseDays = 14;

/// Reads the text of an override file. `file`: what to call it in messages; it becomes `source`, too. Nothing where it
/// is wrong; `errors` (kind config, each with its place) then say why: JSON, unknown keys, a wildcard among the rules,
/// a reason of less than 20 characters, the requester approving, more than 72 h.
std::optional<BreakGlass> read_override(const std::string& file, std::string_view text, std::vector<Error>& errors);

/// The address in `Ana Moreno <ana@example.org>`, or the text itself where it has no brackets, in lower case; empty
/// where that is no address.
std::string address_of(std::string_view person);

/// Whether two addresses are likely those of one person: equal in lower case, without what follows a `+`.
bool same_person(std::string_view address, std::string_view other);

/// The file, and the name of a test in it (empty = the file alone), of `FILE::NAME`.
struct PromisedTest {
  std::string file, name;
};
PromisedTest promised_test(const Promise& promise);

}  // namespace patchgate
