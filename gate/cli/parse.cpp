#include <algorithm>
#include <set>

#include "gate/cli/completions.h"
#include "gate/cli/help.h"
#include "gate/cli/man_page.h"
#include "gate/cli/options.h"
#include "gate/cli/words.h"
#include "gate/reports/report_schema.h"
#include "gate/version/version.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

/// The value whose name_of() is `name`, which the table of flags made sure of.
template <class Enum>
Enum value_named(const std::string& name, int count) {
  int value = 0;
  while (value + 1 < count && name != name_of(static_cast<Enum>(value))) ++value;
  return static_cast<Enum>(value);
}

void say_conflict(SortedWords& words, std::initializer_list<FlagId> exclusive) {
  std::vector<std::string> given;
  for (const auto& flag : flags()) {
    const bool one_of_them = std::find(exclusive.begin(), exclusive.end(), flag.id) != exclusive.end();
    const bool named = std::find(given.begin(), given.end(), flag.name) != given.end();  // a row a command
    if (one_of_them && !named && words.has(flag.id)) given.emplace_back(flag.name);
  }
  if (given.size() > 1) words.problems.push_back(join(given, " and ") + ": only one of them can be given");
}

SandboxMode sandbox_of(const SortedWords& words) {
  const std::string mode = words.text(FlagId::sandbox).value_or("strict");
  if (mode == "best-effort") return SandboxMode::best_effort;
  return mode == "off" ? SandboxMode::off : SandboxMode::strict;
}

std::optional<std::uint32_t> number_of(const SortedWords& words, FlagId flag) {
  const auto text = words.text(flag);
  return text ? plain_number(*text, 0, UINT32_MAX) : std::nullopt;
}

GraphSource graph_source(const SortedWords& words) {
  return {words.texts(FlagId::compile_commands), words.text(FlagId::index), words.has(FlagId::no_cache),
          number_of(words, FlagId::jobs),        sandbox_of(words),         words.has(FlagId::trust_repo_owner)};
}

std::vector<ReportRequest> reports_of(SortedWords& words) {
  std::vector<ReportRequest> reports;
  std::set<std::string> files;
  for (const auto& value : words.texts(FlagId::report)) {
    const std::size_t equals = value.find('=');
    ReportRequest report{value.substr(0, equals), equals == std::string::npos ? "" : value.substr(equals + 1)};
    if (!report.file.empty() && !files.insert(report.file).second) {
      words.problems.push_back("--report: two reports for the file " + in_quotes(report.file));
    }
    reports.push_back(std::move(report));
  }
  if (reports.empty()) reports.push_back({"text", ""});
  return reports;
}

Options check_options(SortedWords& words) {
  say_conflict(words, {FlagId::head, FlagId::worktree, FlagId::staged});
  CheckOptions options;
  options.repo = words.text(FlagId::repo);
  options.base = words.text(FlagId::base);
  options.head = words.text(FlagId::head);
  options.target = words.text(FlagId::target);
  options.source = words.text(FlagId::source);
  options.worktree = words.has(FlagId::worktree);
  options.staged = words.has(FlagId::staged);
  options.policy = words.text(FlagId::policy);
  options.floor = words.text(FlagId::floor);
  options.coverage = words.texts(FlagId::coverage);
  options.junit = words.texts(FlagId::junit);
  options.junit_at_base = words.texts(FlagId::junit_at_base);
  options.rollouts = words.texts(FlagId::rollout);
  options.overrides = words.texts(FlagId::override_file);
  options.context = words.text(FlagId::context);
  options.now = words.text(FlagId::now);
  options.zoneinfo = words.text(FlagId::zoneinfo);
  options.graph = graph_source(words);
  options.patch_scope = words.text(FlagId::scope) == "patch";
  options.full_scope = words.text(FlagId::scope) == "full";
  options.budget = number_of(words, FlagId::budget);
  options.reports = reports_of(words);
  options.warn_exit = static_cast<int>(number_of(words, FlagId::warn_exit).value_or(0));
  options.stats = words.text(FlagId::stats);
  options.no_color = words.has(FlagId::no_color);
  options.quiet = words.has(FlagId::quiet);
  return options;
}

