#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/fact.h"
#include "policies/engine/glob.h"

namespace patchgate {

/// The branches that make a patch a hotfix: what it is meant for, or where it comes from.
struct HotfixBranches {
  std::vector<Glob> target;
  std::vector<Glob> source;
};

struct HotfixMatch {
  /// A boolean, ready for the fact patch.hotfix. Unknown where no target branch is known and the source does not say
  /// hotfix. A source that is not known is no hint: its author could have named it anything.
  Value hotfix = Unknown{"not matched"};
  /// Only the name of the source branch says so; the author could have avoided it.
  bool only_claimed = false;
  /// `target release/2.4 matches release/**`; empty where nothing matches.
  std::string because;
};

/// Branch names as git writes them; `refs/heads/` and `refs/remotes/NAME/` in front are left out. Empty = not known.
HotfixMatch match_hotfix(const HotfixBranches& branches, std::string_view target, std::string_view source);

}  // namespace patchgate
