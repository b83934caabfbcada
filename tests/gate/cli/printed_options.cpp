#include "tests/gate/cli/printed_options.h"

#include <sstream>

namespace patchgate {

namespace {

class Printer {
 public:
  explicit Printer(std::string command) : text_(std::move(command)) {}
  void add(const char* name, const std::optional<std::string>& value) {
    if (value) text_ += std::string(" ") + name + "=" + *value;
  }
  void add(const char* name, bool set) {
    if (set) text_ += std::string(" ") + name;
  }
  void add(const char* name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    text_ += std::string(" ") + name + "=";
    for (std::size_t i = 0; i < values.size(); ++i) text_ += (i == 0 ? "" : ",") + values[i];
  }
  void add_number(const char* name, std::int64_t value, std::int64_t default_value) {
    if (value != default_value) text_ += std::string(" ") + name + "=" + std::to_string(value);
  }
  void add(SandboxMode mode) {
    if (mode == SandboxMode::best_effort) text_ += " sandbox=best-effort";
    if (mode == SandboxMode::off) text_ += " sandbox=off";
  }
  void add(const GraphSource& graph) {
    add("compile_commands", graph.compile_commands);
    add("index", graph.index);
    add("no_cache", graph.no_cache);
    if (graph.jobs) add_number("jobs", *graph.jobs, 0);
    add(graph.sandbox);
  }
  std::string text() const { return text_; }

