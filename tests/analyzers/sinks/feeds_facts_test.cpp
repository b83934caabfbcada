#include <gtest/gtest.h>

#include "fed.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

TEST(FeedsFacts, CountsDistinctSinksThatAreCertain) {
  Story story(kHttp +
              "outside function unlink\n outside function fopen\n src/a.cpp:3 function f\n src/a.cpp:5 function g\n"
              "f -> send\n g -> send\n g -> unlink\n g -> fopen\n touch f\n touch g");
  fed(story);
  EXPECT_EQ(story.fact("sinks.count"), "sinks.count = 2 at src/a.cpp:3 src/a.cpp:5");
  EXPECT_EQ(story.touched("g").sinks_total, 3U);
  EXPECT_EQ(story.touched("g").sinks_certain, 2U);
}

TEST(FeedsFacts, ListsAtMostTen) {
  std::string text = "src/a.cpp:1 function f\n touch f\n";
  for (const char* name : {"unlink", "unlinkat", "remove", "rename", "renameat", "renameat2", "rmdir", "truncate",
                           "truncate64", "ftruncate", "ftruncate64", "creat"}) {
    text += std::string("outside function ") + name + "\n f -> " + name + "\n";
  }
  Story story(text);
  fed(story);
  EXPECT_EQ(story.touched("f").sinks.size(), 10U);
  EXPECT_EQ(story.touched("f").sinks_total, 12U);
  EXPECT_EQ(story.touched("f").sinks_certain, 12U);
  EXPECT_EQ(story.fact("sinks.count"), "sinks.count = 12 at src/a.cpp:1");
}

TEST(FeedsFacts, TheNumberIsAnAnswerOnlyWhereEverythingWasRead) {
  const std::string leaf = "src/a.cpp:1 function f\n touch f\n";
  Story read(leaf);
  fed(read);
  EXPECT_EQ(read.fact("sinks.count"), "sinks.count = 0");

  Story unread(leaf);
  unread.context.unread = {{{"src/x.cpp", 1, 0}, "no compile command"}};
  fed(unread);
  EXPECT_EQ(unread.fact("sinks.count"), "sinks.count ? src/x.cpp could not be read");

  Story part(leaf);
  part.context.left_out = "part";
  fed(part);
  EXPECT_EQ(part.fact("sinks.count"), "sinks.count ? part");

  Story found("outside function unlink\n src/a.cpp:1 function f\n f -> unlink\n touch f");
  found.context.left_out = "part";
  fed(found);
  EXPECT_EQ(found.fact("sinks.count"), "sinks.count ? at least 1 (part) at src/a.cpp:1");

  Story lost("src/a.cpp:1 function g\n touch f");
  fed(lost);
  EXPECT_EQ(lost.fact("sinks.count"), "sinks.count ? no unit that could be read defines f");

  Story no_graph(leaf);
  no_graph.context.no_graph = "no compile_commands.json was found";
  fed(no_graph);
  EXPECT_EQ(no_graph.fact("sinks.count"), "sinks.count ? no compile_commands.json was found");
}

TEST(FeedsFacts, ACatalogueThatCannotBeReadIsNoSilence) {
  Story story(kHttp + "touch send");
  story.context.sink_catalogues = {{"built-in sinks", std::string(builtin_sink_catalogue())},
                                   {".patchgate/sinks.json", "{"}};
  story.run(sinks_feeds);
  const char* message = "the sink catalogue could not be read: .patchgate/sinks.json:1:2: is not valid JSON here";
  EXPECT_EQ(story.fact("sinks.count"), std::string("sinks.count ? ") + message);
  EXPECT_EQ(joined(story.findings.blind_spots), message);
  EXPECT_EQ(story.touched("send").sinks.size(), 1U) << "the other catalogue is still used";
}

TEST(FeedsFacts, NoCatalogueAtAllIsNoSilenceEither) {
  Story story(kHttp + "touch send");
  story.run(sinks_feeds);
  EXPECT_EQ(story.fact("sinks.count"), "sinks.count ? no sink catalogue was given");
}

TEST(FeedsFacts, AProjectMayNameItsOwnFunctions) {
  Story story("src/mail.cpp:1-3 function mail::send\n src/a.cpp:1 function f\n f -> mail::send\n touch f");
  story.context.sink_catalogues = {
      {".patchgate/sinks.json",
       R"({"sinks": 1, "groups": [{"kind": "mail", "functions": ["mail::send"], "in_project": true}]})"}};
  story.run(sinks_feeds);
  EXPECT_EQ(story.fact("sinks.count"), "sinks.count = 1 at src/a.cpp:1");
}

}  // namespace
}  // namespace patchgate
