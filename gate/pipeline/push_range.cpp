#include "gate/pipeline/push_range.h"

#include <algorithm>

#include "gate/pipeline/ancestry.h"
#include "gate/pipeline/open_policy.h"
#include "policies/engine/hotfix.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostBranches = 200;
constexpr std::string_view kBranch = "refs/heads/", kTag = "refs/tags/", kRemotes = "refs/remotes/";

struct RemoteBranch {
  std::string name;  ///< short: "release/2.4"
  Oid tip;
};

/// The branches of the remote as this clone knows them, by name.
Result<std::vector<RemoteBranch>> branches_of(const Repository& repository, const std::string& remote) {
  const auto refs = repository.local_refs();
  const auto named = std::string(kRemotes) + remote + "/";
  const bool known = std::any_of(refs.begin(), refs.end(), [&](const auto& ref) { return ref.starts_with(named); });
  std::vector<RemoteBranch> branches;
  for (const auto& ref : refs) {
    if (!ref.starts_with(known ? named : std::string(kRemotes))) continue;
    const auto slash = ref.find('/', kRemotes.size());
    const auto name = known ? ref.substr(named.size()) : ref.substr(std::min(slash, ref.size() - 1) + 1);
    if (name == "HEAD") continue;
    PATCHGATE_TRY(const auto tip, repository.resolve(ref));
    branches.push_back({name, tip.commit});
  }
  return branches;
}

/// Where the remote's HEAD stands, else main, else master; null = it has none of these.
const RemoteBranch* default_of(const Repository& repository, const std::string& remote,
                               const std::vector<RemoteBranch>& branches) {
  const auto head = repository.resolve(std::string(kRemotes) + remote + "/HEAD");
  const RemoteBranch* at_head = nullptr;
  for (const char* name : {"main", "master"})
    for (const auto& branch : branches)
      if (branch.name == name && (!head || branch.tip == head->commit)) return &branch;
  for (const auto& branch : branches)
    if (head && branch.tip == head->commit && at_head == nullptr) at_head = &branch;
  return at_head;
}

/// The branches that patches are meant for.
Result<std::vector<RemoteBranch>> targets_among(const Repository& repository, const std::string& remote,
                                                const std::vector<RemoteBranch>& branches) {
  const auto* usual = default_of(repository, remote, branches);
  if (usual == nullptr) return branches;
  PATCHGATE_TRY(const auto tree, repository.snapshot(usual->tip));
  PATCHGATE_TRY(const auto policy, open_policy(repository, tree, ""));
  std::vector<RemoteBranch> targets{*usual};
  for (const auto& branch : branches) {
    if (&branch == usual || !policy.loaded.policy || targets.size() == kMostBranches) continue;
    const auto& patterns = policy.loaded.policy->hotfix.target;
    if (std::any_of(patterns.begin(), patterns.end(), [&](const auto& glob) { return glob.matches(branch.name); }))
      targets.push_back(branch);
  }
  return targets;
}

std::string short_name(const std::string& ref) {
  return ref.starts_with(kBranch) ? ref.substr(kBranch.size()) : std::string();
}

/// The target whose history the commit left last; the remote's default branch before others. Null where it shares
/// history with none.
Result<const RemoteBranch*> nearest(const Repository& repository, const std::vector<RemoteBranch>& targets,
                                    const std::string& pushed_branch, const Oid& head) {
  const RemoteBranch* found = nullptr;
  Oid left_at;
  for (const auto& target : targets) {
    if (target.name == pushed_branch) continue;
    const auto base = repository.merge_base(target.tip, head);
    if (!base) continue;
    if (found != nullptr) {
      PATCHGATE_TRY(const bool later, is_ancestor(repository, left_at, *base));
      if (!later || left_at == *base) continue;
    }
    found = &target;
    left_at = *base;
  }
  return found;
}

}  // namespace

Result<PushedPatch> range_of_push(const Repository& repository, const std::string& remote, const PushedRef& pushed) {
  if (pushed.local.empty()) return PushedPatch{{}, "is deleted"};
  if (!pushed.remote_ref.starts_with(kBranch) && !pushed.remote_ref.starts_with(kTag))
    return PushedPatch{{}, "is neither a branch nor a tag"};
  PATCHGATE_TRY(const auto head, repository.resolve(pushed.local));
  PATCHGATE_TRY(const auto branches, branches_of(repository, remote));
  if (branches.empty())
    return PushedPatch{{}, "has nothing on the remote to be compared with (git fetch " + remote + ")"};
  PATCHGATE_TRY(const auto targets, targets_among(repository, remote, branches));
  const auto name = short_name(pushed.remote_ref);
  const auto same =
      std::find_if(targets.begin(), targets.end(), [&](const auto& target) { return target.name == name; });
  if (same != targets.end() && !pushed.remote.empty()) {
    const auto there = repository.resolve(pushed.remote);
    if (!there)
      return fail(Error::Kind::repository,
                  "what is on " + remote + "/" + name + " now (" + pushed.remote + ") is not in this clone",
                  "git fetch " + remote);
    if (there->commit == head.commit) return PushedPatch{{}, "is there already"};
    PATCHGATE_TRY(const bool takes_back, is_ancestor(repository, head.commit, there->commit));
    if (takes_back) return PushedPatch{{}, "only takes back commits that are there"};
    return PushedPatch{PushRange{there->commit, head.commit, name, name}, ""};
  }
  PATCHGATE_TRY(const auto* target, nearest(repository, targets, name, head.commit));
  if (target == nullptr) return PushedPatch{{}, "shares no history with a branch of the remote"};
  PATCHGATE_TRY(const bool arrived, is_ancestor(repository, head.commit, target->tip));
  if (arrived) return PushedPatch{{}, "brings nothing that is not on " + remote + "/" + target->name};
  return PushedPatch{PushRange{target->tip, head.commit, target->name, name}, ""};
}

}  // namespace patchgate