Options index_options(SortedWords& words) {
  say_conflict(words, {FlagId::shard, FlagId::merge});
  IndexOptions options;
  options.repo = words.text(FlagId::repo);
  options.rev = words.text(FlagId::rev);
  if (const auto text = words.text(FlagId::shard)) options.shard = plain_shard(*text);
  options.parts = words.texts(FlagId::merge);
  options.graph = graph_source(words);
  options.stats = words.text(FlagId::stats);
  options.quiet = words.has(FlagId::quiet);
  return options;
}

void say_misplaced(SortedWords& words, FlagId flag, const char* name, const char* query) {
  if (words.has(flag) && !words.operands.empty() && words.operands.front() != query) {
    words.problems.push_back(std::string(name) + ": goes with graph " + query + " only");
  }
}

Options graph_options(SortedWords& words) {
  GraphOptions options;
  const std::string query = words.operands.empty() ? "" : words.operands.front();
  const bool about_symbol = query == "callers" || query == "callees";
  if (query == "callers") options.query = GraphOptions::Query::callers;
  if (query == "callees") options.query = GraphOptions::Query::callees;
  if (query == "fan-in") options.query = GraphOptions::Query::fan_in;
  if (words.operands.size() > 1) options.symbol = words.operands[1];
  if (about_symbol && options.symbol.empty()) words.problems.push_back("graph " + query + ": needs SYMBOL");
  if ((query == "export" || query == "fan-in") && !options.symbol.empty()) {
    words.problems.push_back("graph " + query + ": takes no SYMBOL");
  }
  const std::string format = words.text(FlagId::format).value_or("tsv");
  const bool drawn = format != "tsv" && format != "json";
  if (drawn && !query.empty() && !about_symbol) {
    words.problems.push_back("--format " + format + ": goes with graph callers and callees only");
  }
  if (!about_symbol && words.has(FlagId::depth) && !query.empty()) {
    words.problems.emplace_back("--depth: goes with graph callers and callees only");
  }
  if (!drawn) say_misplaced(words, FlagId::top, "--top", "fan-in");
  say_misplaced(words, FlagId::by, "--by", "fan-in");
  say_misplaced(words, FlagId::only, "--only", "fan-in");
  say_misplaced(words, FlagId::vendored, "--vendored", "fan-in");
  if (query == "fan-in") {
    if (words.has(FlagId::kinds)) words.problems.emplace_back("--kinds: not for graph fan-in, which takes --only");
    if (words.has(FlagId::confidence)) words.problems.emplace_back("--confidence: not for graph fan-in");
    if (words.has(FlagId::rules)) words.problems.emplace_back("--rules: not for graph fan-in");
  }

  using Format = GraphOptions::Format;
  for (const auto& [name, value] : {std::pair("json", Format::json), std::pair("dot", Format::dot),
                                    std::pair("svg", Format::svg), std::pair("mermaid", Format::mermaid)}) {
    if (format == name) options.format = value;
  }
  options.depth = number_of(words, FlagId::depth).value_or(options.depth);
  options.top = number_of(words, FlagId::top);
  options.vendored = words.has(FlagId::vendored);
  std::set<SymbolKind> only;
  if (const auto names = words.text(FlagId::only)) {
    for (const auto& name : split_at_commas(*names)) only.insert(value_named<SymbolKind>(name, kSymbolKinds));
  }
  options.only.assign(only.begin(), only.end());
  std::set<EdgeKind> kinds;
  if (const auto names = words.text(FlagId::kinds)) {
    for (const auto& name : split_at_commas(*names)) kinds.insert(value_named<EdgeKind>(name, kEdgeKinds));
  }
  options.kinds.assign(kinds.begin(), kinds.end());
  if (const auto name = words.text(FlagId::confidence)) {
    options.confidence = value_named<Confidence>(*name, kConfidences);
  }
  options.rules = words.has(FlagId::rules);
  options.by_transitive = words.text(FlagId::by) == "transitive";
  options.repo = words.text(FlagId::repo);
  options.rev = words.text(FlagId::rev);
  options.graph = graph_source(words);
  options.quiet = words.has(FlagId::quiet);
  return options;
}

