#include <gtest/gtest.h>

#include "analyzers/impact/impact.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

std::string rows_text(const Story& story) {
  const auto* rows = story.findings.facts.list("symbols.touched");
  if (rows == nullptr) return "? " + story.findings.facts.why_unknown("symbols.touched");
  std::string text;
  for (const Row& row : *rows) {
    text += row.label + " at " + row.at.file + ":" + std::to_string(row.at.line) + "\n";
    for (const auto& [name, value] : row.fields) text += "  " + name + " = " + to_string(value) + "\n";
  }
  return text;
}

TEST(TouchedRows, HaveEveryFieldOfTheCatalogue) {
  Story story("src/a.cpp:3-9 function f\n src/b.cpp:1 function g\n g -> f\n touch f");
  story.run(impact_fan_in);
  TouchedSymbol& symbol = story.touched("f");
  symbol.tests_total = 3;
  symbol.tests_changed = 1;
  symbol.sinks = {{"file_write", "creat", false, {}, Confidence::exact},
                  {"file_write", "open", false, {}, Confidence::possible}};
  story.findings.code_changes.found.resize(3);
  story.findings.code_changes.found[0].symbol = story.findings.code_changes.found[2].symbol = "f";
  story.findings.code_changes.found[2].kind = CodeChange::Kind::loop_widened;
  symbol.sinks_certain = 12;  // more than are listed
  story.run(impact_touched_rows);
  EXPECT_EQ(rows_text(story),
            "f at src/a.cpp:3\n"
            "  change = body\n"
            "  code_changes.count = at least 2 (not measured)\n"
            "  coverage.percent = unknown (no coverage was given)\n"
            "  declared_in = src/a.cpp\n"
            "  fan_in.direct = 1\n"
            "  fan_in.transitive = 1\n"
            "  guards.removed = unknown (not measured)\n"
            "  impact = low\n"
            "  kind = function\n"
            "  name = f\n"
            "  path = src/a.cpp\n"
            "  percentile = 50\n"
            "  sinks.count = 12\n"
            "  tests.changed = 1\n"
            "  tests.reaching = 3\n");
  const Row& row = story.findings.facts.list("symbols.touched")->front();
  std::string declared, given;
  for (const FactDecl& decl : touched_symbol_fields()) declared += std::string(decl.name) + "\n";
  for (const auto& [name, value] : row.fields) given += name + "\n";
  EXPECT_EQ(given, declared);
}

TEST(TouchedRows, OfAPartOfTheProjectANumberIsALowerBoundAndZeroIsNone) {
  const auto text_of = [](UsersSeen seen, std::uint32_t tests) {
    Story story("src/a.cpp:3-9 function f\n src/b.cpp:1 function g\n g -> f\n touch f");
    story.context.left_out = "part";
    story.touched("f").seen = seen;
    story.touched("f").tests_total = tests;
    story.touched("f").sinks_certain = tests;
    story.run(impact_fan_in);
    story.run(impact_touched_rows);
    std::string text;
    for (const char* name :
         {"impact", "fan_in.direct", "fan_in.transitive", "percentile", "sinks.count", "tests.reaching"})
      text += to_string(story.findings.facts.list("symbols.touched")->front().fields.at(name)) + " ";
    return text;
  };
  EXPECT_EQ(text_of({}, 0), "low 1 1 unknown (part) unknown (part) 0 ");
  EXPECT_EQ(text_of({true, false}, 0),
            "unknown (part) 1 at least 1 (part) unknown (part) unknown (part) unknown (part) ");
  EXPECT_EQ(text_of({false, false}, 2),
            "unknown (part) at least 1 (part) at least 1 (part) unknown (part) at least 2 (part) at least 2 (part) ");
}

TEST(TouchedRows, WhatTheGraphDoesNotKnowIsUnknownAndNotZero) {
  Story story("src/a.cpp:1 function g\n touch f");
  story.run(impact_fan_in);
  story.run(impact_touched_rows);
  const std::string why = "unknown (no unit that could be read on the base defines it)";
  const std::string on_head = "unknown (no unit that could be read on head defines it)";
  const Row& row = story.findings.facts.list("symbols.touched")->front();
  for (const char* name : {"impact", "fan_in.direct", "fan_in.transitive", "percentile"}) {
    EXPECT_EQ(to_string(row.fields.at(name)), why) << name;
  }
  for (const char* name : {"tests.reaching", "tests.changed", "sinks.count"}) {
    EXPECT_EQ(to_string(row.fields.at(name)), on_head) << name;
  }
}

TEST(TouchedRows, AnEmptyListIsUnknownWhileCodeIsUnread) {
  Story unread("file src/a.cpp +1 -1");
  unread.context.unread = {{{"src/a.cpp", 4, 0}, "no compile command"}};
  unread.run(impact_touched_rows);
  EXPECT_EQ(rows_text(unread), "? src/a.cpp could not be read: no compile command");

  Story no_graph("file src/a.cpp +1 -1");
  no_graph.context.no_graph = "no compile_commands.json was found";
  no_graph.run(impact_touched_rows);
  EXPECT_EQ(rows_text(no_graph), "? no compile_commands.json was found");

  Story read("file src/a.cpp +1 -1");
  read.run(impact_touched_rows);
  EXPECT_EQ(rows_text(read), "");
}

}  // namespace
}  // namespace patchgate