 private:
  std::string text_;
};

std::string print(const PrintText& options) { return "print " + options.text.substr(0, options.text.find('\n')); }

std::string print(const CheckOptions& options) {
  Printer printer("check");
  printer.add("repo", options.repo);
  printer.add("base", options.base);
  printer.add("head", options.head);
  printer.add("target", options.target);
  printer.add("source", options.source);
  printer.add("worktree", options.worktree);
  printer.add("staged", options.staged);
  printer.add("policy", options.policy);
  printer.add("coverage", options.coverage);
  printer.add("junit", options.junit);
  printer.add("junit_at_base", options.junit_at_base);
  printer.add("overrides", options.overrides);
  printer.add("context", options.context);
  printer.add("rollouts", options.rollouts);
  printer.add("now", options.now);
  printer.add(options.graph);
  printer.add("patch_scope", options.patch_scope);
  printer.add("full_scope", options.full_scope);
  if (options.budget) printer.add_number("budget", *options.budget, -1);
  std::vector<std::string> reports;
  for (const auto& report : options.reports) {
    reports.push_back(report.file.empty() ? report.format : report.format + ">" + report.file);
  }
  if (reports != std::vector<std::string>{"text"}) printer.add("reports", reports);
  printer.add_number("warn_exit", options.warn_exit, 0);
  printer.add("stats", options.stats);
  printer.add("no_color", options.no_color);
  printer.add("quiet", options.quiet);
  return printer.text();
}

std::string print(const IndexOptions& options) {
  Printer printer("index");
  printer.add("repo", options.repo);
  printer.add("rev", options.rev);
  if (options.shard)
    printer.add("shard",
                std::optional(std::to_string(options.shard->number) + "/" + std::to_string(options.shard->of)));
  printer.add("parts", options.parts);
  printer.add(options.graph);
  printer.add("stats", options.stats);
  printer.add("quiet", options.quiet);
  return printer.text();
}

std::string print(const GraphOptions& options) {
  const char* queries[] = {"export", "callers", "callees", "fan-in"};
  Printer printer(std::string("graph ") + queries[static_cast<int>(options.query)]);
  if (!options.symbol.empty()) printer.add("symbol", std::optional(options.symbol));
  const char* formats[] = {"tsv", "json", "dot", "svg", "mermaid"};
  const std::string format = formats[static_cast<int>(options.format)];
  if (format != "tsv") printer.add(format.c_str(), true);
  printer.add_number("top", options.top.value_or(0), 0);
  printer.add_number("depth", options.depth, 1);
  std::vector<std::string> only;
  for (const SymbolKind kind : options.only) only.emplace_back(name_of(kind));
  printer.add("only", only);
  printer.add("vendored", options.vendored);
  printer.add("rules", options.rules);
  printer.add("by_transitive", options.by_transitive);
  std::vector<std::string> kinds;
  for (const EdgeKind kind : options.kinds) kinds.emplace_back(name_of(kind));
  printer.add("kinds", kinds);
  if (options.confidence) printer.add("confidence", std::optional<std::string>(name_of(*options.confidence)));
  printer.add("repo", options.repo);
  printer.add("rev", options.rev);
  printer.add(options.graph);
  printer.add("quiet", options.quiet);
  return printer.text();
}

std::string print(const ExplainOptions& options) {
  Printer printer("explain");
  printer.add("what", std::optional(options.what));
  printer.add("repo", options.repo);
  printer.add("rev", options.rev);
  printer.add("policy", options.policy);
  printer.add(options.graph);
  printer.add("no_color", options.no_color);
  printer.add("quiet", options.quiet);
  return printer.text();
}

std::string print(const PolicyOptions& options) {
  const char* actions[] = {"init", "check", "test", "show"};
  Printer printer(std::string("policy ") + actions[static_cast<int>(options.action)]);
  printer.add("repo", options.repo);
  printer.add("rev", options.rev);
  printer.add("policy", options.policy);
  return printer.text();
}

std::string print(const ReplayOptions& options) {
  Printer printer("policy replay");
  printer.add("repo", options.repo);
  printer.add("since", std::optional(options.since));
  printer.add("until", options.until);
  printer.add("target", options.target);
  printer.add("old", options.old_policy);
  printer.add("new", options.new_policy);
  printer.add_number("limit", options.limit, 200);
  printer.add(options.graph);
  printer.add("patch_scope", options.patch_scope);
  if (options.budget) printer.add_number("budget", *options.budget, -1);
  std::vector<std::string> reports;
  for (const auto& report : options.reports)
    reports.push_back(report.file.empty() ? report.format : report.format + ">" + report.file);
  if (reports != std::vector<std::string>{"text"}) printer.add("reports", reports);
  printer.add("no_color", options.no_color);
  printer.add("quiet", options.quiet);
  return printer.text();
}

std::string print(const SelftestOptions& options) {
  Printer printer("selftest");
  printer.add(options.sandbox);
  printer.add("quiet", options.quiet);
  return printer.text();
}

std::string print(const InitOptions& options) {
  Printer printer("init");
  printer.add("repo", options.repo);
  return printer.text();
}

std::string print(const HookOptions& options) {
  const char* actions[] = {"install", "uninstall", "pre-push"};
  Printer printer(std::string("hook ") + actions[static_cast<int>(options.action)]);
  if (!options.remote.empty()) printer.add("remote", options.remote);
  for (const auto& word : options.passed_on) printer.add("passed_on", word);
  printer.add("repo", options.repo);
  if (options.budget) printer.add("budget", std::to_string(*options.budget));
  printer.add("patch_scope", options.patch_scope);
  printer.add("no_color", options.no_color);
  printer.add("quiet", options.quiet);
  return printer.text();
}

std::string print(const VerifyOptions& options) {
  Printer printer("verify");
  printer.add("report", options.report);
  printer.add("head", options.head);
  printer.add("repo", options.repo);
  printer.add("base", options.base);
  printer.add("target", options.target);
  printer.add("policy", options.policy);
  return printer.text();
}

}  // namespace

std::string printed(const Options& options) {
  return std::visit([](const auto& command) { return print(command); }, options);
}

std::string parsed(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; stream >> word;) words.push_back(word == "''" ? "" : word);
  const auto options = parse(words);
  return options ? printed(*options) : to_string(options.error());
}

}  // namespace patchgate
