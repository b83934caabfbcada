#include "policies/engine/idle_globs.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::uint64_t kMostSteps = 50'000'000;

class Search {
 public:
  explicit Search(const std::vector<std::string>& paths) : paths_(paths) {}

  bool is_idle(const Glob& glob) {
    const auto [known, fresh] = idle_.try_emplace(glob.pattern(), false);
    if (!fresh) return known->second;
    for (const auto& path : paths_) {
      if (glob.matches(path, steps_)) return false;
      if (steps_ > kMostSteps) return false;
    }
    return known->second = true;
  }

 private:
  const std::vector<std::string>& paths_;
  std::map<std::string, bool> idle_;
  std::uint64_t steps_ = 0;
};

/// The pattern lists of a condition that are held against paths.
void collect(const Condition& condition, std::vector<const std::vector<Glob>*>& lists) {
  for (const auto* parts : {&condition.children, &condition.where, &condition.has}) {
    for (const auto& part : *parts) collect(part, lists);
  }
  if (condition.globs.empty()) return;
  if (condition.fact->name == "path" || condition.fact->name == "declared_in") lists.push_back(&condition.globs);
}

}  // namespace

void find_idle_globs(const Policy& policy, const std::vector<std::string>& paths, std::vector<Error>& warnings) {
  Search search(paths);
  for (const auto& rule : policy.rules) {
    std::vector<const std::vector<Glob>*> lists;
    if (!rule.paths.empty()) lists.push_back(&rule.paths);
    if (rule.when) collect(*rule.when, lists);
    collect(rule.require, lists);
    for (const auto* globs : lists) {
      std::vector<std::string> idle;
      for (const auto& glob : *globs) {
        if (search.is_idle(glob)) idle.push_back(glob.pattern());
      }
      const bool builtin = rule.at.file.starts_with("builtin:");
      if (idle.empty() || (builtin && idle.size() < globs->size())) continue;
      warnings.push_back(Error{Error::Kind::config,
                               "rule " + in_quotes(rule.id) + ": no file of the base matches " + join(idle, " or "),
                               rule.at,
                               {},
                               {}});
    }
  }
}

}  // namespace patchgate
