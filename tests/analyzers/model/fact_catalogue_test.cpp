#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "analyzers/model/fact.h"

namespace patchgate {
namespace {

std::string describe(const FactDecl& decl) {
  std::string text = std::string(name_of(decl.type)) + " " + name_of(decl.trust);
  if (decl.minimum) text += " from " + to_string(Value{*decl.minimum});
  if (decl.maximum) text += " to " + to_string(Value{*decl.maximum});
  for (std::size_t i = 0; i < decl.choices.size(); ++i) {
    text += (i == 0 ? " " : decl.ordered ? "<" : "|") + std::string(decl.choices[i]);
  }
  return text;
}

struct Case {
  const char* name;
  const char* expected;
};

// The names of the contract: none may be renamed or go.
const Case kFacts[] = {
    {"patch.files.count", "integer computed from 0"},
    {"patch.lines.added", "integer computed from 0"},
    {"patch.lines.deleted", "integer computed from 0"},
    {"patch.symbols.count", "integer computed from 0"},
    {"patch.hotfix", "boolean claimed"},
    {"patch.revert", "boolean computed"},
    {"patch.gate_files.count", "integer computed from 0"},
    {"patch.unanalysed.count", "integer computed from 0"},
    {"patch.suspicious_text.count", "integer computed from 0"},
    {"target.ref", "string ci"},
    {"source.ref", "string claimed"},
    {"symbols.touched", "list computed"},
    {"impact.level", "choice computed low<moderate<high<critical"},
    {"likelihood.level", "choice computed low<moderate<high"},
    {"risk.level", "choice computed low<moderate<high<critical"},
    {"impact.percentile", "number computed from 0 to 100"},
    {"impact.fan_in.direct", "number computed from 0"},
    {"impact.fan_in.transitive", "number computed from 0"},
    {"likelihood.percentile", "number computed from 0 to 100"},
    {"tests.reaching.count", "integer computed from 0"},
    {"tests.changed.count", "integer computed from 0"},
    {"tests.removed.count", "integer computed from 0"},
    {"tests.weakened.count", "integer computed from 0"},
    {"tests.pinning.count", "integer claimed from 0"},
    {"tests.results.passed", "number claimed from 0"},
    {"tests.results.failed", "number claimed from 0"},
    {"coverage.changed_lines.percent", "number claimed from 0 to 100"},
    {"sinks.count", "integer computed from 0"},
    {"sinks.unaudited.count", "integer computed from 0"},
    {"sql.destructive.count", "integer computed from 0"},
    {"sql.where_weakened.count", "integer computed from 0"},
    {"sql.unparsed.count", "integer computed from 0"},
    {"guards.removed.count", "integer computed from 0"},
    {"rollout.level", "choice claimed none<weak<staged<staged_abort"},
    {"rollout.stages.count", "number claimed from 0"},
    {"rollout.first_stage.percent", "number claimed from 0 to 100"},
    {"rollout.bake.minutes", "number claimed from 0"},
    {"rollout.abort", "boolean claimed"},
    {"rollout.system",
     "choice claimed none|argo|flagger|kubernetes|codedeploy|harness|spinnaker|flagd|launchdarkly|flag|stages"},
    {"rollout.linked", "choice claimed yes|no"},
    {"rollout.traps.count", "integer claimed from 0"},
    {"recovery.revert", "choice computed clean|conflicts"},
    {"recovery.irreversible.count", "integer computed from 0"},
    {"analysis.unread.count", "integer computed from 0"},
    {"analysis.unread.content.count", "integer computed from 0"},
    {"analysis.unread.database.count", "integer computed from 0"},
    {"analysis.unread.no_command.count", "integer computed from 0"},
    {"analysis.unread.failed.count", "integer computed from 0"},
    {"analysis.unread.inactive.count", "integer computed from 0"},
    {"analysis.unread.budget.count", "integer computed from 0"},
    {"analysis.units.failed", "integer computed from 0"},
    {"analysis.hunks.unmapped", "integer computed from 0"},
    {"calendar.frozen", "boolean computed"},
    {"calendar.minutes_to_freeze", "integer computed from 0"},
    {"clock.hour", "integer computed from 0 to 23"},
    {"clock.weekday", "choice computed monday|tuesday|wednesday|thursday|friday|saturday|sunday"},
    {"review.approvals.count", "integer ci from 0"},
    {"review.owners.count", "integer ci from 0"},
};

const Case kFields[] = {
    {"name", "string computed"},
    {"kind",
     "choice computed function|method|constructor|destructor|operator|lambda|macro|type|field|variable|enumerator"},
    {"change", "choice computed body|signature|added|removed|value|layout"},
    {"impact", "choice computed low<moderate<high<critical"},
    {"fan_in.direct", "integer computed from 0"},
    {"fan_in.transitive", "integer computed from 0"},
    {"percentile", "number computed from 0 to 100"},
    {"tests.reaching", "integer computed from 0"},
    {"tests.changed", "integer computed from 0"},
    {"coverage.percent", "number claimed from 0 to 100"},
    {"sinks.count", "integer computed from 0"},
    {"guards.removed", "integer computed from 0"},
    {"code_changes.count", "integer computed from 0"},
    {"path", "string computed"},
};

TEST(FactCatalogue, HoldsTheContract) {
  for (const auto& c : kFacts) {
    const auto* decl = find_fact(c.name);
    ASSERT_NE(decl, nullptr) << c.name;
    EXPECT_EQ(describe(*decl), c.expected) << c.name;
  }
  for (const auto& c : kFields) {
    const auto* decl = find_touched_symbol_field(c.name);
    ASSERT_NE(decl, nullptr) << c.name;
    EXPECT_EQ(describe(*decl), c.expected) << c.name;
  }
}

TEST(FactCatalogue, FindsNothingElse) {
  for (const char* name : {"", "patch", "patch.files", "patch.files.counts", "Impact.level", "zzz"}) {
    EXPECT_EQ(find_fact(name), nullptr) << name;
    EXPECT_EQ(find_touched_symbol_field(name), nullptr) << name;
  }
}

TEST(FactCatalogue, EveryRowIsWellFormed) {
  for (const auto* list : {&fact_catalogue(), &touched_symbol_fields()}) {
    EXPECT_TRUE(std::is_sorted(list->begin(), list->end(), [](auto& a, auto& b) { return a.name < b.name; }));
    std::set<std::string_view> names;
    for (const auto& decl : *list) {
      EXPECT_TRUE(names.insert(decl.name).second) << "twice: " << decl.name;
      EXPECT_FALSE(decl.about.empty()) << decl.name;
      EXPECT_FALSE(decl.phrase.empty()) << decl.name;
      EXPECT_LE(decl.phrase.size(), 45U) << decl.name << ": a phrase, no sentence";
      EXPECT_EQ(decl.phrase.find_first_of("._"), std::string_view::npos) << decl.name << ": plain words";
      EXPECT_EQ(decl.about.find('\n'), std::string_view::npos) << decl.name;
      EXPECT_EQ(decl.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), std::string_view::npos) << decl.name;
      EXPECT_EQ(decl.choices.empty(), decl.type != FactType::choice) << decl.name;
      const bool numeric = decl.type == FactType::integer || decl.type == FactType::number;
      EXPECT_TRUE(numeric || (!decl.minimum && !decl.maximum)) << decl.name;
    }
  }
}

}  // namespace
}  // namespace patchgate
