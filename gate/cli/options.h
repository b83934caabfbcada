#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analyzers/model/result.h"
#include "analyzers/model/sandbox_mode.h"
#include "analyzers/model/symbol.h"

namespace patchgate {

// What the command line says, as plain data: checked words, nothing looked up. Absent = not given.

/// Where the call graph comes from.
struct GraphSource {
  std::vector<std::string> compile_commands;  ///< files or folders; empty = the usual places
  std::optional<std::string> index;           ///< absent = .git/patchgate/index.db
  bool no_cache = false;                      ///< keep no index
  std::optional<std::uint32_t> jobs;          ///< 1 to 256; absent = one a processor
  SandboxMode sandbox = SandboxMode::strict;
  bool trust_repo_owner = false;  ///< read a repository that belongs to another user
};

struct ReportRequest {
  std::string format;  ///< the name of a Writer
  std::string file;    ///< empty = standard output
};

struct CheckOptions {
  std::optional<std::string> repo, base, head, target, source;
  bool worktree = false;
  bool staged = false;
  std::optional<std::string> policy, floor;
  std::vector<std::string> rollouts;
  std::vector<std::string> coverage, junit, junit_at_base;
  std::vector<std::string> overrides;
  std::optional<std::string> context;
  std::optional<std::string> now;       ///< RFC 3339, checked
  std::optional<std::string> zoneinfo;  ///< folder of the time zone database
  GraphSource graph;
  bool patch_scope = false;             ///< read only what can matter to the patch
  bool full_scope = false;              ///< asked for by name: read all, whatever the patch is
  std::optional<std::uint32_t> budget;  ///< seconds, up to a day; absent = without end
  std::vector<ReportRequest> reports;   ///< at least one
  int warn_exit = 0;                    ///< 0 to 125
  std::optional<std::string> stats;
  bool no_color = false;
  bool quiet = false;
};

/// One of several machines that index together.
struct Shard {
  std::uint32_t number = 1;  ///< 1 to `of`
  std::uint32_t of = 1;      ///< 1 to 1000
};

struct IndexOptions {
  std::optional<std::string> repo, rev;
  std::optional<Shard> shard;      ///< its units only; the file is a part
  std::vector<std::string> parts;  ///< of which the index is made; empty = it is made from the sources
  GraphSource graph;
  std::optional<std::string> stats;
  bool quiet = false;
};

struct GraphOptions {
  enum class Query { export_edges, callers, callees, fan_in };
  enum class Format { tsv, json, dot, svg, mermaid };
  Query query = Query::export_edges;
  std::string symbol;  ///< callers, callees
  Format format = Format::tsv;
  std::uint32_t depth = 1;               ///< callers, callees: so many steps
  std::optional<std::uint32_t> top;      ///< symbols; absent = 20 for fan-in, 60 for a drawing
  std::vector<SymbolKind> only;          ///< fan-in: symbols of these kinds; sorted; empty = all
  bool vendored = false;                 ///< fan-in: with what comes from elsewhere
  std::vector<EdgeKind> kinds;           ///< sorted; empty = all
  std::optional<Confidence> confidence;  ///< absent = all
  bool rules = false;
  bool by_transitive = false;  ///< fan-in: not by direct users
  std::optional<std::string> repo, rev;
  GraphSource graph;
  bool quiet = false;
};

struct ExplainOptions {
  std::string what;  ///< SYMBOL, FILE:LINE or RULE
  std::optional<std::string> repo, rev, policy, floor;
  GraphSource graph;
  bool no_color = false;
  bool quiet = false;
};

struct PolicyOptions {
  enum class Action { init, check, test, show };
  Action action = Action::check;
  std::optional<std::string> repo, rev, policy, zoneinfo, floor;
};

/// `policy replay`: past patches of a branch under an old and a new policy.
struct ReplayOptions {
  std::optional<std::string> repo;
  std::string since;                      ///< not judged itself; not empty
  std::optional<std::string> until;       ///< absent = HEAD
  std::optional<std::string> target;      ///< the branch's name; absent = that of `until`
  std::optional<std::string> old_policy;  ///< absent = that of the tip
  std::optional<std::string> new_policy;  ///< absent = only one policy is looked at
  std::uint32_t limit = 200;              ///< patches, the newest first; 1 to 10,000
  GraphSource graph;
  bool patch_scope = false;
  std::optional<std::uint32_t> budget;  ///< seconds a patch
  std::optional<std::string> zoneinfo;
  std::vector<ReportRequest> reports;  ///< text, json, markdown; at least one
  bool no_color = false;
  bool quiet = false;
};

struct SelftestOptions {
  SandboxMode sandbox = SandboxMode::strict;
  bool quiet = false;
};

struct InitOptions {
  std::optional<std::string> repo;
};

struct HookOptions {
  enum class Action { install, uninstall, pre_push };
  Action action = Action::install;
  std::string remote;                  ///< pre-push: its name or URL; empty = not said
  std::vector<std::string> passed_on;  ///< install: the words that pre-push is to be called with
  std::optional<std::string> repo;
  GraphSource graph;
  bool patch_scope = false;
  std::optional<std::uint32_t> budget;
  bool no_color = false;
  bool quiet = false;
};

/// The deploy step.
struct VerifyOptions {
  std::string report;  ///< a file of --report json
  std::string head;    ///< what is about to be deployed; not empty
  std::optional<std::string> repo, base, target, policy, floor;
  std::optional<std::string> now;  ///< RFC 3339, checked
};

/// --help, --version, completions: printed as it is, exit code 0.
struct PrintText {
  std::string text;
};

using Options = std::variant<PrintText, CheckOptions, IndexOptions, GraphOptions, ExplainOptions, PolicyOptions,
                             ReplayOptions, SelftestOptions, InitOptions, VerifyOptions, HookOptions>;

/// `words` is argv without the program. Error (usage): every problem of the line, one a line.
Result<Options> parse(const std::vector<std::string>& words);

}  // namespace patchgate
