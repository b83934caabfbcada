#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/recovery/recovery.h"
#include "analyzers/recovery/stop_rollout.h"
#include "analyzers/recovery/words.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostAuthors = 3;

bool changes_migrations(const Patch& patch) {
  return std::any_of(patch.files.begin(), patch.files.end(),
                     [](const FileChange& file) { return file.file_class == FileClass::migration; });
}

bool feeds_a_sink(const std::vector<TouchedSymbol>& touched) {
  return std::any_of(touched.begin(), touched.end(), [](const TouchedSymbol& symbol) { return !symbol.sinks.empty(); });
}

/// A commit that holds the whole patch and nothing else, made of what git has: taking it back needs no knowledge of how
/// the patch came to the target.
std::string whole_patch(const Context& context) {
  const Patch& patch = *context.patch;
  if (context.way_back.one_commit) return patch.head;
  return "\"$(git commit-tree '" + patch.head + "^{tree}' -p " + patch.merge_base + " -m 'the patch " +
         patch.head.substr(0, 12) + "')\"";
}

std::string to_target(const Patch& patch) {
  const std::string branch = shell_word(patch.target_ref);
  if (branch.empty()) return "git pull --ff-only";
  return "git switch " + branch + " && git pull --ff-only";
}

std::string resolve_by_hand(const WayBack& way) {
  std::vector<std::string> places;
  for (const RevertConflict& conflict : way.conflicts) places.push_back(place_of(conflict.path, conflict.patch));
  return "; it stops for you to resolve " + listed(places) + ", then: git revert --continue";
}

void say_code(const Context& context, std::vector<RecoveryStep>& steps) {
  const Patch& patch = *context.patch;
  const WayBack& way = context.way_back;
  if (!way.committed) {
    steps.push_back({"revert the code first: nothing is committed yet; once it is, git revert that commit"});
    return;
  }
  std::string what =
      "revert the code first, else it damages again what you repair (good after a merge and a fast-forward; after a "
      "squash or a rebase where git still knows the commit: git fetch origin " +
      patch.head + ", else revert what the merge made)";
  if (shell_word(patch.target_ref).empty()) what += "; on the branch that was deployed";
  if (way.clean == false) what += resolve_by_hand(way);
  if (patch.revert_of) what += "; this brings back " + patch.revert_of->substr(0, 12);
  steps.push_back({what, to_target(patch) + " && git revert --no-edit " + whole_patch(context)});
  steps.push_back({"bring it out: deploy what this pushes, all of it at once", "git push"});
}

void say_data(const Context& context, const Findings& findings, std::vector<RecoveryStep>& steps) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> sources;  // by audit and kind
  for (const auto& sink : certain_sinks(findings.touched))
    for (const std::string& audit : sink.audits) sources[{audit, sink.kind}].push_back(sink.name);
  std::vector<std::string> from;
  for (const auto& [source, names] : sources) {
    const std::string what = source.second + " by " + listed(names);
    if (!source.first.empty()) from.push_back(what + " from " + source.first);
  }
  std::vector<std::string> kinds;
  for (const auto& [source, names] : sources)
    if (source.first.empty()) kinds.push_back(source.second);
  if (!kinds.empty()) from.push_back(listed(kinds) + " from the last backup: no audit source is declared for it");
  if (!from.empty()) {
    steps.push_back({"then restore what the patched code wrote since the deploy, and only that: " + listed(from)});
  } else if (feeds_a_sink(findings.touched)) {
    steps.push_back({"then look at the data: it may have been changed, by a way that is only possible"});
  }
  if (from.empty() && changes_migrations(*context.patch)) {
    steps.push_back({"then undo the migrations by their own way back; a revert of the code does not"});
  }
}

void say_who(const WayBack& way, std::vector<std::string>& who) {
  for (std::size_t i = 0; i < way.authors.size() && i < kMostAuthors; ++i) {
    const auto& author = way.authors[i];
    who.push_back(author.name + " (" + std::to_string(author.commits) +
                  (author.commits == 1 ? " commit)" : " commits)"));
  }
}

void run(const Context& context, Findings& findings) {
  if (context.patch->files.empty()) return;
  auto& steps = findings.recovery_steps;
  if (auto step = stop_rollout(findings.rollout)) steps.push_back(std::move(*step));
  say_code(context, steps);
  say_data(context, findings, steps);
  steps.push_back(
      {"then check: compare a sample of what was written before the deploy, during it and after the repair"});
  say_who(context.way_back, findings.recovery_who);
}

}  // namespace

const Analyzer recovery_card{"recovery/card", "the steps of the way back, in their order", run};

}  // namespace patchgate
