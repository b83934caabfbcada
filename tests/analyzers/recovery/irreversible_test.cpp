#include <gtest/gtest.h>

#include "analyzers/recovery/recovery.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

const std::string kCode = "file src/a.cpp +1 -1\n src/a.cpp:1 function f\n touch f\n";

struct Case {
  const char* name;
  std::string story;
  void (*seen)(Story&);
  const char* expected;
};

void nothing_found(Story& story) {
  story.findings.facts.set("sinks.unaudited.count", std::int64_t{0});
  story.findings.facts.set("sql.unparsed.count", std::int64_t{0});
}

void feed(Story& story, Confidence confidence, const char* audit = "") {
  story.findings.touched.front().sinks = {
      {"http_write", "curl_easy_perform", true, {"save"}, confidence, {"src/http.cpp", 7, 0}, audit}};
  story.findings.facts.set("sinks.unaudited.count",
                           std::int64_t{confidence == Confidence::exact && *audit == '\0' ? 1 : 0});
}

void migrate(Story& story, MigrationFinding::Down down) {
  story.findings.data_at_risk.migrations = {{"goose", {"db/7.sql", 1, 0}, down, "no `-- +goose Down` in it"}};
  story.context.sql.sources = {{&story.patch.files.back(), "", "x"}};
}

const Case kCases[] = {
    {"all seen, nothing fed", kCode, [](Story&) {}, "= 0"},
    {"something is left", kCode,
     [](Story& s) {
       s.findings.irreversible = {{"drops a column", {"db/1.sql", 3, 0}, ""}};
     },
     "= 1 at db/1.sql:3"},
    {"a sink without an audit", kCode, [](Story& s) { feed(s, Confidence::exact); }, "= 1 at src/http.cpp:7"},
    {"a sink with one", kCode, [](Story& s) { feed(s, Confidence::exact, "the CRM's history"); }, "= 0"},
    {"a sink that is only possible", kCode, [](Story& s) { feed(s, Confidence::possible); },
     "? f may feed http_write (curl_easy_perform), for which no audit source is declared"},
    {"a possible one with an audit", kCode, [](Story& s) { feed(s, Confidence::possible, "the CRM's history"); },
     "= 0"},
    {"more sinks than are listed", kCode,
     [](Story& s) {
       feed(s, Confidence::exact);
       s.findings.facts.set("sinks.unaudited.count", std::int64_t{2});
     },
     "= 2 at src/http.cpp:7"},
    {"sinks not known", kCode, [](Story& s) { s.findings.facts.set("sinks.unaudited.count", Unknown{"no graph"}); },
     "? data sinks are not known: no graph"},
    {"unread code", kCode,
     [](Story& s) {
       s.context.unread = {{{"src/x.cpp", 1, 0}, "no compile command"}};
     },
     "? src/x.cpp could not be read"},
    {"SQL that was not read", kCode,
     [](Story& s) {
       s.context.sql.unread = {{"dump.sql", "too large"}};
     },
     "? dump.sql could not be read"},
    {"SQL beyond the budget", kCode,
     [](Story& s) { s.findings.facts.set("sql.unparsed.count", Unknown{"more than 20000 statements"}); },
     "? SQL is not known: more than 20000 statements"},
    {"a migration with a step back", kCode + "file db/migrations/7.sql +1 -0",
     [](Story& s) { migrate(s, MigrationFinding::Down::yes); }, "= 0"},
    {"a migration without one", kCode + "file db/migrations/7.sql +1 -0",
     [](Story& s) { migrate(s, MigrationFinding::Down::no); }, "= 1 at db/7.sql:1"},
    {"a migration without one that drops", kCode + "file db/migrations/7.sql +1 -0",
     [](Story& s) {
       migrate(s, MigrationFinding::Down::no);
       s.findings.irreversible = {{"drops a column", {"db/7.sql", 3, 0}, ""}};
     },
     "= 1 at db/7.sql:3"},
    {"a migration of which it is not seen", kCode + "file db/migrations/7.sql +1 -0",
     [](Story& s) { migrate(s, MigrationFinding::Down::unknown); }, "? db/7.sql: no `-- +goose Down` in it"},
    {"a migration that nobody looked into", kCode + "file db/migrations/7.sql +1 -0", [](Story&) {},
     "? db/migrations/7.sql is of a kind that is not analysed"},
    {"a configuration", kCode + "file app.yaml +1 -0", [](Story&) {}, "? app.yaml is of a kind that is not analysed"},
    {"a configuration that only moved", kCode + "file app.yaml +0 -0",
     [](Story& s) { s.patch.files.back().base_blob = s.patch.files.back().head_blob = "1"; }, "= 0"},
    {"the manifest of the rollout", kCode + "file deploy/rollout.json +1 -0",
     [](Story& s) {
       s.context.rollouts = {{"deploy/rollout.json", "{}", "head"}};
     },
     "= 0"},
    {"prose", kCode + "file README.md +1 -0", [](Story&) {}, "= 0"},
    {"a schema that could not be read", kCode, [](Story& s) { s.context.way_back.formats_unread = {"a.proto"}; },
     "? a.proto could not be read"},
};

TEST(RecoveryIrreversible, IsANumberWhereItCanBeTold) {
  for (const Case& c : kCases) {
    Story story(c.story);
    nothing_found(story);
    c.seen(story);
    story.run(recovery_irreversible);
    EXPECT_EQ(story.fact("recovery.irreversible.count"), std::string("recovery.irreversible.count ") + c.expected)
        << c.name;
  }
}

TEST(RecoveryIrreversible, AtLeastWhatIsKnown) {
  Story story(kCode + "file app.yaml +1 -0");
  nothing_found(story);
  story.findings.irreversible = {{"drops a column", {"db/1.sql", 3, 0}, ""}};
  story.run(recovery_irreversible);
  EXPECT_EQ(std::get<Unknown>(story.findings.facts.get("recovery.irreversible.count").value).at_least, 1);
}

}  // namespace
}  // namespace patchgate