Options explain_options(SortedWords& words) {
  return ExplainOptions{words.operands.empty() ? "" : words.operands.front(),
                        words.text(FlagId::repo),
                        words.text(FlagId::rev),
                        words.text(FlagId::policy),
                        words.text(FlagId::floor),
                        graph_source(words),
                        words.has(FlagId::no_color),
                        words.has(FlagId::quiet)};
}

Options replay_options(SortedWords& words) {
  if (!words.has(FlagId::since))
    words.problems.emplace_back("policy replay: needs --since, the commit after which patches are judged");
  if (words.has(FlagId::rev)) words.problems.emplace_back("policy replay: takes --until, not --rev");
  ReplayOptions options;
  options.repo = words.text(FlagId::repo);
  options.since = words.text(FlagId::since).value_or("");
  options.until = words.text(FlagId::until);
  options.target = words.text(FlagId::target);
  options.old_policy = words.text(FlagId::old);
  options.new_policy = words.operands.size() > 1 ? words.operands[1] : words.text(FlagId::policy);
  options.limit = number_of(words, FlagId::limit).value_or(options.limit);
  options.graph = graph_source(words);
  options.patch_scope = words.text(FlagId::scope) == "patch";
  options.budget = number_of(words, FlagId::budget);
  options.zoneinfo = words.text(FlagId::zoneinfo);
  options.reports = reports_of(words);
  options.no_color = words.has(FlagId::no_color);
  options.quiet = words.has(FlagId::quiet);
  return options;
}

/// What says how past patches are looked at says nothing about a policy alone.
void say_replay_only(SortedWords& words) {
  for (const auto id : {FlagId::since, FlagId::until, FlagId::target, FlagId::limit, FlagId::old, FlagId::scope,
                        FlagId::budget, FlagId::report, FlagId::compile_commands, FlagId::index, FlagId::no_cache,
                        FlagId::jobs, FlagId::sandbox, FlagId::no_color, FlagId::quiet}) {
    if (!words.has(id)) continue;
    const auto flag = std::find_if(flags().begin(), flags().end(), [&](const Flag& row) { return row.id == id; });
    words.problems.push_back(std::string(flag->name) + ": goes with policy replay only");
  }
}

Options policy_options(SortedWords& words) {
  say_conflict(words, {FlagId::rev, FlagId::policy});
  const std::string name = words.operands.empty() ? "" : words.operands.front();
  const bool operand = words.operands.size() > 1;
  if (name == "init" && (words.has(FlagId::rev) || words.has(FlagId::policy) || operand)) {
    words.problems.emplace_back("policy init: takes neither --rev nor a policy");
  }
  if (operand && (words.has(FlagId::rev) || words.has(FlagId::policy))) {
    words.problems.push_back("policy: " + in_quotes(words.operands[1]) +
                             " and --rev or --policy: only one of them can be given");
  }
  if (name == "replay") return replay_options(words);
  if (!name.empty()) say_replay_only(words);
  PolicyOptions options;
  if (name == "init") options.action = PolicyOptions::Action::init;
  if (name == "test") options.action = PolicyOptions::Action::test;
  if (name == "show") options.action = PolicyOptions::Action::show;
  options.repo = words.text(FlagId::repo);
  options.rev = words.text(FlagId::rev);
  options.policy = operand ? words.operands[1] : words.text(FlagId::policy);
  options.zoneinfo = words.text(FlagId::zoneinfo);
  options.floor = words.text(FlagId::floor);
  return options;
}

