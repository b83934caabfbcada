#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "analyzers/recovery/recovery.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostNamed = 5;

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMostNamed) text += " and " + std::to_string(names.size() - kMostNamed) + " more";
  return text;
}

/// (kind, function) → the first function on the way to it, by symbol that feeds it.
using Watched = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

Watched sinks_to_watch(const Findings& findings) {
  Watched watched;
  for (const TouchedSymbol& symbol : findings.touched) {
    for (const FedSink& sink : symbol.sinks) {
      if (sink.confidence != Confidence::exact) continue;
      // The function next to the sink is the one whose name stands in logs.
      const auto place = sink.path.size() >= 2 ? sink.path.size() - 2 : 0;
      watched[{sink.kind, sink.name}].insert(sink.path.empty() ? symbol.name : sink.path[place]);
    }
  }
  return watched;
}

bool changes_migrations(const Patch& patch) {
  return std::any_of(patch.files.begin(), patch.files.end(),
                     [](const FileChange& file) { return file.file_class == FileClass::migration; });
}

void state_revert(const Context& context, Facts& facts) {
  if (!context.revert_clean) {
    facts.set("recovery.revert", Unknown{"undoing the patch was not tried"});
  } else if (*context.revert_clean) {
    facts.set("recovery.revert", std::string("clean"));
  } else {
    std::vector<Place> from;
    for (const std::string& path : context.revert_conflicts) from.push_back({path, 0, 0});
    facts.set("recovery.revert", std::string("conflicts"), std::move(from));
  }
}

void state_irreversible(const Context& context, const Findings& findings, Facts& facts) {
  const auto state = [&](std::string why) { facts.set("recovery.irreversible.count", Unknown{std::move(why)}); };
  const Patch& patch = *context.patch;
  if (changes_migrations(patch)) return state("migrations are changed, and they are not looked into");
  if (!context.unread.empty()) return state(context.unread.front().at.file + " could not be read");
  for (const TouchedSymbol& symbol : findings.touched) {
    if (!symbol.sinks.empty())
      return state("whether the data that " + symbol.name + " feeds can be restored is not seen");
  }
  // A zero is only as good as the search for sinks.
  const Fact sinks = findings.facts.get("sinks.count");
  if (const auto* unknown = std::get_if<Unknown>(&sinks.value))
    return state("data sinks are not known: " + unknown->why);
  for (const FileChange& file : patch.files) {
    const bool runs = file.file_class == FileClass::source || file.file_class == FileClass::config;
    if (runs && !file.c_family) return state(file.path + " is of a kind that is not analysed");
  }
  facts.set("recovery.irreversible.count", std::int64_t{0});
}

void say_steps(const Context& context, const Watched& watched, Findings& findings) {
  const Patch& patch = *context.patch;
  auto& steps = findings.recovery_steps;
  if (patch.files.empty()) return;
  steps.push_back(
      {"revert the code first, so that nothing writes wrong data while you mend it, and deploy the revert "
       "(where a merge commit brought the patch: git revert -m 1 and that commit)",
       "git revert --no-edit " + patch.merge_base + ".." + patch.head});
  if (context.revert_clean == false) {
    steps.push_back({"the revert does not apply by itself; resolve by hand: " + listed(context.revert_conflicts)});
  }
  if (!watched.empty()) {
    std::vector<std::string> kinds;
    for (const auto& [sink, functions] : watched) {
      if (kinds.empty() || kinds.back() != sink.first) kinds.push_back(sink.first);
    }
    steps.push_back({"then restore the data that was changed since the deploy (" + listed(kinds) +
                     ") from the audit source or the last backup; only records that the patched code wrote"});
  } else if (changes_migrations(patch)) {
    steps.push_back({"then undo the migrations by their own way back; a revert of the code does not"});
  }
  steps.push_back(
      {"then check: compare a sample of what was written before the deploy, during it and after the repair"});
}

void say_watch(const Watched& watched, const Findings& findings, std::vector<std::string>& watch) {
  for (const auto& [sink, functions] : watched) {
    const std::vector<std::string> names(functions.begin(), functions.end());
    watch.push_back(sink.first + " by " + sink.second + ", called from " + listed(names) +
                    ": number, size and refusals, against the hour before the deploy");
  }
  std::vector<std::string> fields;
  for (const TouchedSymbol& symbol : findings.touched) {
    if (symbol.kind == SymbolKind::field && !symbol.in_test_code) fields.push_back(symbol.name);
  }
  if (!fields.empty()) watch.push_back("values of " + listed(fields) + ": how many are empty or zero");
}

void run(const Context& context, Findings& findings) {
  const Watched watched = sinks_to_watch(findings);
  state_revert(context, findings.facts);
  state_irreversible(context, findings, findings.facts);
  say_steps(context, watched, findings);
  say_watch(watched, findings, findings.recovery_watch);
}

}  // namespace

const Analyzer recovery_revert{"recovery/revert", "whether and how the patch can be taken back", run};

}  // namespace patchgate
