#pragma once

#include <string>
#include <vector>

#include "gate/replay/replay.h"

namespace patchgate {

// What the writers for people say alike. Nothing of it is escaped.

/// "43 patches of main since 1a2b3c4d5e6f: 3 merges, 40 single commits".
std::string replayed_in_words(const Replay& replay, const ReplaySummary& summary);

/// "old: base:.patchgate/policy.json", "policy: builtin:hotfix@1 (observed only)".
std::vector<std::string> policies_in_words(const Replay& replay);

/// What the counts do not say: what was left out, not reached, not known. A sentence each.
std::vector<std::string> limits_in_words(const Replay& replay, const ReplaySummary& summary);

/// "old", "new", or "" for the only one.
const char* side_of(const Replay& replay, std::size_t policy);

/// The first 12 digits.
std::string short_id(const Oid& id);

/// Indices of the commits to name: where two policies are compared those that are decided otherwise, else those that
/// are not allowed.
std::vector<std::size_t> named_commits(const Replay& replay, const ReplaySummary& summary);

}  // namespace patchgate
