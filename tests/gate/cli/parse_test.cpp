#include <gtest/gtest.h>

#include "gate/version/version.h"
#include "tests/gate/cli/printed_options.h"

namespace patchgate {
namespace {

struct Case {
  const char* line;
  const char* expected;
};

const Case kCases[] = {
    {"check", "check"},
    {"check --base main --head HEAD", "check base=main head=HEAD"},
    {"check --base=main --head=refs/heads/a=b", "check base=main head=refs/heads/a=b"},
    {"check --base=-x", "check base=-x"},
    {"check --repo ../r --target release/2.4 --source hotfix/x", "check repo=../r target=release/2.4 source=hotfix/x"},
    {"check --worktree", "check worktree"},
    {"check --staged --quiet --no-color", "check staged no_color quiet"},
    {"check --report text json=r.json", "check reports=text,json>r.json"},
    {"check --report json=a=b.json --quiet --report markdown", "check reports=json>a=b.json,markdown quiet"},
    {"check --report=json=r.json --report text text", "check reports=json>r.json,text,text"},
    {"check --compile-commands build build2/compile_commands.json --jobs 4",
     "check compile_commands=build,build2/compile_commands.json jobs=4"},
    {"check --coverage a.info b.xml --junit c.xml --junit-at-base=d.xml",
     "check coverage=a.info,b.xml junit=c.xml junit_at_base=d.xml"},
    {"check --rollout a.yaml b.json --rollout=c.yaml", "check rollouts=a.yaml,b.json,c.yaml"},
    {"check --policy /etc/p.json --index i.db --no-cache", "check policy=/etc/p.json index=i.db no_cache"},
    {"check --now 2026-11-23T09:00:00Z", "check now=2026-11-23T09:00:00Z"},
    {"check --scope full --sandbox strict", "check full_scope"},
    {"check --scope patch --budget 60", "check patch_scope budget=60"},
    {"check --budget=0", "check budget=0"},
    {"check --sandbox best-effort", "check sandbox=best-effort"},
    {"check --sandbox=off", "check sandbox=off"},
    {"check --jobs 256 --warn-exit 125 --stats s.json", "check jobs=256 warn_exit=125 stats=s.json"},
    {"check --jobs 1 --warn-exit 0", "check jobs=1"},
    {"index --rev main --compile-commands build --index i.db --jobs 2 --stats s.json --quiet --repo r --sandbox off",
     "index repo=r rev=main compile_commands=build index=i.db jobs=2 sandbox=off stats=s.json quiet"},
    {"index --shard 2/4", "index shard=2/4"},
    {"index --merge a.db b.db --index i.db --merge c.db", "index parts=a.db,b.db,c.db index=i.db"},
    {"graph export", "graph export"},
    {"graph export --format json --kinds virtual,call,call --confidence exact --rev main",
     "graph export json kinds=call,virtual confidence=exact rev=main"},
    {"graph callers leveldb::DBImpl::Get --repo r", "graph callers symbol=leveldb::DBImpl::Get repo=r"},
    {"graph --no-cache callees main --format tsv", "graph callees symbol=main no_cache"},
    {"graph callers -- --odd", "graph callers symbol=--odd"},
    {"graph callers -", "graph callers symbol=-"},
    {"graph fan-in --top 5 --quiet", "graph fan-in top=5 quiet"},
    {"graph fan-in --by transitive", "graph fan-in by_transitive"},
    {"graph fan-in --by direct", "graph fan-in"},
    {"graph callers f --rules", "graph callers symbol=f rules"},
    {"graph callers f --format svg --depth 3 --top 9", "graph callers symbol=f svg top=9 depth=3"},
    {"graph callees f --format mermaid --kinds call", "graph callees symbol=f mermaid kinds=call"},
    {"graph fan-in --only type,function,type --vendored", "graph fan-in only=function,type vendored"},
    {"explain src/a.cpp:12 --policy p.json --no-color", "explain what=src/a.cpp:12 policy=p.json no_color"},
    {"explain hotfix/tests-reach --rev main --quiet", "explain what=hotfix/tests-reach rev=main quiet"},
    {"policy check", "policy check"},
    {"policy init --repo r", "policy init repo=r"},
    {"policy test --policy p.json", "policy test policy=p.json"},
    {"policy show builtin:hotfix@1", "policy show policy=builtin:hotfix@1"},
    {"policy show --rev main", "policy show rev=main"},
    {"selftest --sandbox off --quiet", "selftest sandbox=off quiet"},
    {"init --repo r", "init repo=r"},
    {"hook install", "hook install"},
    {"hook install --budget 9 --compile-commands a b",
     "hook install passed_on=--compile-commands passed_on=a passed_on=b passed_on=--budget passed_on=9 budget=9"},
    {"hook uninstall --repo r", "hook uninstall repo=r"},
    {"hook pre-push origin git@host:x.git --scope patch --quiet",
     "hook pre-push remote=origin passed_on=--scope passed_on=patch passed_on=--quiet patch_scope quiet"},
    {"verify r.json --head HEAD", "verify report=r.json head=HEAD"},
    {"verify --head HEAD r.json --base v1 --target prod --policy p.json --repo r",
     "verify report=r.json head=HEAD repo=r base=v1 target=prod policy=p.json"},
    {"--report-schema", "print {"},
    {"--help",
     "print patchgate judges a patch before it is deployed: how much depends on what it touches, and which proof "
     "is missing."},
    {"check --help", "print patchgate check: judge a patch and write the reports"},
    {"check --nonsense -h", "print patchgate check: judge a patch and write the reports"},
    {"graph --help",
     "print patchgate graph: ask the call graph: its edges, callers and callees, the most used symbols"},
    {"completions bash", "print # Completions of patchgate for bash, made by `patchgate completions bash`."},
    {"completions zsh", "print #compdef patchgate"},
    {"completions fish", "print # Completions of patchgate for fish, made by `patchgate completions fish`."},
};

TEST(ParseTest, TurnsWordsIntoOptions) {
  for (const auto& row : kCases) EXPECT_EQ(parsed(row.line), row.expected) << row.line;
}

TEST(ParseTest, TheVersionIsThatOfGit) { EXPECT_EQ(parsed("--version"), "print patchgate " + program_version()); }

}  // namespace
}  // namespace patchgate
