#include <gtest/gtest.h>

#include "analyzers/recovery/recovery.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

const std::string kCode = "file src/a.cpp +1 -1\n src/a.cpp:1 function f\n touch f\n";
const std::string kRevertStep =
    "revert the code first, so that nothing writes wrong data while you mend it, and deploy the revert (where a merge "
    "commit brought the patch: git revert -m 1 and that commit): git revert --no-edit " +
    std::string(40, 'a') + ".." + std::string(40, 'b');
const char* const kCheckStep =
    "then check: compare a sample of what was written before the deploy, during it and after the repair";

std::string steps_of(const Story& story) {
  std::vector<std::string> lines;
  for (const auto& step : story.findings.recovery_steps) lines.push_back(in_one_line(step));
  return joined(lines, "\n");
}

void feed(Story& story, Confidence confidence) {
  story.findings.touched.front().sinks = {
      {"http_write", "curl_easy_perform", true, {"save", "send", "curl_easy_perform"}, confidence}};
  story.findings.facts.set("sinks.count", std::int64_t{confidence == Confidence::exact});
}

TEST(Recovery, WhetherItReverts) {
  Story untried(kCode), clean(kCode), conflicts(kCode);
  untried.run(recovery_revert);
  EXPECT_EQ(untried.fact("recovery.revert"), "recovery.revert ? undoing the patch was not tried");
  clean.context.revert_clean = true;
  clean.run(recovery_revert);
  EXPECT_EQ(clean.fact("recovery.revert"), "recovery.revert = clean");
  conflicts.context.revert_clean = false;
  conflicts.context.revert_conflicts = {"src/a.cpp", "src/b.cpp"};
  conflicts.run(recovery_revert);
  EXPECT_EQ(conflicts.fact("recovery.revert"), "recovery.revert = conflicts at src/a.cpp src/b.cpp");
  EXPECT_EQ(conflicts.findings.recovery_steps.at(1).what,
            "the revert does not apply by itself; resolve by hand: src/a.cpp, src/b.cpp");
}

TEST(Recovery, CodeFirstThenDataThenCheck) {
  Story story(kCode);
  story.context.revert_clean = true;
  feed(story, Confidence::exact);
  story.run(recovery_revert);
  EXPECT_EQ(
      steps_of(story),
      kRevertStep +
          "\nthen restore the data that was changed since the deploy (http_write) from the audit source or the last "
          "backup; only records that the patched code wrote\n" +
          kCheckStep);
  EXPECT_EQ(joined(story.findings.recovery_watch, "\n"),
            "http_write by curl_easy_perform, called from send: number, size and refusals, against the hour before the "
            "deploy");
}

TEST(Recovery, WithoutSinksThereIsNoDataToRestore) {
  Story story(kCode + "src/a.h:3 field Contact::email\n touch Contact::email");
  story.findings.facts.set("sinks.count", std::int64_t{0});
  story.run(recovery_revert);
  EXPECT_EQ(steps_of(story), kRevertStep + "\n" + kCheckStep);
  EXPECT_EQ(joined(story.findings.recovery_watch, "\n"), "values of Contact::email: how many are empty or zero");
}

struct Case {
  const char* name;
  std::string story;
  const char* sinks;  ///< "": 0 sinks; "?": not known; else how one is fed
  bool unread;
  const char* expected;
};

const Case kCases[] = {
    {"all seen, nothing fed", kCode, "", false, "= 0"},
    {"a sink", kCode, "exact", false, "? whether the data that f feeds can be restored is not seen"},
    {"a sink that is only possible", kCode, "possible", false,
     "? whether the data that f feeds can be restored is not seen"},
    {"sinks not known", kCode, "?", false, "? data sinks are not known: no graph"},
    {"unread code", kCode, "", true, "? src/x.cpp could not be read"},
    {"a migration", kCode + "file db/7.sql +1 -0", "", false, "? migrations are changed, and they are not looked into"},
    {"a configuration", kCode + "file app.yaml +1 -0", "", false, "? app.yaml is of a kind that is not analysed"},
    {"prose", kCode + "file README.md +1 -0", "", false, "= 0"},
};

TEST(Recovery, WhatARevertDoesNotTakeBack) {
  for (const Case& c : kCases) {
    Story story(c.story);
    story.findings.facts.set("sinks.count", std::int64_t{0});
    if (std::string(c.sinks) == "?") story.findings.facts.set("sinks.count", Unknown{"no graph"});
    if (std::string(c.sinks) == "exact") feed(story, Confidence::exact);
    if (std::string(c.sinks) == "possible") feed(story, Confidence::possible);
    if (c.unread) story.context.unread = {{{"src/x.cpp", 1, 0}, "no compile command"}};
    story.run(recovery_revert);
    EXPECT_EQ(story.fact("recovery.irreversible.count"), std::string("recovery.irreversible.count ") + c.expected)
        << c.name;
  }
}

TEST(Recovery, AnEmptyPatchHasNoWayBack) {
  Story story("");
  story.run(recovery_revert);
  EXPECT_TRUE(story.findings.recovery_steps.empty());
}

}  // namespace
}  // namespace patchgate
