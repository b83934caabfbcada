#include "gate/cli/flags.h"

#include <algorithm>

#include "analyzers/model/symbol.h"
#include "gate/reports/report.h"

namespace patchgate {

namespace {

constexpr std::uint16_t mask(std::initializer_list<CommandId> ids) {
  std::uint16_t bits = 0;
  for (const CommandId id : ids) bits = static_cast<std::uint16_t>(bits | static_cast<std::uint16_t>(id));
  return bits;
}

using enum CommandId;
constexpr std::uint16_t kCheck = mask({check});
constexpr std::uint16_t kGraph = mask({graph});
constexpr std::uint16_t kJudge = mask({check, hook});
constexpr std::uint16_t kVerify = mask({verify});
constexpr std::uint16_t kNeedRepository = mask({check, index, graph, explain, policy, init, verify, hook});
constexpr std::uint16_t kPolicy = mask({policy});
constexpr std::uint16_t kNeedGraph = mask({check, index, graph, explain, policy, hook});
constexpr std::uint16_t kMayUseCache = mask({check, graph, explain, policy, hook});
constexpr std::uint16_t kAtRevision = mask({index, graph, explain, policy});
constexpr std::uint16_t kAll =
    mask({check, index, graph, explain, policy, selftest, init, completions, verify, hook, man});

constexpr const char* kWhat = "What is looked at";
constexpr const char* kEvidence = "Policy and evidence";
constexpr const char* kCallGraph = "Call graph";
constexpr const char* kOutput = "Output";

std::vector<std::string> edge_kinds() {
  std::vector<std::string> names;
  for (int kind = 0; kind < kEdgeKinds; ++kind) names.emplace_back(name_of(static_cast<EdgeKind>(kind)));
  return names;
}

std::vector<std::string> confidences() {
  std::vector<std::string> names;
  for (int i = 0; i < kConfidences; ++i) names.emplace_back(name_of(static_cast<Confidence>(i)));
  return names;
}

std::vector<std::string> symbol_kinds() {
  std::vector<std::string> names;
  for (int kind = 0; kind < kSymbolKinds; ++kind) names.emplace_back(name_of(static_cast<SymbolKind>(kind)));
  return names;
}

std::vector<std::string> report_formats() {
  std::vector<std::string> names;
  for (const auto& writer : writers()) names.emplace_back(writer.name);
  return names;
}

bool takes(const Flag& flag, CommandId command) { return (flag.commands & static_cast<std::uint16_t>(command)) != 0; }

std::vector<Flag> all_flags() {
  using enum FlagId;
  using Value = FlagValue;
  return {
      {repo, "--repo", Value::folder, "DIR", kWhat, kNeedRepository,
       "the repository, a bare one too; default: the one around the current folder"},
      {base, "--base", Value::text, "REV", kWhat, kCheck,
       "what it is compared with; default: from the CI environment, else the upstream or default branch"},
      {head, "--head", Value::text, "REV", kWhat, kCheck, "the patch; default: from the CI environment, else HEAD"},
      {target, "--target", Value::text, "NAME", kWhat, kCheck,
       "the branch that it is meant for; default: from the CI environment, else the branch of --base"},
      {base, "--base", Value::text, "REV", kWhat, kVerify,
       "what is deployed now; default: the target as it was before the head came into it, where a merge shows that"},
      {head, "--head", Value::text, "REV", kWhat, kVerify, "the commit that is about to be deployed"},
      {target, "--target", Value::text, "NAME", kWhat, kVerify,
       "the branch that is deployed; default: from the CI environment, else the one that the report names"},
      {source, "--source", Value::text, "NAME", kWhat, kCheck,
       "the branch that it comes from; default: from the CI environment, else the branch of --head"},
      {worktree, "--worktree", Value::none, "", kWhat, kCheck, "the patch is what is not committed yet"},
      {staged, "--staged", Value::none, "", kWhat, kCheck, "the patch is what is staged and not committed yet"},
      {rev, "--rev", Value::text, "REV", kWhat, kAtRevision,
       "the revision; default: the merge base of HEAD and the default branch"},
      {since, "--since", Value::text, "REV", kWhat, kPolicy,
       "replay: patches that came after this commit, or after where its line left the branch"},
      {until, "--until", Value::text, "REV", kWhat, kPolicy, "replay: the tip of the branch; default: HEAD"},
      {target, "--target", Value::text, "NAME", kWhat, kPolicy,
       "replay: the branch that the patches were meant for; default: the branch of --until"},
      {limit,
       "--limit",
       Value::number,
       "N",
       kWhat,
       kPolicy,
       "replay: so many patches, the newest first; default: 200",
       false,
       {},
       1,
       10'000},
      {trust_repo_owner, "--trust-repo-owner", Value::none, "", kWhat, kNeedGraph,
       "read a repository that belongs to another user, as in a container"},

      {FlagId::policy, "--policy", Value::file, "FILE", kEvidence, mask({check, explain, CommandId::policy}),
       "a file outside the repository, or builtin:NAME@1; default: .patchgate/policy.json on the base"},
      {FlagId::policy, "--policy", Value::file, "FILE", kEvidence, kVerify,
       "a file outside the repository, or builtin:NAME@1; default: .patchgate/policy.json at the target's tip"},
      {FlagId::floor, "--floor", Value::file, "FILE", kEvidence,
       mask({check, explain, CommandId::policy, CommandId::verify}),
       "rules of an organisation that no repository can weaken: a file outside of the work tree, or builtin:NAME@1"},
      {old, "--old", Value::file, "FILE", kEvidence, kPolicy,
       "replay: the policy that --policy is compared with; default: that of the tip"},
      {coverage, "--coverage", Value::file, "FILE", kEvidence, kCheck,
       "lcov, Cobertura, JSON of gcov or of llvm-cov, told apart by content; FILE.commit beside it may name its commit",
       true},
      {junit, "--junit", Value::file, "FILE", kEvidence, kCheck,
       "JUnit XML of the tests at head; as of all evidence, a damaged file is unknown, one that is missing an error",
       true},
      {junit_at_base, "--junit-at-base", Value::file, "FILE", kEvidence, kCheck,
       "the same tests, run on the base: one that fails there and passes at head pins the fix", true},
      {rollout, "--rollout", Value::file, "FILE", kEvidence, kCheck,
       "rollout manifests; default: those that the policy names", true},
      {context, "--context", Value::file, "FILE", kEvidence, kCheck,
       "what only the code host knows, as its runner wrote it: approvals, owners, actor, labels, target_ref"},
      {FlagId::override_file, "--override", Value::file, "FILE", kEvidence, kCheck,
       "break glass: named rules only warn for one commit; from outside of the work tree, or kept below "
       "refs/patchgate/overrides",
       true},
      {now, "--now", Value::time, "TIME", kEvidence, kCheck,
       "what the clock says, for rules that ask for it: 2026-11-23T09:00:00Z; default: the system's clock, only if one "
       "asks"},
      {zoneinfo, "--zoneinfo", Value::folder, "DIR", kEvidence, mask({check, CommandId::policy}),
       "the time zone database, for calendars; default: /usr/share/zoneinfo"},
      {now, "--now", Value::time, "TIME", kEvidence, kVerify, "what the clock says, for a verdict by an override"},

      {compile_commands, "--compile-commands", Value::file, "PATH", kCallGraph, kNeedGraph,
       "folders or files; default: build*/compile_commands.json, compile_commands.json", true},
      {FlagId::index, "--index", Value::file, "FILE", kCallGraph, kNeedGraph,
       "where the graph is kept; default: .git/patchgate/index.db"},
      {no_cache, "--no-cache", Value::none, "", kCallGraph, kMayUseCache, "neither read nor write the index"},
      {scope,
       "--scope",
       Value::word,
       "SCOPE",
       kCallGraph,
       kJudge | kPolicy,
       "full (default): the graph of the whole base; patch (default for an exact revert): only what can matter to this "
       "patch, the rest is unknown",
       false,
       {"full", "patch"}},
      {budget,
       "--budget",
       Value::number,
       "SECONDS",
       kCallGraph,
       kJudge | kPolicy,
       "read code for so long; what was not read by then is unknown; default: without end",
       false,
       {},
       0,
       86'400},
      {shard, "--shard", Value::shard, "I/N", kCallGraph, mask({CommandId::index}),
       "read the units of one of N machines only; --index then names the part that is written; default: "
       ".git/patchgate/part-I-of-N.db"},
      {merge, "--merge", Value::file, "PART", kCallGraph, mask({CommandId::index}),
       "make the index of the parts of all shards, each checked against the sources; nothing is parsed", true},
      {jobs,
       "--jobs",
       Value::number,
       "N",
       kCallGraph,
       kNeedGraph,
       "parse so many units at a time; default: one a core",
       false,
       {},
       1,
       256},
      {sandbox,
       "--sandbox",
       Value::word,
       "MODE",
       kCallGraph,
       mask({check, CommandId::index, graph, explain, CommandId::policy, selftest, hook}),
       "of the parser: strict (default), best-effort (as far as the kernel can; the report says how far), off",
       false,
       {"strict", "best-effort", "off"}},

      {kinds, "--kinds", Value::words_by_comma, "A,B", kOutput, kGraph, "edges: only these kinds", false, edge_kinds()},
      {confidence, "--confidence", Value::word, "C", kOutput, kGraph, "edges: only those of this confidence", false,
       confidences()},
      {rules, "--rules", Value::none, "", kOutput, kGraph,
       "edges: two more columns, the rule that found each and its line"},
      {by,
       "--by",
       Value::word,
       "ORDER",
       kOutput,
       kGraph,
       "fan-in: most users directly (default), or in all",
       false,
       {"direct", "transitive"}},
      {top,
       "--top",
       Value::number,
       "N",
       kOutput,
       kGraph,
       "fan-in, drawings: so many symbols, the highest first; default: 20, in a drawing 60",
       false,
       {},
       1,
       1'000'000},
      {only, "--only", Value::words_by_comma, "A,B", kOutput, kGraph, "fan-in: only symbols of these kinds", false,
       symbol_kinds()},
      {vendored, "--vendored", Value::none, "", kOutput, kGraph,
       "fan-in: with the code in folders of other projects (deps, third_party, vendor, and the like)"},
      {depth,
       "--depth",
       Value::number,
       "N",
       kOutput,
       kGraph,
       "callers, callees: so many steps; default: 1",
       false,
       {},
       1,
       1'000},
      {format,
       "--format",
       Value::word,
       "FORMAT",
       kOutput,
       kGraph,
       "tsv (default) or json; callers, callees: also dot, mermaid, or svg, which the program dot draws",
       false,
       {"tsv", "json", "dot", "svg", "mermaid"}},
      {report, "--report", Value::report, "FORMAT[=FILE]", kOutput, kCheck,
       "several may be given; without FILE to standard output; default: text", true, report_formats()},
      {report,
       "--report",
       Value::report,
       "FORMAT[=FILE]",
       kOutput,
       kPolicy,
       "replay: several may be given; without FILE to standard output; default: text",
       true,
       {"text", "json", "markdown"}},
      {warn_exit,
       "--warn-exit",
       Value::number,
       "N",
       kOutput,
       kCheck,
       "exit code of a warn, 0 to 125; default: 0",
       false,
       {},
       0,
       125},
      {stats, "--stats", Value::file, "FILE", kOutput, mask({check, CommandId::index}),
       "write time and memory spent, as JSON"},
      {no_color, "--no-color", Value::none, "", kOutput, mask({check, explain, CommandId::policy, hook}),
       "no colours on a terminal"},
      {quiet, "--quiet", Value::none, "", kOutput,
       mask({check, CommandId::index, graph, explain, CommandId::policy, selftest, hook}),
       "no progress on standard error"},
      {help, "--help", Value::none, "", kOutput, kAll, "this text"},
  };
}

}  // namespace

const std::vector<Flag>& flags() {
  static const std::vector<Flag> table = all_flags();
  return table;
}

std::vector<const Flag*> flags_of(CommandId command) {
  std::vector<const Flag*> found;
  for (const auto& flag : flags()) {
    if (!flag.hidden && takes(flag, command)) found.push_back(&flag);
  }
  return found;
}

const Flag* find_flag(CommandId command, std::string_view name) {
  const auto found = std::find_if(flags().begin(), flags().end(),
                                  [&](const Flag& flag) { return name == flag.name && takes(flag, command); });
  return found == flags().end() ? nullptr : &*found;
}

}  // namespace patchgate
