#include <algorithm>
#include <cctype>

#include "gate/commands/project_signs.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostNamed = 5;

/// Names of branches that are brought out, and of branches that hotfixes are made on; a glob each.
struct Naming {
  std::string_view begin, end;
  const char* glob;
  bool is_target;
};

constexpr Naming kNamings[] = {
    {"release/", "", "release/**", true},
    {"releases/", "", "releases/**", true},
    {"rel/", "", "rel/**", true},
    {"stable/", "", "stable/**", true},
    {"maint/", "", "maint/**", true},
    {"maintenance/", "", "maintenance/**", true},
    {"support/", "", "support/**", true},
    {"release-", "", "release-*", true},
    {"stable-", "", "stable-*", true},
    {"rel-", "", "rel-*", true},
    {"REL_", "", "REL_*", true},
    {"", "-stable", "*-stable", true},
    {"", "_STABLE", "*_STABLE", true},
    {"hotfix/", "", "hotfix/**", false},
    {"hotfixes/", "", "hotfixes/**", false},
    {"hotfix-", "", "hotfix-*", false},
};
constexpr std::string_view kWholeNames[] = {"production", "prod", "live", "stable", "release", "deploy"};

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

bool fits(const std::string& branch, const Naming& naming) {
  const bool one_segment = naming.begin.ends_with('/') || branch.find('/') == std::string::npos;
  return branch.size() > naming.begin.size() + naming.end.size() && branch.starts_with(naming.begin) &&
         branch.ends_with(naming.end) && one_segment;
}

}  // namespace

void find_branches(const std::vector<std::string>& branches, ProjectSigns& signs) {
  constexpr const char* kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-";
  const bool plain = !branches.empty() && branches.front().find_first_not_of(kPlain) == std::string::npos;
  if (plain && std::isalpha(static_cast<unsigned char>(branches.front().front())) != 0)
    signs.usual_branch = branches.front();
  std::vector<std::string> released;
  for (const auto& naming : kNamings) {
    for (const auto& branch : branches) {
      if (!fits(branch, naming)) continue;
      add_once(naming.is_target ? signs.hotfix_targets : signs.hotfix_sources, naming.glob);
      if (naming.is_target) add_once(released, branch);
    }
  }
  for (const auto name : kWholeNames) {
    if (std::find(branches.begin(), branches.end(), name) == branches.end()) continue;
    add_once(signs.hotfix_targets, std::string(name));
    add_once(released, std::string(name));
  }
  if (released.size() > kMostNamed) released.resize(kMostNamed);
  signs.release_branches = std::move(released);
  if (signs.hotfix_targets.empty()) {
    signs.hotfix_targets = {"release/**", "production"};
    signs.not_known.emplace_back(
        "which branch is deployed: none is named like a release; the policy has release/** and production, put yours "
        "into \"hotfix\"");
  }
  if (signs.hotfix_sources.empty()) signs.hotfix_sources = {"hotfix/**"};
}

}  // namespace patchgate
