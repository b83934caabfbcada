#include <gtest/gtest.h>

#include "analyzers/impact/impact.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::callers;
using test::joined;
using test::Story;

std::string interval(const Interval& both) {
  return "[" + std::to_string(both.lower) + "," + std::to_string(both.upper) + "]";
}

std::string described(const TouchedSymbol& symbol) {
  std::string text = symbol.name + ": " + symbol.impact;
  if (!symbol.known_fan_in) return text + " (" + symbol.why_unknown + ")";
  text += " direct " + interval(symbol.direct) + " transitive " + interval(symbol.transitive);
  text += " percentile " + (symbol.percentile ? to_string(Value(*symbol.percentile)) : "none");
  text += " rank " + std::to_string(symbol.rank) + "/" + std::to_string(symbol.of);
  text += " entries " + std::to_string(symbol.entry_points) + " folders " + std::to_string(symbol.source_folders);
  std::vector<std::string> by;
  for (const auto& [name, at] : symbol.callers) by.push_back(name + "@" + at.file + ":" + std::to_string(at.line));
  text += " by " + joined(by, ", ");
  for (const auto& one : symbol.widened_by) {
    text += std::string(" possible ") + name_of(one.rule) + " " + std::to_string(one.direct) + "/" +
            std::to_string(one.transitive);
  }
  return text;
}

struct Case {
  const char* name;
  std::string story;
  const char* expected;  ///< of the first touched symbol
};

const Case kCases[] = {
    {"a leaf", "src/a.cpp:1-3 function f\n touch f",
     "f: low direct [0,0] transitive [0,0] percentile 0 rank 1/1 entries 0 folders 0 by "},
    {"an entry point counts itself", "src/a.cpp:1-3 function main main\n touch main",
     "main: low direct [0,0] transitive [0,0] percentile 0 rank 1/1 entries 1 folders 0 by "},
    {"callers, folders and entry points by proven edges",
     "src/a.cpp:1-3 function f\n src/b.cpp:1-3 function g\n app/main.cpp:1 function main main\n"
     "lib/api.cpp:4 function api exported\n lib/hook.cpp:1 function hook exported\n"
     "g -> f @2\n main -> g @7\n api -> g @5\n hook -> f indirect possible\n touch f",
     "f: low direct [1,2] transitive [3,4] percentile 80 rank 1/5 entries 2 folders 3 by g@src/b.cpp:2 possible "
     "syntax 1/1"},
    {"tests are neither entry points nor folders",
     "src/a.cpp:1-3 function f\n tests/t.cpp:1 function main main\n main -> f\n touch f",
     "f: low direct [1,1] transitive [1,1] percentile 50 rank 1/2 entries 0 folders 0 by main@tests/t.cpp:1"},
    {"an added symbol is ranked on head",
     "base|src/a.cpp:1 function old\n head|src/a.cpp:1 function f\n head|src/a.cpp:5 function g\n head|g -> f\n touch "
     "f",
     "f: low direct [1,1] transitive [1,1] percentile 50 rank 1/2 entries 0 folders 1 by g@src/a.cpp:1"},
    {"a removed symbol is judged by its callers on the base",
     "base|src/a.cpp:1 function f\n src/a.cpp:5 function g\n base|g -> f\n touch f",
     "f: low direct [1,1] transitive [1,1] percentile 50 rank 1/2 entries 0 folders 1 by g@src/a.cpp:1"},
    {"callers that only head has do not count",
     "src/a.cpp:1 function f\n head|src/a.cpp:5 function g\n head|g -> f\n touch f",
     "f: low direct [0,0] transitive [0,0] percentile 0 rank 1/1 entries 0 folders 0 by "},
    {"not in the graph", "src/a.cpp:1 function g\n touch f",
     "f: unknown (no unit that could be read on the base defines it)"},
    {"test code is low, however often tests use it",
     "tests/t.cpp:1 function f\n tests/t.cpp:2 function a\n a -> f\n touch f",
     "f: low direct [1,1] transitive [1,1] percentile 50 rank 1/2 entries 0 folders 0 by a@tests/t.cpp:1"},
};

TEST(FanInAnalyzer, Cases) {
  for (const Case& c : kCases) {
    Story story(c.story);
    story.run(impact_fan_in);
    EXPECT_EQ(described(story.findings.touched.front()), c.expected) << c.name;
  }
}

/// `hub` and `many` functions that call it, among `others` that nobody calls.
std::string hub_story(int many, int others) {
  std::string text = "src/hub.cpp:1-9 function hub\n" + callers("user", many, "hub");
  for (int i = 0; i < others; ++i)
    text += "src/o.cpp:" + std::to_string(i + 1) + " function o" + std::to_string(i) + "\n";
  return text + "touch hub\n";
}

std::string level_and_why(Story& story) {
  story.run(impact_fan_in);
  return story.fact("impact.level") + "\n" + joined(story.findings.impact_why, "\n");
}

