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

void feed(Story& story, Confidence confidence) {
  story.findings.touched.front().sinks = {{"http_write", "curl_easy_perform", true, {"save"}, confidence}};
}

const Case kCases[] = {
    {"all seen, nothing fed", kCode, [](Story&) {}, "= 0"},
    {"something is left", kCode,
     [](Story& s) {
       s.findings.irreversible = {{"drops a column", {"db/1.sql", 3, 0}, ""}};
     },
     "= 1 at db/1.sql:3"},
    {"a sink", kCode, [](Story& s) { feed(s, Confidence::exact); },
     "? whether the data that f feeds can be restored is not seen"},
    {"a sink that is only possible", kCode, [](Story& s) { feed(s, Confidence::possible); },
     "? whether the data that f feeds can be restored is not seen"},
    {"sinks not known", kCode, [](Story& s) { s.findings.facts.set("sinks.count", Unknown{"no graph"}); },
     "? data sinks are not known: no graph"},
    {"unread code", kCode,
     [](Story& s) {
       s.context.unread = {{{"src/x.cpp", 1, 0}, "no compile command"}};
     },
     "? src/x.cpp could not be read"},
    {"a migration", kCode + "file db/7.sql +1 -0", [](Story&) {},
     "? migrations are changed, and they are not looked into"},
    {"a configuration", kCode + "file app.yaml +1 -0", [](Story&) {}, "? app.yaml is of a kind that is not analysed"},
    {"prose", kCode + "file README.md +1 -0", [](Story&) {}, "= 0"},
    {"a schema that could not be read", kCode, [](Story& s) { s.context.way_back.formats_unread = {"a.proto"}; },
     "? a.proto could not be read"},
};

TEST(RecoveryIrreversible, IsANumberWhereItCanBeTold) {
  for (const Case& c : kCases) {
    Story story(c.story);
    story.findings.facts.set("sinks.count", std::int64_t{0});
    c.seen(story);
    story.run(recovery_irreversible);
    EXPECT_EQ(story.fact("recovery.irreversible.count"), std::string("recovery.irreversible.count ") + c.expected)
        << c.name;
  }
}

TEST(RecoveryIrreversible, AtLeastWhatIsKnown) {
  Story story(kCode + "file app.yaml +1 -0");
  story.findings.facts.set("sinks.count", std::int64_t{0});
  story.findings.irreversible = {{"drops a column", {"db/1.sql", 3, 0}, ""}};
  story.run(recovery_irreversible);
  EXPECT_EQ(std::get<Unknown>(story.findings.facts.get("recovery.irreversible.count").value).at_least, 1);
}

}  // namespace
}  // namespace patchgate
