#include <algorithm>

#include "gate/cli/flags.h"

namespace patchgate {

const std::vector<Command>& commands() {
  using enum CommandId;
  static const std::vector<Command> table{
      {check,
       "check",
       "judge a patch and write the reports",
       {},
       {"Judges the difference from the merge base of --base and --head to --head.",
        "REV is HEAD, a full id, a full ref, or a short name of a branch or tag."},
       {"check", "check --base origin/release/2.4 --target release/2.4",
        "check --report text json=report.json markdown=comment.md", "check --staged --quiet"}},
      {index,
       "index",
       "build or refresh the call graph of a revision",
       {},
       {"The index is a cache: a verdict never depends on it.",
        "Made in one run or merged from shards, a new file has the same bytes, whatever --jobs is: they depend on the",
        "revision, its compile commands, the machine's headers and the versions of patchgate and its libraries.",
        "One that holds units of other revisions keeps them."},
       {"index", "index --rev main --compile-commands build --jobs 4", "index --shard 2/4 --index part-2.db",
        "index --merge part-1.db part-2.db part-3.db part-4.db"}},
      {graph,
       "graph",
       "ask the call graph: its edges, callers and callees, the most used symbols",
       {{"QUERY", {"export", "callers", "callees", "fan-in"}}, {"SYMBOL", {}, false}},
       {"export           every edge", "callers SYMBOL   who calls or uses it",
        "callees SYMBOL   what it calls or uses", "fan-in           the symbols that most others depend on"},
       {"graph callers leveldb::DBImpl::Get", "graph fan-in --top 10",
        "graph export --kinds call,virtual --confidence exact"}},
      {explain,
       "explain",
       "all about one symbol, one line, or one rule",
       {{"SYMBOL|FILE:LINE|RULE", {}}},
       {"A symbol: its rank, callers, tests that reach it, sinks that it reaches, blind spots.",
        "A rule: its conditions, and the line of the policy."},
       {"explain leveldb::DBImpl::Get", "explain db/db_impl.cc:1120", "explain hotfix/tests-reach"}},
      {policy,
       "policy",
       "write, check, test or show the policy",
       {{"ACTION", {"init", "check", "test", "show"}}, {"POLICY", {}, false}},
       {"POLICY is a file, or a built-in one by its name; default: that of --rev, which is HEAD where not given.",
        "init    write .patchgate/policy.json where there is none", "check   find what is wrong with it",
        "test    run the tests in .patchgate/tests", "show    all rules in force, and where each comes from"},
       {"policy init", "policy check ../policy.json", "policy show builtin:hotfix@1", "policy show --rev release/2.4"}},
      {selftest,
       "selftest",
       "judge a known bad and a known good patch with this installation",
       {},
       {"Fails unless the bad one is blocked and the good one allowed."},
       {"selftest"}},
      {init,
       "init",
       "write .patchgate/policy.json and the CI job for this repository",
       {},
       {"Changes nothing that exists."},
       {"init", "init --repo ../service"}},
      {hook,
       "hook",
       "judge what is pushed, before git pushes it",
       {{"ACTION", {"install", "uninstall", "pre-push"}}, {"REMOTE", {}, false}, {"URL", {}, false}},
       {"install    write the pre-push hook; one that is there runs first; the options below are passed on to it",
        "uninstall  take it away, and nothing else",
        "pre-push   what the hook calls; git gives the refs on standard input",
        "What is pushed is compared with the branch that it is meant for: the one that it is pushed to, if that is the",
        "default branch of the remote or one that the policy's hotfix patterns name, else the nearest of these.",
        "PATCHGATE_SKIP='why' git push … goes without, and notes it in .git/patchgate/skipped-pushes.log."},
       {"hook install", "hook install --compile-commands out/debug", "hook uninstall"}},
      {verify,
       "verify",
       "the deploy step: may this commit be deployed, by the report that judged it?",
       {{"REPORT", {}}},
       {"REPORT is what check wrote with --report json=REPORT. Exit code 0 only for a passing verdict on exactly this",
        "commit with all that comes along, target and policy: 1 where it blocks or is about something else,",
        "3 where nothing was judged.",
        "--head is needed: what is about to be deployed. The policy in force is that of the target branch's tip; it is",
        "looked up in the repository, unless --policy names another. A report is not signed: take it from where the",
        "author of a patch cannot write."},
       {"verify report.json --head $(git rev-parse HEAD)", "verify report.json --head HEAD --target release/2.4"}},
      {completions,
       "completions",
       "print the completions for a shell",
       {{"SHELL", {"bash", "zsh", "fish"}}},
       {},
       {"completions bash > /etc/bash_completion.d/patchgate", "completions zsh > ~/.zfunc/_patchgate",
        "completions fish > ~/.config/fish/completions/patchgate.fish"}},
      {man, "man", "print the manual page", {}, {}, {"man > patchgate.1"}},
  };
  return table;
}

const Command* find_command(std::string_view name) {
  const auto& table = commands();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Command& row) { return name == row.name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace patchgate
