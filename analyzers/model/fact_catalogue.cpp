#include <algorithm>

#include "analyzers/model/fact.h"
#include "analyzers/model/symbol.h"
#include "analyzers/model/touched.h"

namespace patchgate {

namespace {

using Choices = std::vector<std::string_view>;

const Choices kLevels{"low", "moderate", "high", "critical"};
const Choices kLikelihoods{"low", "moderate", "high"};

FactDecl flag(std::string_view name, Trust trust, std::string_view phrase, std::string_view about) {
  return {name, FactType::boolean, trust, phrase, about, {}, false, {}, {}};
}
FactDecl count(std::string_view name, Trust trust, std::string_view phrase, std::string_view about) {
  return {name, FactType::integer, trust, phrase, about, {}, false, 0.0, {}, phrase};
}
FactDecl percent(std::string_view name, Trust trust, std::string_view phrase, std::string_view about) {
  return {name, FactType::number, trust, phrase, about, {}, false, 0.0, 100.0, "%"};
}
FactDecl amount(std::string_view name, Trust trust, std::string_view phrase, std::string_view about) {
  return {name, FactType::number, trust, phrase, about, {}, false, 0.0, {}, phrase};
}
FactDecl text(std::string_view name, Trust trust, std::string_view phrase, std::string_view about) {
  return {name, FactType::string, trust, phrase, about, {}, false, {}, {}};
}
FactDecl ordered(std::string_view name, Trust trust, std::string_view phrase, std::string_view about, Choices rising) {
  return {name, FactType::choice, trust, phrase, about, std::move(rising), true, {}, {}};
}
FactDecl one_of(std::string_view name, Trust trust, std::string_view phrase, std::string_view about, Choices choices) {
  return {name, FactType::choice, trust, phrase, about, std::move(choices), false, {}, {}};
}

FactDecl in_unit(std::string_view unit, FactDecl decl) {
  decl.unit = unit;
  return decl;
}

std::vector<FactDecl> sorted(std::vector<FactDecl> decls) {
  std::sort(decls.begin(), decls.end(), [](const FactDecl& a, const FactDecl& b) { return a.name < b.name; });
  return decls;
}

template <class Enum>
Choices names_up_to(Enum last) {
  Choices names;
  for (int i = 0; i <= static_cast<int>(last); ++i) names.emplace_back(name_of(static_cast<Enum>(i)));
  return names;
}

const FactDecl* find_in(const std::vector<FactDecl>& decls, std::string_view name) {
  const auto found = std::lower_bound(decls.begin(), decls.end(), name,
                                      [](const FactDecl& decl, std::string_view wanted) { return decl.name < wanted; });
  return found != decls.end() && found->name == name ? &*found : nullptr;
}

std::vector<FactDecl> all_facts() {
  constexpr auto computed = Trust::computed;
  constexpr auto ci = Trust::ci;
  constexpr auto claimed = Trust::claimed;
  auto hour = count("clock.hour", computed, "hour of the day",
                    "hour of the day, 0 to 23, in the calendar's time zone, else as --now is written");
  hour.maximum = 23;
  hour.unit = "hours";
  return sorted({
      count("patch.files.count", computed, "changed files", "files that the patch changes"),
      count("patch.files.source.count", computed, "changed source files",
            "changed files that hold program text and are no tests"),
      count("patch.files.test.count", computed, "changed test files", "changed files of tests"),
      count("patch.files.build.count", computed, "changed build files", "changed files that say how to build"),
      count("patch.files.config.count", computed, "changed configuration files", "changed configuration files"),
      count("patch.files.migration.count", computed, "changed migrations", "changed database migrations"),
      count("patch.build_files.count", computed, "changed files that steer the build",
            "changed files that say which C and C++ is compiled, and how"),
      count("patch.link_files.count", computed, "changed link maps",
            "changed version maps, linker scripts and lists of exports"),
      count("patch.generators.count", computed, "changed generators",
            "changed files that source is made from, and scripts that a build file runs"),
      count("patch.lines.added", computed, "added lines", "lines that the patch adds"),
      count("patch.lines.deleted", computed, "deleted lines", "lines that the patch deletes"),
      count("patch.symbols.count", computed, "touched symbols",
            "symbols whose tokens the patch changes, adds or removes"),
      flag("patch.hotfix", claimed, "hotfix", "the target or the source branch matches the policy's hotfix patterns"),
      flag("patch.revert", computed, "exact revert", "the patch undoes a commit of the target exactly"),
      count("patch.revert.users_left.count", computed, "users of what the revert removes",
            "places that use what an exact revert removes and that it leaves; 0 where the patch is none"),
      count("patch.gate_files.count", computed, "changed files of the gate",
            "changed files that steer this gate: policy, exceptions, owners, its job"),
      count("patch.unanalysed.count", computed, "changed files that are not analysed",
            "changed files of kinds that are not analysed"),
      count("patch.suspicious_text.count", computed, "changed lines with misleading characters",
            "changed lines with bidirectional, invisible or look-alike text"),
      text("target.ref", ci, "target branch", "branch that the patch is meant for"),
      text("source.ref", claimed, "source branch", "branch that the patch comes from"),
      {"symbols.touched",
       FactType::list,
       computed,
       "touched symbols",
       "the touched symbols, one row each",
       {},
       false,
       {},
       {}},
      ordered("impact.level", computed, "impact", "how fundamental the touched code is: the highest of its symbols",
              kLevels),
      percent("impact.percentile", computed, "fan-in percentile", "highest fan-in percentile of the touched symbols"),
      amount("impact.fan_in.direct", computed, "direct users", "highest proven direct fan-in of the touched symbols"),
      amount("impact.fan_in.transitive", computed, "users in all",
             "highest proven transitive fan-in of the touched symbols"),
      ordered("likelihood.level", computed, "likelihood", "how large the patch is for this repository", kLikelihoods),
      percent("likelihood.percentile", computed, "percentile of the patch's size",
              "share of this repository's recent commits that are smaller"),
      ordered("risk.level", computed, "risk", "impact and likelihood, by the policy's table", kLevels),
      count("tests.reaching.count", computed, "tests that reach the touched code", "tests that reach a touched symbol"),
      count("tests.changed.count", computed, "tests added or changed", "tests that the patch adds or changes"),
      count("tests.removed.count", computed, "tests removed", "tests that the patch removes"),
      count("tests.weakened.count", computed, "tests weakened", "tests that lose assertions or are switched off"),
      count("tests.pinning.count", claimed, "tests that fail without the patch",
            "tests that fail on the base and pass on head"),
      flag("tests.results.given", computed, "test results given", "a JUnit file of the tests at head was given"),
      amount("tests.results.passed", claimed, "tests passed", "tests that passed at head, by JUnit"),
      amount("tests.results.failed", claimed, "tests failed", "tests that failed at head, by JUnit"),
      amount("tests.results.skipped", claimed, "tests skipped",
             "tests that were skipped or switched off at head, by JUnit"),
      amount("tests.results.flaky", claimed, "flaky tests", "tests that both passed and failed at head, by JUnit"),
      percent("coverage.changed_lines.percent", claimed, "changed lines covered, in percent",
              "changed lines of code that the tests ran"),
      count("coverage.changed_lines.count", claimed, "changed lines that are code",
            "changed lines that the compiler made code for, by the coverage"),
      count("coverage.changed_lines.missed", claimed, "changed lines that no test ran",
            "changed lines that no test ran"),
      percent("coverage.changed_branches.percent", claimed, "branches on changed lines taken, in percent",
              "branches on changed lines that the tests took"),
      count("sinks.count", computed, "data sinks fed", "data sinks that touched symbols feed"),
      count("sinks.unaudited.count", computed, "data sinks without an audit source",
            "those without an audit source beside them"),
      count(
          "sql.destructive.count", computed, "destructive SQL statements",
          "SQL statements of touched code and changed SQL files that take data away: DROP, TRUNCATE, DELETE and UPDATE "
          "without WHERE, columns dropped or of another type"),
      count("sql.where_weakened.count", computed, "SQL statements that go for more rows",
            "SQL statements whose WHERE the patch weakens or removes"),
      count("sql.unparsed.count", computed, "SQL statements that could not be parsed",
            "added or changed SQL statements that PostgreSQL's parser does not take"),
      count("guards.removed.count", computed, "guards removed",
            "conditions that the patch removes in front of code that stays, and cases that run on into the next"),
      count("guards.removed.sinks.count", computed, "guards removed before data sinks",
            "those of them in functions that feed a data sink"),
      count("guards.weakened.count", computed, "guards weakened",
            "conditions that let more through to code that stays, and functions that agree to everything"),
      count("asserts.removed.count", computed, "assertions removed",
            "assertions that the patch removes in front of code that stays"),
      count("values.emptied.count", computed, "values emptied",
            "values that became null, zero or empty where they are put into something, passed on or returned"),
      count("defaults.changed.count", computed, "defaults changed",
            "fallbacks, default arguments, members, constants and macros that have another value now"),
      count("errors.ignored.count", computed, "errors ignored",
            "results that nobody looks at any more, exceptions that end silently, error codes that became success"),
      count("loops.widened.count", computed, "loops widened",
            "loops whose condition lets more through, that run over more, start earlier or no longer end at once"),
      ordered("rollout.level", claimed, "staging of the rollout", "how carefully the rollout is staged",
              {"none", "weak", "staged", "staged_abort"}),
      amount("rollout.stages.count", claimed, "stages of the rollout", "stages of the rollout"),
      percent("rollout.first_stage.percent", claimed, "first stage of the rollout, in percent",
              "share of the traffic that the first stage gets"),
      in_unit("minutes", amount("rollout.bake.minutes", claimed, "minutes that the first stage waits",
                                "minutes that the first stage waits before the next")),
      flag("rollout.abort", claimed, "rollout stops by itself",
           "the rollout stops by itself when a measurement goes bad"),
      one_of("rollout.system", claimed, "system that rolls out", "what the rollout that counts is declared for",
             {"none", "argo", "flagger", "kubernetes", "codedeploy", "harness", "spinnaker", "flagd", "launchdarkly",
              "flag", "stages"}),
      one_of("rollout.linked", claimed, "rollout of the patched code",
             "whether the rollout that counts provably ships what the patch touches", {"yes", "no"}),
      count("rollout.traps.count", claimed, "traps in the rollout",
            "lines of the rollout manifests that seem to protect and do not"),
      one_of("recovery.revert", computed, "plain revert", "whether undoing the patch on top of the target applies",
             {"clean", "conflicts"}),
      count("recovery.irreversible.count", computed, "changes that a revert leaves",
            "changes that a revert does not take back"),
      count("analysis.unread.count", computed, "unread places of the patch",
            "hunks and files of C or C++ that could not be analysed"),
      count("analysis.unread.content.count", computed, "unread places by what the file holds",
            "those that are too large, binary-looking, a submodule or of a name that is none of C or C++"),
      count("analysis.unread.database.count", computed, "unread places without a compile database",
            "those without a compile database, or with one that leaves out most of the project"),
      count("analysis.unread.no_command.count", computed, "unread places that nothing compiles",
            "those that no compile command reads, their own or that of a unit that includes them"),
      count("analysis.unread.failed.count", computed, "unread places in units with errors",
            "those that only units with errors read"),
      count("analysis.unread.inactive.count", computed, "unread places that no configuration compiles",
            "those that the preprocessor skips in every configuration of the compile database"),
      count("analysis.unread.budget.count", computed, "unread places for want of time",
            "those that there was no time for (--budget)"),
      count("analysis.units.failed", computed, "units that could not be parsed",
            "translation units that could not be parsed"),
      count("analysis.units.left_out", computed, "units of the project that were not looked at",
            "translation units of the base that --scope patch or --budget left out"),
      count("analysis.hunks.unmapped", computed, "changed places outside of any symbol",
            "hunks of C or C++ that belong to no symbol and were not explained"),
      flag("calendar.frozen", computed, "freeze window", "a freeze window of .patchgate/calendar.json is open"),
      flag("calendar.late", computed, "late hour", "a window of the calendar's late hours is open"),
      in_unit("minutes", count("calendar.minutes_to_freeze", computed, "minutes to the next freeze",
                               "minutes until the next freeze window begins: 0 in one, 527040 where none begins within "
                               "a year")),
      text("calendar.windows", computed, "open freeze windows", "ids of the freeze windows that are open, by comma"),
      hour,
      one_of("clock.weekday", computed, "day of the week",
             "day of the week in the calendar's time zone, else as --now is written",
             {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}),
      count("review.approvals.count", ci, "approvals", "approvals, by the context file"),
      count("review.owners.count", ci, "approvals by owners",
            "approvals by owners of changed files, by the context file"),
      count("override.debts.open.count", computed, "promises that are not kept yet",
            "overrides of earlier patches for this target whose promise is still to be kept, before its day"),
      count("override.debts.overdue.count", computed, "promises whose day has passed",
            "overrides of earlier patches for this target whose promise was not kept by its day"),
  });
}

std::vector<FactDecl> all_symbol_fields() {
  constexpr auto computed = Trust::computed;
  return sorted({
      text("name", computed, "name", "qualified name"),
      text("path", computed, "file", "file that defines it: on head, on the base for a removed one"),
      text("declared_in", computed, "file that declares it",
           "changed file that declares it to others: a header; the file that defines it where none of them does"),
      one_of("kind", computed, "kind", "kind of symbol", names_up_to(SymbolKind::enumerator)),
      one_of("change", computed, "change", "what the patch does to it", names_up_to(ChangeKind::layout)),
      ordered("impact", computed, "impact", "how fundamental it is", kLevels),
      count("fan_in.direct", computed, "direct users", "symbols proven to call or use it"),
      count("fan_in.transitive", computed, "users in all", "symbols proven to reach it"),
      percent("percentile", computed, "fan-in percentile",
              "share of the project's symbols of its kind with a lower transitive fan-in"),
      count("tests.reaching", computed, "tests that reach it", "tests that reach it"),
      count("tests.changed", computed, "changed tests that reach it",
            "tests that reach it and that the patch adds or changes"),
      percent("coverage.percent", Trust::claimed, "its changed lines covered, in percent",
              "its changed lines that the tests ran"),
      count("sinks.count", computed, "data sinks fed", "data sinks that it feeds"),
      count("guards.removed", computed, "guards removed", "conditions that the patch removes in it"),
      count("code_changes.count", computed, "protections taken away",
            "what the patch takes away in it: guards and assertions removed, guards weakened, values emptied, defaults "
            "changed, errors ignored, loops widened"),
  });
}

}  // namespace

const std::vector<FactDecl>& fact_catalogue() {
  static const std::vector<FactDecl> facts = all_facts();
  return facts;
}

const std::vector<FactDecl>& touched_symbol_fields() {
  static const std::vector<FactDecl> fields = all_symbol_fields();
  return fields;
}

const FactDecl* find_fact(std::string_view name) { return find_in(fact_catalogue(), name); }
const FactDecl* find_touched_symbol_field(std::string_view name) { return find_in(touched_symbol_fields(), name); }

}  // namespace patchgate