TEST(FanInAnalyzer, SaysWhy) {
  Story story(hub_story(30, 1));
  EXPECT_EQ(level_and_why(story),
            "impact.level = high at src/hub.cpp:1\n"
            "hub: used by 30 symbols directly, 30 in all; higher than 96.8 % of 32 functions");
  EXPECT_EQ(story.fact("impact.fan_in.transitive"), "impact.fan_in.transitive = 30 at src/hub.cpp:1");
  EXPECT_EQ(story.fact("impact.fan_in.direct"), "impact.fan_in.direct = 30 at src/hub.cpp:1");
  EXPECT_EQ(story.fact("impact.percentile"), "impact.percentile = 96.875 at src/hub.cpp:1");
}

TEST(FanInAnalyzer, AnExactSinkMakesHighCritical) {
  Story story(hub_story(30, 1));
  story.findings.touched.front().sinks = {
      {"http_write", "curl_easy_perform", true, {"save", "send", "curl_easy_perform"}, Confidence::exact}};
  EXPECT_EQ(level_and_why(story),
            "impact.level = critical at src/hub.cpp:1\n"
            "hub: used by 30 symbols directly, 30 in all; higher than 96.8 % of 32 functions\n"
            "hub feeds http_write through save → send → curl_easy_perform\n"
            "high fan-in in front of a data sink counts as critical");
}

TEST(FanInAnalyzer, APossibleSinkRaisesNothing) {
  Story story(hub_story(30, 1));
  story.findings.touched.front().sinks = {{"file_write", "open", false, {"hub", "open"}, Confidence::possible}};
  EXPECT_EQ(level_and_why(story),
            "impact.level = high at src/hub.cpp:1\n"
            "hub: used by 30 symbols directly, 30 in all; higher than 96.8 % of 32 functions\n"
            "hub may feed file_write through hub → open");
}

TEST(FanInAnalyzer, TestCodeThatOtherCodeUsesIsJudgedAsAnyOther) {
  std::string text = hub_story(30, 1);
  text.replace(0, text.find(' '), "tests/hub.cpp:1-9");
  Story story(text);
  ASSERT_TRUE(story.findings.touched.front().in_test_code);
  story.run(impact_fan_in);
  EXPECT_EQ(story.findings.touched.front().impact, "high");
}

TEST(FanInAnalyzer, NothingTouchedIsLow) {
  Story story("src/a.cpp:1 function f\n file src/a.cpp +1 -1");
  EXPECT_EQ(level_and_why(story), "impact.level = low\nno symbol is touched");
  EXPECT_EQ(story.fact("impact.fan_in.transitive"), "impact.fan_in.transitive = 0");
}

TEST(FanInAnalyzer, UnreadMeansUnknownUnlessASymbolIsCritical) {
  const std::vector<UnreadPlace> unread{{{"src/x.cpp", 7, 0}, "no compile command"}};
  Story high(hub_story(30, 1));
  high.context.unread = unread;
  EXPECT_EQ(level_and_why(high),
            "impact.level ? 1 changed place could not be read: src/x.cpp:7 (no compile command) at src/x.cpp:7\n"
            "not known: 1 changed place could not be read: src/x.cpp:7 (no compile command)\n"
            "hub: used by 30 symbols directly, 30 in all; higher than 96.8 % of 32 functions");
  EXPECT_EQ(high.fact("impact.percentile"),
            "impact.percentile ? 1 changed place could not be read: src/x.cpp:7 (no compile command)");

  Story critical(hub_story(250, 1));
  critical.context.unread = unread;
  critical.run(impact_fan_in);
  EXPECT_EQ(critical.fact("impact.level"), "impact.level = critical at src/hub.cpp:1");
}

TEST(FanInAnalyzer, ASymbolThatIsNotKnownMakesThePatchUnknown) {
  Story story("src/a.cpp:1 function g\n touch f");
  story.run(impact_fan_in);
  EXPECT_EQ(story.fact("impact.level"),
            "impact.level ? the fan-in of f is not known: no unit that could be read on the base defines it");
}

TEST(FanInAnalyzer, WithoutAGraphItIsUnknownWhenCodeIsTouched) {
  Story code("src/a.cpp:1 function f\n touch f\n file src/a.cpp +1 -1");
  code.context.no_graph = "no compile_commands.json was found";
  code.run(impact_fan_in);
  EXPECT_EQ(code.fact("impact.level"), "impact.level ? no compile_commands.json was found");
  EXPECT_EQ(described(code.findings.touched.front()), "f: unknown (no compile_commands.json was found)");

  Story prose("file README.md +1 -1");
  prose.context.no_graph = "no compile_commands.json was found";
  prose.run(impact_fan_in);
  EXPECT_EQ(prose.fact("impact.level"), "impact.level = low");
}

TEST(FanInAnalyzer, OrdersByImpact) {
  Story story(hub_story(30, 40) + "touch o1\n touch lost\n touch user3\n");
  story.run(impact_fan_in);
  std::vector<std::string> order;
  for (const auto& symbol : story.findings.touched) order.push_back(symbol.name + " " + symbol.impact);
  EXPECT_EQ(joined(order, ", "), "hub high, lost unknown, o1 low, user3 low");
}

