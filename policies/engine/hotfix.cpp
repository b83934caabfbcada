#include "policies/engine/hotfix.h"

#include <algorithm>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

std::string_view branch_name(std::string_view ref) {
  constexpr std::string_view kHeads = "refs/heads/";
  constexpr std::string_view kRemotes = "refs/remotes/";
  if (ref.starts_with(kHeads)) return ref.substr(kHeads.size());
  if (!ref.starts_with(kRemotes)) return ref;
  ref.remove_prefix(kRemotes.size());
  const auto slash = ref.find('/');
  return slash == std::string_view::npos ? ref : ref.substr(slash + 1);
}

const Glob* match(const std::vector<Glob>& globs, std::string_view name) {
  const auto found = std::find_if(globs.begin(), globs.end(), [&](const Glob& glob) { return glob.matches(name); });
  return found == globs.end() ? nullptr : &*found;
}

std::string because(const char* side, std::string_view name, const Glob& glob) {
  return std::string(side) + " " + one_line(name, 120) + " matches " + glob.pattern();
}

}  // namespace

HotfixMatch match_hotfix(const HotfixBranches& branches, std::string_view target, std::string_view source) {
  const auto target_name = branch_name(target);
  const auto source_name = branch_name(source);
  if (const auto* glob = match(branches.target, target_name)) {
    return {true, false, because("target", target_name, *glob)};
  }
  if (const auto* glob = match(branches.source, source_name)) {
    return {true, true, because("source", source_name, *glob)};
  }
  if (target_name.empty() && !branches.target.empty()) return {Unknown{"no target branch is known"}, false, {}};
  return {false, false, {}};
}

}  // namespace patchgate
