#pragma once

#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/graph/context.h"
#include "policies/engine/load.h"

namespace patchgate {

/// The policy in force, and where it came from.
struct OpenedPolicy {
  LoadedPolicy loaded;
  std::string source;         ///< "base:.patchgate/policy.json", "file:NAME", "builtin:hotfix@1"
  Oid oid;                    ///< git's id of the policy's text; empty for a built-in one
  Oid commit;                 ///< in which the policy was looked for; empty for one that is not read from a repository
  std::string digest_text;    ///< all texts that were read, for the digest of the inputs
  bool observe_only = false;  ///< there is no policy on the base: rules are only observed

  std::string digest() const;  ///< "sha256:…" over all texts that were read
};

inline constexpr const char* kPolicyPath = ".patchgate/policy.json";

/// Reads the policy: from `file` when it is not empty (a trusted place outside of the repository; what it extends by
/// path lies beside it), else from the tip of the base, else the built-in hotfix pack, observed only. With a floor
/// where one is named (see open_floor.h).
Result<OpenedPolicy> open_policy(const Repository& repository, const Snapshot& base_tip, const std::string& file,
                                 const std::string& floor = {});

/// A built-in policy: "builtin:hotfix@1".
OpenedPolicy open_builtin_policy(const std::string& name);

/// A policy in a trusted place: a file, or a built-in one by its name. No repository is asked.
OpenedPolicy open_trusted_policy(const std::string& file);

/// The rollout manifests: those named on the command line (read from disk); else those that the policy names, as they
/// are on head; else .patchgate/rollout.json of the base tip, or where there is none, of head.
Result<std::vector<EvidenceFile>> open_rollouts(const Repository& repository, const Snapshot& base_tip,
                                                const Snapshot& head, const std::vector<std::string>& named,
                                                const Policy& policy);

}  // namespace patchgate
