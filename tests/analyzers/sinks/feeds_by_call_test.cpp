#include <gtest/gtest.h>

#include "fed.h"

namespace patchgate {
namespace {

/// f0 -> f1 -> … -> unlink, `calls` calls in all, the first of them as said; f0 is touched.
std::string chain(int calls, const std::string& first = "") {
  std::string text = "outside function unlink\n";
  for (int i = 0; i < calls; ++i)
    text += "src/a.cpp:" + std::to_string(i + 1) + " function f" + std::to_string(i) + "\n";
  for (int i = 0; i + 1 < calls; ++i) {
    text += "f" + std::to_string(i) + " -> f" + std::to_string(i + 1) + (i == 0 ? first : "") + "\n";
  }
  return text + "f" + std::to_string(calls - 1) + " -> unlink\n touch f0\n";
}

struct Case {
  const char* name;
  std::string story;
  std::string expected;
};

const std::string kThree =
    "outside function unlink\n src/a.cpp:1 function f\n src/a.cpp:2 function g\n"
    "src/a.cpp:3 function h\n touch f\n";

const Case kCases[] = {
    {"through others", kHttp + "src/a.cpp:1 function f\n src/a.cpp:2 function g\n f -> g\n g -> send\n touch f",
     "http_write call exact: f -> g -> send -> curl_easy_perform"},
    {"the shortest way", kThree + "f -> g\n g -> h\n h -> unlink\n f -> h", "file_remove call exact: f -> h -> unlink"},
    {"a proven way before a shorter one that is only possible",
     kThree + "f -> h possible\n f -> g\n g -> h\n h -> unlink", "file_remove call exact: f -> g -> h -> unlink"},
    {"possible when one step is", kThree + "f -> h override possible\n h -> unlink",
     "file_remove call possible: f -> h -> unlink"},
    {"an address on the way is possible", kThree + "f -> h address\n h -> unlink",
     "file_remove call possible: f -> h -> unlink"},
    {"reading a variable runs nothing", kThree + "f -> h read\n h -> unlink", ""},
    {"not through test code", kThree + "tests/t.cpp:1 function fake\n f -> fake\n fake -> unlink", ""},
    {"a cycle ends", kThree + "f -> g\n g -> f\n g -> unlink", "file_remove call exact: f -> g -> unlink"},
    {"exact before possible, then short before long",
     kThree + "outside function rmdir\n outside function fopen\n f -> g\n g -> unlink\n f -> rmdir\n f -> fopen",
     "file_remove call exact: f -> rmdir\nfile_remove call exact: f -> g -> unlink\nfile_write call possible: f -> "
     "fopen"},
    {"twelve calls", chain(12),
     "file_remove call exact: f0 -> f1 -> f2 -> f3 -> f4 -> f5 -> f6 -> f7 -> f8 -> f9 -> "
     "f10 -> f11 -> unlink"},
    {"thirteen are too many", chain(13), ""},
    {"six that are only possible", chain(6, " indirect possible"),
     "file_remove call possible: f0 -> f1 -> f2 -> f3 -> f4 -> f5 -> unlink"},
    {"seven of these are too many", chain(7, " indirect possible"), ""},
    {"on the base only: the patch may not hide it", kThree + "base|f -> unlink", "file_remove call exact: f -> unlink"},
    {"on head only", kThree + "head|f -> unlink", "file_remove call exact: f -> unlink"},
    {"a removed symbol", "outside function unlink\n base|src/a.cpp:1 function f\n base|f -> unlink\n touch f",
     "file_remove call exact: f -> unlink"},
    {"a macro whose text calls", "outside function unlink\n src/a.h:1 macro F\n F -> unlink\n touch F",
     "file_remove call exact: F -> unlink"},
    {"a type feeds nothing by itself", "outside function unlink\n src/a.h:1 type T\n T -> unlink\n touch T", ""},
    {"touched test code is no concern", "outside function unlink\n tests/t.cpp:1 function f\n f -> unlink\n touch f",
     ""},
};

TEST(FeedsByCall, Cases) {
  for (const Case& c : kCases) EXPECT_EQ(fed(c.story), c.expected) << c.name;
}

/// f -> panic -> unlink, and `users` other functions that call panic; what is touched is f.
std::string panic_story(int users) {
  return "outside function unlink\n src/a.cpp:1 function f\n src/a.cpp:5 function panic\n f -> panic\n panic -> "
         "unlink\n" +
         test::callers("user", users, "panic");
}

TEST(FeedsByCall, AHubOnTheWayMakesItPossible) {
  EXPECT_EQ(fed(panic_story(498) + "touch f"), "file_remove call exact: f -> panic -> unlink");
  EXPECT_EQ(fed(panic_story(499) + "touch f"), "file_remove call possible: f -> panic -> unlink");
}

TEST(FeedsByCall, AHubThatIsTouchedItselfFeeds) {
  EXPECT_EQ(fed(panic_story(600) + "touch panic"), "file_remove call exact: panic -> unlink");
}

}  // namespace
}  // namespace patchgate
