#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "policies/engine/verdict.h"

namespace patchgate {

/// What one rule made of one past patch.
struct ReplayedRule {
  std::string id;
  RuleResult result = RuleResult::pass;
  Effect effect = Effect::none;
};

/// What one policy made of it.
struct ReplayedVerdict {
  Decision decision = Decision::none;
  std::string headline;
  std::vector<ReplayedRule> rules;  ///< those that fail or do not know, in rule order
};

/// A commit of the branch, judged as the patch that it brought in: against its first parent.
struct ReplayedCommit {
  Oid id;
  std::string subject;    ///< as it came: escape it where it is written
  std::int64_t time = 0;  ///< committer, seconds since the epoch
  bool merge = false;
  bool hotfix = false;
  std::string risk;                       ///< a level, or "unknown"
  std::string failure;                    ///< why it could not be judged; empty = it was
  std::vector<ReplayedVerdict> verdicts;  ///< one a policy; empty where it could not be judged
  std::vector<std::string> unknown;       ///< why, of what is not known of its C and C++ code; a sentence each
};

/// A policy of the comparison.
struct ReplayedPolicy {
  std::string source;  ///< "base:.patchgate/policy.json", "file:new.json", "builtin:hotfix@1"
  std::string digest;
  bool observe_only = false;  ///< the branch has none: rules of the built-in one are only observed
};

/// Past patches of a branch under one policy, or under an old and a new one.
struct Replay {
  std::string version;
  std::string branch;  ///< may be empty
  Oid since, until;    ///< since is not judged any more
  bool patch_scope = false;
  std::vector<ReplayedPolicy> policies;  ///< one; or the old and the new
  std::vector<ReplayedCommit> commits;   ///< newest first
  std::size_t left_out = 0;              ///< older ones that the limit left out
};

/// How often a rule spoke, under one policy.
struct RuleCount {
  std::string id;
  std::size_t failed = 0, unknown = 0;  ///< whatever its level is
  std::size_t blocked = 0, warned = 0;
};

/// One policy over all commits that could be judged.
struct PolicyCount {
  std::size_t allowed = 0, warned = 0, blocked = 0, none = 0;
  std::size_t blocked_not_knowing = 0;  ///< of the blocked ones: no rule that blocks failed, all of them do not know
  std::vector<RuleCount> rules;         ///< of those that spoke, the one that blocks most first
};

struct ReplaySummary {
  std::size_t judged = 0;
  std::size_t merges = 0, hotfixes = 0;
  std::size_t risk_unknown = 0;
  std::vector<PolicyCount> policies;
  std::vector<std::size_t> changed;  ///< indices of commits whose decision differs
  std::vector<std::size_t> failed;   ///< of those that could not be judged
};

ReplaySummary summarize(const Replay& replay);

/// "12.5 %" of part and whole; "-" of nothing.
std::string share(std::size_t part, std::size_t whole);

/// "pack/rule" of each rule that stands behind the decision: those with its effect; a rule that does not know is marked
/// "(unknown)".
std::vector<std::string> deciding_rules(const ReplayedVerdict& verdict);

/// Writers: pure functions of a replay. Names from the repository are escaped in each.
std::string write_replay_text(const Replay& replay, bool color);
std::string write_replay_markdown(const Replay& replay);
/// patchgate-replay/1 (see replay.schema.json). ASCII only.
std::string write_replay_json(const Replay& replay);

}  // namespace patchgate