TEST(FanInAnalyzer, SaysWhyForTheHighestLevelOnly) {
  std::string text;
  for (int i = 0; i < 7; ++i) text += "touch o" + std::to_string(i) + "\n";
  Story low(hub_story(30, 7).substr(0, hub_story(30, 7).find("touch")) + text);
  low.run(impact_fan_in);
  EXPECT_EQ(joined(low.findings.impact_why, "\n"),
            "o0: used by no other symbol\no1: used by no other symbol\no2: used by no other symbol\n"
            "o3: used by no other symbol\no4: used by no other symbol\nand 2 more like these");

  Story high(hub_story(30, 7) + text);
  high.run(impact_fan_in);
  EXPECT_EQ(joined(high.findings.impact_why, "\n"),
            "hub: used by 30 symbols directly, 30 in all; higher than 97.3 % of 38 functions");
}

struct PartCase {
  const char* name;
  std::string story;
  UsersSeen seen;
  const char* level;   ///< of the patch
  const char* direct;  ///< the facts of the patch
  const char* transitive;
  const char* interval;  ///< direct and transitive, with + for an open end
};

/// `f` and a chain of `length` users.
std::string chain(int length, const std::string& more = "") {
  std::string text = "src/f.cpp:1 function f\n";
  std::string last = "f";
  for (int i = 0; i < length; ++i) {
    const auto user = "u" + std::to_string(i);
    text += "src/u.cpp:" + std::to_string(i + 1) + " function " + user + "\n" + user + " -> " + last + "\n";
    last = user;
  }
  return text + more + "touch f\n";
}

TEST(FanInAnalyzer, WithAPartOfTheProjectOnlyWhatWasSeenToTheEndIsSaid) {
  const std::vector<PartCase> cases = {
      {"few users, all seen: low whatever the rank",
       chain(4),
       {},
       "= low at src/f.cpp:1",
       "= 1 at src/f.cpp:1",
       "= 4 at src/f.cpp:1",
       "1 4"},
      {"few, but there may be more",
       chain(4),
       {true, false},
       "? who depends on f was not seen to the end (part)",
       "= 1 at src/f.cpp:1",
       "? at least 4 (part) at src/f.cpp:1",
       "1 4+"},
      {"not even all direct users were seen",
       chain(0),
       {false, false},
       "? who depends on f was not seen to the end (part)",
       "? part",
       "? part",
       "0+ 0+"},
      {"many: the rank decides, and is not known",
       chain(5),
       {},
       "? the rank of f takes the whole project (part)",
       "= 1 at src/f.cpp:1",
       "= 5 at src/f.cpp:1",
       "1 5"},
      {"its address was taken: somebody else may call it",
       chain(1, "u0 -> f address\n"),
       {},
       "= low at src/f.cpp:1",
       "= 1 at src/f.cpp:1",
       "= 1 at src/f.cpp:1",
       "1+ 1+"},
      {"that of a user was",
       chain(2, "u1 -> u0 address\n"),
       {},
       "= low at src/f.cpp:1",
       "= 1 at src/f.cpp:1",
       "= 2 at src/f.cpp:1",
       "1 2+"},
  };
  for (const auto& c : cases) {
    Story story(c.story);
    story.context.left_out = "part";
    story.findings.touched.front().seen = c.seen;
    story.run(impact_fan_in);
    const auto& symbol = story.findings.touched.front();
    EXPECT_EQ(story.fact("impact.level"), std::string("impact.level ") + c.level) << c.name;
    EXPECT_EQ(story.fact("impact.fan_in.direct"), std::string("impact.fan_in.direct ") + c.direct) << c.name;
    EXPECT_EQ(story.fact("impact.fan_in.transitive"), std::string("impact.fan_in.transitive ") + c.transitive)
        << c.name;
    EXPECT_EQ(story.fact("impact.percentile"), "impact.percentile ? part") << c.name;
    EXPECT_EQ(std::to_string(symbol.direct.lower) + (symbol.direct_open ? "+ " : " ") +
                  std::to_string(symbol.transitive.lower) + (symbol.transitive_open ? "+" : ""),
              c.interval)
        << c.name;
    EXPECT_EQ(symbol.rank + symbol.of, 0U) << c.name;
    EXPECT_EQ(symbol.percentile, std::nullopt) << c.name;
  }
}

TEST(FanInAnalyzer, WithAPartOfTheProjectTestCodeIsLowOnlyWhenItWasSeenToTheEnd) {
  for (const bool whole : {true, false}) {
    Story story("tests/t.cpp:1 function f\n touch f");
    story.context.left_out = "part";
    story.findings.touched.front().seen = {true, whole};
    story.run(impact_fan_in);
    EXPECT_EQ(story.findings.touched.front().impact, whole ? "low" : "unknown");
  }
}

TEST(FanInAnalyzer, ListsAtMostTwentyCallers) {
  Story story(hub_story(30, 0));
  story.run(impact_fan_in);
  EXPECT_EQ(story.findings.touched.front().callers.size(), 20U);
}

}  // namespace
}  // namespace patchgate