Options hook_options(SortedWords& words) {
  HookOptions options;
  const std::string action = words.operands.empty() ? "" : words.operands.front();
  if (action == "uninstall") options.action = HookOptions::Action::uninstall;
  if (action == "pre-push") options.action = HookOptions::Action::pre_push;
  if (words.operands.size() > 1 && action != "pre-push" && !action.empty())
    words.problems.push_back("hook " + action + ": takes no REMOTE");
  if (words.operands.size() > 1) options.remote = words.operands[1];
  for (const auto& flag : flags()) {
    const bool to_pass_on = flag.id != FlagId::repo && find_flag(CommandId::hook, flag.name) == &flag;
    if (!to_pass_on || !words.has(flag.id)) continue;
    options.passed_on.emplace_back(flag.name);
    for (const auto& value : words.texts(flag.id)) options.passed_on.push_back(value);
  }
  options.repo = words.text(FlagId::repo);
  options.graph = graph_source(words);
  options.patch_scope = words.text(FlagId::scope) == "patch";
  options.budget = number_of(words, FlagId::budget);
  options.no_color = words.has(FlagId::no_color);
  options.quiet = words.has(FlagId::quiet);
  return options;
}

Options verify_options(SortedWords& words) {
  if (!words.has(FlagId::head))
    words.problems.emplace_back("verify: needs --head, the commit that is about to be deployed");
  return VerifyOptions{words.operands.empty() ? "" : words.operands.front(),
                       words.text(FlagId::head).value_or(""),
                       words.text(FlagId::repo),
                       words.text(FlagId::base),
                       words.text(FlagId::target),
                       words.text(FlagId::policy),
                       words.text(FlagId::floor),
                       words.text(FlagId::now)};
}

Options completions_for(const SortedWords& words) {
  const std::string shell = words.operands.empty() ? "" : words.operands.front();
  if (shell == "zsh") return PrintText{zsh_completions()};
  return PrintText{shell == "fish" ? fish_completions() : bash_completions()};
}

Options options_of(const Command& command, SortedWords& words) {
  switch (command.id) {
    case CommandId::check:
      return check_options(words);
    case CommandId::index:
      return index_options(words);
    case CommandId::graph:
      return graph_options(words);
    case CommandId::explain:
      return explain_options(words);
    case CommandId::policy:
      return policy_options(words);
    case CommandId::selftest:
      return SelftestOptions{sandbox_of(words), words.has(FlagId::quiet)};
    case CommandId::init:
      return InitOptions{words.text(FlagId::repo)};
    case CommandId::hook:
      return hook_options(words);
    case CommandId::verify:
      return verify_options(words);
    case CommandId::man:
      return PrintText{man_page()};
    case CommandId::completions:
      break;
  }
  return completions_for(words);
}

Result<Options> parse_without_command(const std::string& word) {
  if (word == "--help" || word == "-h") return Options(PrintText{help_text()});
  if (word == "--version") return Options(PrintText{"patchgate " + program_version() + "\n"});
  if (word == "--report-schema") return Options(PrintText{std::string(report_schema())});
  std::vector<std::string> names{"--help", "--version", "--report-schema"};
  for (const auto& command : commands()) names.emplace_back(command.name);
  const auto belongs_to = std::find_if(commands().begin(), commands().end(), [&](const Command& command) {
    return find_flag(command.id, word.substr(0, word.find('='))) != nullptr;
  });
  if (belongs_to != commands().end()) {
    return fail(Error::Kind::usage, "the command comes first, then its options",
                "patchgate " + std::string(belongs_to->name) + " " + word.substr(0, word.find('=')));
  }
  const std::string what = word.starts_with("-") ? "unknown option " : "unknown command ";
  return fail(Error::Kind::usage, what + in_quotes(word) + did_you_mean(word, names),
              "`patchgate --help` lists the commands");
}

}  // namespace

Result<Options> parse(const std::vector<std::string>& words) {
  if (words.empty()) return fail(Error::Kind::usage, "no command given", "`patchgate --help` lists the commands");
  const Command* command = find_command(words.front());
  if (command == nullptr) return parse_without_command(words.front());

  SortedWords sorted = sort_words(*command, {words.begin() + 1, words.end()});
  if (sorted.has(FlagId::help)) return Options(PrintText{help_text(*command)});
  Options options = options_of(*command, sorted);
  if (sorted.problems.empty()) return options;
  return fail(Error::Kind::usage, join(sorted.problems, "\n"),
              "`patchgate " + std::string(command->name) + " --help` lists what there is");
}

}  // namespace patchgate
