#include "gate/commands/policy_in_force.h"

#include <fmt/format.h>

#include "analyzers/git/repository.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/open_floor.h"
#include "policies/packs/packs.h"

namespace patchgate {

Result<OpenedPolicy> policy_in_force(const std::optional<std::string>& repo, const std::optional<std::string>& rev,
                                     const std::optional<std::string>& file, const std::optional<std::string>& floor) {
  if (file && file->starts_with("builtin:")) {
    auto opened = open_builtin_policy(*file);
    if (floor) add_floor(*floor, nullptr, opened);
    return opened;
  }
  PATCHGATE_TRY(const auto repository, Repository::open(repo.value_or(".")));
  PATCHGATE_TRY(const auto revision, repository.resolve(rev.value_or("HEAD")));
  PATCHGATE_TRY(const auto tree, repository.snapshot(revision.commit));
  PATCHGATE_TRY(auto opened, open_policy(repository, tree, file.value_or(""), floor.value_or("")));
  if (opened.source.starts_with("base:")) opened.commit = revision.commit;
  return opened;
}

std::string describe_source(const OpenedPolicy& opened) {
  constexpr std::size_t kShortId = 12;
  return "policy " + opened.source + (opened.commit.empty() ? "" : " at " + opened.commit.substr(0, kShortId)) + "\n";
}

std::string describe_rule(const Rule& rule) {
  auto text =
      fmt::format("{}  {}  {}:{}\n  {}\n", rule.id, name_of(rule.level), rule.at.file, rule.at.line, rule.title);
  if (rule.floor) text += "  of the organisation's floor: nothing of the repository lifts it\n";
  if (!rule.paths.empty()) {
    text += "  for paths";
    for (const auto& glob : rule.paths) text += " " + glob.pattern();
    text += "\n";
  }
  if (rule.when) text += "  when " + describe(*rule.when) + "\n";
  text += "  requires " + describe(rule.require) + "\n";
  text += fmt::format("  where that is unknown: {}\n",
                      rule.unknown ? name_of(*rule.unknown) : "the same as where it does not hold");
  for (const auto& fix : rule.fixes)
    text += "  to pass" + (fix.when ? ", where " + describe(*fix.when) : "") + ": " + fix.text + "\n";
  return text;
}

}  // namespace patchgate
