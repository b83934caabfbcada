#include <gtest/gtest.h>

#include "analyzers/coverage/coverage.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

const char* const kText =
    "int fee(int cents) {\n"     // 1
    "  if (cents <= 0) {\n"      // 2
    "    // nothing\n"           // 3
    "    return 0;\n"            // 4
    "  }\n"                      // 5
    "  return book(cents,\n"     // 6
    "              \"fee\");\n"  // 7
    "}\n"                        // 8
    "int refund(int cents) {\n"  // 9
    "  return -cents;\n"         // 10
    "}\n"                        // 11
    "const int kLeast = 1;\n";   // 12

std::string value(const Story& story, const char* name) {
  return to_string(story.findings.facts.get(std::string("coverage.changed_") + name).value);
}

std::string described(Story& story) {
  story.run(coverage_changed_lines);
  std::string text = value(story, "lines.percent") + " of " + value(story, "lines.count") + ", missed " +
                     value(story, "lines.missed") + ", branches " + value(story, "branches.percent");
  for (const auto& symbol : story.findings.touched) {
    const auto& lines = symbol.proof.coverage;
    text += " | " + symbol.name + " " + std::to_string(lines.covered) + "/" + std::to_string(lines.missed) + "/" +
            std::to_string(lines.unknown);
  }
  return text;
}

void change(Story& story, std::vector<Hunk> hunks) {
  FileChange file;
  file.path = "src/fee.cpp";
  file.head_blob = file.base_blob = "0";
  file.c_family = true;
  file.file_class = FileClass::source;
  file.hunks = std::move(hunks);
  story.patch.files = {file};
  story.context.test_evidence.texts = {{"src/fee.cpp", "src/fee.cpp", "", kText}};
}

CoverageInput input_of(std::vector<CoverageLine> lines) {
  return {"cov.info", "lcov", "", false, {{"src/fee.cpp", std::move(lines), {}, ""}}};
}

const char* const kStory =
    "src/fee.cpp:1-8 function fee\n src/fee.cpp:9-11 function refund\n touch fee\n touch refund\n";
const std::vector<CoverageLine> kRan{{1, 3}, {2, 3, 2, 1}, {4, 0}, {6, 3}};

TEST(CoverageChangedLines, Cases) {
  const std::string no_branch = "unknown (the coverage counts no branch on a changed line)";
  const std::string no_code = "unknown (no changed line is code that the coverage counts)";
  const std::string not_ran = "(1 of 1 changed lines: the coverage counts no line of refund: it is not in what ran)";
  struct Case {
    const char* name;
    std::vector<Hunk> hunks;
    std::string expected;
  };
  const Case cases[] = {
      {"covered and missed, with branches",
       {{{2, 0}, {2, 3}}},
       "50 of 2, missed 1, branches 50 | fee 1/1/0 | refund 0/0/0"},
      {"a comment and a bracket are no code",
       {{{2, 0}, {3, 1}}, {{4, 0}, {5, 1}}},
       no_code + " of 0, missed 0, branches " + no_branch + " | fee 0/0/0 | refund 0/0/0"},
      {"a line that goes on with a statement",
       {{{6, 1}, {7, 1}}},
       "100 of 1, missed 0, branches " + no_branch + " | fee 1/0/0 | refund 0/0/0"},
      {"a function that is not in what ran is unknown, not code that nobody counts",
       {{{10, 1}, {10, 1}}},
       "unknown " + not_ran + " of 1, missed unknown " + not_ran + ", branches " + no_branch +
           " | fee 0/0/0 | refund 0/0/1"},
      {"code outside of functions",
       {{{12, 1}, {12, 1}}},
       no_code + " of 0, missed 0, branches " + no_branch + " | fee 0/0/0 | refund 0/0/0"},
      {"lines that are only deleted",
       {{{2, 3}, {1, 0}}},
       no_code + " of 0, missed 0, branches " + no_branch + " | fee 0/0/0 | refund 0/0/0"},
  };
  for (const auto& one : cases) {
    Story story(kStory);
    change(story, one.hunks);
    story.context.test_evidence.coverage = {input_of(kRan)};
    EXPECT_EQ(described(story), one.expected) << one.name;
  }
}

