#include <gtest/gtest.h>

#include "tests/gate/cli/printed_options.h"

namespace patchgate {
namespace {

struct Case {
  const char* line;
  const char* expected;
};

#define HINT "\n  hint: `patchgate check --help` lists what there is"
#define INDEX_HINT "\n  hint: `patchgate index --help` lists what there is"
#define HINT_GRAPH "\n  hint: `patchgate graph --help` lists what there is"
#define HINT_POLICY "\n  hint: `patchgate policy --help` lists what there is"
#define HINT_TOP "\n  hint: `patchgate --help` lists the commands"

const Case kCases[] = {
    {"", "no command given" HINT_TOP},
    {"chekc", "unknown command 'chekc'; did you mean 'check'?" HINT_TOP},
    {"deploy", "unknown command 'deploy'" HINT_TOP},
    {"history score", "unknown command 'history'" HINT_TOP},
    {"--verison", "unknown option '--verison'; did you mean '--version'?" HINT_TOP},
    {"--base main check", "the command comes first, then its options\n  hint: patchgate check --base"},
    {"--top=3 graph", "the command comes first, then its options\n  hint: patchgate graph --top"},

    {"check --bse main", "unknown option '--bse' of check; did you mean '--base'?" HINT},
    {"check --approve a.json --base main", "unknown option '--approve' of check" HINT},
    {"check --top 3", "unknown option '--top' of check; it is one of graph" HINT},
    {"check -q", "unknown option '-q' of check" HINT},
    {"check --base", "--base: needs REV" HINT},
    {"check --base --head x", "--base: needs REV" HINT},
    {"check --base ''", "--base: the value is empty" HINT},
    {"check --base a --base b", "--base: given more than once" HINT},
    {"check --staged=yes", "--staged: takes no value" HINT},
    {"check main", "check: unexpected word 'main'" HINT},
    {"check --worktree --staged", "--worktree and --staged: only one of them can be given" HINT},
    {"check --head x --staged", "--head and --staged: only one of them can be given" HINT},
    {"check --report", "--report: needs FORMAT[=FILE]" HINT},
    {"check --report jsn=r.json",
     "--report: 'jsn' is not one of text, json, markdown, html, sarif, gitlab, junit, rdjson, facts, github; did you "
     "mean "
     "'json'?" HINT},
    {"check --report pdf",
     "--report: 'pdf' is not one of text, json, markdown, html, sarif, gitlab, junit, rdjson, facts, github" HINT},
    {"check --report json=", "--report: no file after 'json='" HINT},
    {"check --report json=a markdown=a", "--report: two reports for the file 'a'" HINT},
    {"check --now yesterday", "--now: 'yesterday' is not a time such as 2026-11-23T09:00:00Z" HINT},
    {"check --jobs 0", "--jobs: '0' is not a number from 1 to 256" HINT},
    {"check --jobs 257", "--jobs: '257' is not a number from 1 to 256" HINT},
    {"check --jobs 2x", "--jobs: '2x' is not a number from 1 to 256" HINT},
    {"check --jobs=-1", "--jobs: '-1' is not a number from 1 to 256" HINT},
    {"check --jobs +1", "--jobs: '+1' is not a number from 1 to 256" HINT},
    {"check --jobs 99999999999", "--jobs: '99999999999' is not a number from 1 to 256" HINT},
    {"check --warn-exit 126", "--warn-exit: '126' is not a number from 0 to 125" HINT},
    {"index --shard 0/4", "--shard: '0/4' is not a shard such as 2/4" INDEX_HINT},
    {"index --shard 5/4", "--shard: '5/4' is not a shard such as 2/4" INDEX_HINT},
    {"index --shard 4", "--shard: '4' is not a shard such as 2/4" INDEX_HINT},
    {"index --shard 1/1001", "--shard: '1/1001' is not a shard such as 2/4" INDEX_HINT},
    {"index --shard 1/2/3", "--shard: '1/2/3' is not a shard such as 2/4" INDEX_HINT},
    {"index --shard 1/2 --merge a.db", "--shard and --merge: only one of them can be given" INDEX_HINT},
    {"check --scope ful", "--scope: 'ful' is not one of full, patch; did you mean 'full'?" HINT},
    {"check --budget 86401", "--budget: '86401' is not a number from 0 to 86400" HINT},
    {"check --budget 1.5", "--budget: '1.5' is not a number from 0 to 86400" HINT},
    {"check --scpe full", "unknown option '--scpe' of check; did you mean '--scope'?" HINT},
    {"check --sandbox strct", "--sandbox: 'strct' is not one of strict, best-effort, off; did you mean 'strict'?" HINT},
    {"check --base \x1b[2J::x --jobs \x1b[2J", "--jobs: '\\x1b[2J' is not a number from 1 to 256" HINT},
    {"check --bse x --jobs 0 --worktree --staged extra",
     "unknown option '--bse' of check; did you mean '--base'?\n"
     "--jobs: '0' is not a number from 1 to 256\n"
     "check: unexpected word 'extra'\n"
     "--worktree and --staged: only one of them can be given" HINT},

    {"graph", "graph: needs QUERY, one of export, callers, callees, fan-in" HINT_GRAPH},
    {"graph caller x",
     "graph: 'caller' is not one of export, callers, callees, fan-in; did you mean 'callers'?" HINT_GRAPH},
    {"graph callers", "graph callers: needs SYMBOL" HINT_GRAPH},
    {"graph callers --compile-commands build main", "graph callers: needs SYMBOL" HINT_GRAPH},
    {"graph export main", "graph export: takes no SYMBOL" HINT_GRAPH},
    {"graph callees a b", "graph: unexpected word 'b'" HINT_GRAPH},
    {"graph fan-in --rules", "--rules: not for graph fan-in" HINT_GRAPH},
    {"graph callers f --by direct", "--by: goes with graph fan-in only" HINT_GRAPH},
    {"graph export --top 3", "--top: goes with graph fan-in only" HINT_GRAPH},
    {"graph fan-in --kinds call --confidence exact",
     "--kinds: not for graph fan-in, which takes --only\n--confidence: not for graph fan-in" HINT_GRAPH},
    {"graph fan-in --format dot", "--format dot: goes with graph callers and callees only" HINT_GRAPH},
    {"graph export --depth 2 --only function --vendored",
     "--depth: goes with graph callers and callees only\n--only: goes with graph fan-in only\n"
     "--vendored: goes with graph fan-in only" HINT_GRAPH},
    {"graph callers f --top 3", "--top: goes with graph fan-in only" HINT_GRAPH},
    {"graph export --kinds call,cal",
     "--kinds: 'cal' is not one of call, construct, destruct, virtual, override, address, indirect, macro, read, "
     "write, "
     "type, include; did you mean 'call'?" HINT_GRAPH},
    {"graph export --confidence sure", "--confidence: 'sure' is not one of exact, possible, name" HINT_GRAPH},

    {"explain", "explain: needs SYMBOL|FILE:LINE|RULE\n  hint: `patchgate explain --help` lists what there is"},
    {"explain ''", "explain: SYMBOL|FILE:LINE|RULE is empty\n  hint: `patchgate explain --help` lists what there is"},
    {"policy replay", "policy replay: needs --since, the commit after which patches are judged" HINT_POLICY},
    {"policy show --rev a --policy b", "--rev and --policy: only one of them can be given" HINT_POLICY},
    {"policy init --rev a", "policy init: takes neither --rev nor a policy" HINT_POLICY},
    {"policy init p.json", "policy init: takes neither --rev nor a policy" HINT_POLICY},
    {"policy show p.json --rev a", "policy: 'p.json' and --rev or --policy: only one of them can be given" HINT_POLICY},
    {"policy show p.json q.json", "policy: unexpected word 'q.json'" HINT_POLICY},
    {"hook install origin", "hook install: takes no REMOTE\n  hint: `patchgate hook --help` lists what there is"},
    {"verify",
     "verify: needs REPORT\nverify: needs --head, the commit that is about to be deployed\n  hint: `patchgate verify "
     "--help` lists what there is"},
    {"verify r.json",
     "verify: needs --head, the commit that is about to be deployed\n  hint: `patchgate verify --help` lists what "
     "there "
     "is"},
    {"completions",
     "completions: needs SHELL, one of bash, zsh, fish\n  hint: `patchgate completions --help` lists what there "
     "is"},
};

TEST(ParseErrorTest, SaysAllThatIsWrong) {
  for (const auto& row : kCases) EXPECT_EQ(parsed(row.line), row.expected) << row.line;
}

TEST(ParseErrorTest, IsAboutUsage) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, {"chekc"}, {"check", "--nonsense"}, {"--base", "x"}}) {
    const auto options = parse(words);
    ASSERT_FALSE(options);
    EXPECT_EQ(exit_code_of(options.error()), 2);
  }
}

}  // namespace
}  // namespace patchgate
