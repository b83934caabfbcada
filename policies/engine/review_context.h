#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/fact.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// What only the code host knows, as its runner wrote it down:
///   { "context": 1, "head": "40 hex digits", "actor": "ana", "approvals": ["bo"], "owners": ["bo", "cy"],
///     "labels": ["hotfix"], "target_ref": "release/2.4" }
/// All but `context` may be missing. Who they are called is up to the host; the same name is the same person.
struct ReviewContext {
  std::string head;                                   ///< the commit that the approvals are for; empty = not said
  std::string actor;                                  ///< whose patch it is
  std::string target;                                 ///< short name of the branch that it is meant for
  std::optional<std::vector<std::string>> approvals;  ///< who approved it
  std::optional<std::vector<std::string>> owners;     ///< who owns some of the changed files
  std::vector<std::string> labels;
};

inline constexpr std::size_t kContextBytes = 1U << 20U;

/// Nothing where it is wrong; `errors` (kind config, each with its place) then say why.
std::optional<ReviewContext> read_review_context(const std::string& file, std::string_view text,
                                                 std::vector<Error>& errors);

/// The facts review.*: distinct people who approved, the patch's own people left out (`actor`, and `makers`, the
/// addresses of its commits' authors). Unknown where there is no context, where it does not say, or where the approvals
/// are for another commit than `head`.
void state_reviews(const ReviewContext* context, const std::string& head, const std::vector<std::string>& makers,
                   Facts& facts);

}  // namespace patchgate