TEST(CoverageChangedLines, WhatIsKnownIsTheLowerEnd) {
  Story story(kStory);
  change(story, {{{2, 0}, {2, 3}}, {{10, 1}, {10, 1}}});
  story.context.test_evidence.coverage = {input_of(kRan)};
  story.run(coverage_changed_lines);
  EXPECT_EQ(story.fact("coverage.changed_lines.percent"),
            "coverage.changed_lines.percent ? at least 33 (1 of 3 changed lines: the coverage counts no line of "
            "refund: it is not in what ran) at src/fee.cpp:4");
}

TEST(CoverageChangedLines, SeveralFilesAddUp) {
  Story story(kStory);
  change(story, {{{4, 1}, {4, 1}}});
  story.context.test_evidence.coverage = {input_of(kRan), input_of({{4, 7}})};
  EXPECT_EQ(described(story).substr(0, 9), "100 of 1,");
}

TEST(CoverageChangedLines, AStaleFileSaysNothing) {
  Story story(kStory);
  change(story, {{{4, 1}, {4, 1}}});
  story.context.test_evidence.coverage = {input_of({{4, 7}, {40, 1}})};
  story.run(coverage_changed_lines);
  const std::string why = "cov.info is not of head's src/fee.cpp: it names line 40, the file has 12 on head";
  EXPECT_EQ(story.fact("coverage.changed_lines.percent"),
            "coverage.changed_lines.percent ? 1 of 1 changed lines: " + why);
  EXPECT_EQ(joined(story.findings.test_evidence.remarks, " | "),
            "cov.info (lcov) says nothing about the changed files | " + why);
}

TEST(CoverageChangedLines, AnUnusableInputSaysWhy) {
  Story story(kStory);
  change(story, {{{4, 1}, {4, 1}}});
  CoverageInput damaged;
  damaged.name = "cov.info";
  damaged.unusable = "cov.info:7: is no record of lcov";
  story.context.test_evidence.coverage = {damaged};
  story.run(coverage_changed_lines);
  EXPECT_EQ(story.fact("coverage.changed_lines.percent"),
            "coverage.changed_lines.percent ? 1 of 1 changed lines: cov.info:7: is no record of lcov");
}

TEST(CoverageChangedLines, TestsDoNotCount) {
  Story story(kStory);
  change(story, {{{4, 1}, {4, 1}}});
  story.patch.files.front().file_class = FileClass::test;
  story.context.test_evidence.coverage = {input_of(kRan)};
  EXPECT_EQ(described(story).substr(0, 7), "unknown");
}

TEST(CoverageChangedLines, WithoutCoverageNothingIsKnown) {
  Story story(kStory);
  change(story, {{{4, 1}, {4, 1}}});
  story.run(coverage_changed_lines);
  EXPECT_EQ(story.fact("coverage.changed_lines.percent"), "coverage.changed_lines.percent ? no coverage was given");
  EXPECT_FALSE(story.findings.touched.front().proof.coverage_given);
}

TEST(CoverageChangedLines, WhichCheckWasMadeIsSaid) {
  Story story(kStory);
  change(story, {{{4, 1}, {4, 1}}});
  auto& coverage = story.context.test_evidence.coverage;
  coverage = {input_of(kRan), input_of(kRan), input_of(kRan)};
  coverage[0].commit_proven = true;
  coverage[1].files[0].functions = {{"_Z3feei", 1, 8}};
  story.run(coverage_changed_lines);
  EXPECT_EQ(joined(story.findings.test_evidence.remarks, "\n"),
            "cov.info (lcov) is of head: its commit is named\n"
            "cov.info (lcov) names no commit; it has 1 function of the changed files where head has them\n"
            "cov.info (lcov) names no commit; nothing in it says that it is of head but that its lines are there");
}

TEST(CoverageChangedLines, SaysOfEachLineWhetherItRan) {
  Story story(kStory);
  change(story, {{{2, 3}, {2, 3}}, {{10, 1}, {10, 1}}});
  story.context.test_evidence.coverage = {input_of(kRan)};
  story.run(coverage_changed_lines);
  std::string text;
  for (const auto& line : story.findings.test_evidence.lines) {
    const char* const states[] = {"ran", "missed", "unknown"};
    text += line.at.file + ":" + std::to_string(line.at.line) + " " + states[static_cast<int>(line.state)] + "\n";
  }
  EXPECT_EQ(text, "src/fee.cpp:2 ran\nsrc/fee.cpp:4 missed\nsrc/fee.cpp:10 unknown\n");
}

}  // namespace
}  // namespace patchgate
