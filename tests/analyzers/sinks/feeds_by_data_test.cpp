#include <gtest/gtest.h>

#include "fed.h"

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string story;
  const char* expected;
};

/// `encode` is touched; `save` calls it and sends something.
const std::string kSave = kHttp +
                          "src/enc.cpp:1-5 function encode\n src/crm.cpp:1-9 function save\n save -> encode\n"
                          "save -> send\n touch encode\n";

const Case kCases[] = {
    {"a caller passes the object on", kSave + "save : encode => send @7",
     "http_write data exact: save -> send -> curl_easy_perform"},
    {"a caller that sends something else", kSave, ""},
    {"through a further call of the same body",
     kSave + "outside method Json::dump\n save : encode => Json::dump @6\n save : Json::dump => send @7",
     "http_write data exact: save -> send -> curl_easy_perform"},
    {"such a call in another body does not count",
     kSave + "outside method Json::dump\n src/b.cpp:1 function other\n save : encode => Json::dump\n"
             "other : Json::dump => send",
     ""},
    {"the caller returns it to its own caller",
     kSave + "src/crm.cpp:20 function build\n build : encode => return\n save : build => send",
     "http_write data exact: save -> send -> curl_easy_perform"},
    {"and that one likewise",
     kSave + "src/crm.cpp:20 function a\n src/crm.cpp:21 function b\n a : encode => return\n b : a => return\n"
             "save : b => send",
     "http_write data exact: save -> send -> curl_easy_perform"},
    {"three times is only possible",
     kSave +
         "src/crm.cpp:20 function a\n src/crm.cpp:21 function b\n src/crm.cpp:22 function c\n a : encode => return\n"
         "b : a => return\n c : b => return\n save : c => send",
     "http_write data possible: save -> send -> curl_easy_perform"},
    {"and four times are not followed",
     kSave + "src/crm.cpp:20 function a\n src/crm.cpp:21 function b\n src/crm.cpp:22 function c\n"
             "src/crm.cpp:23 function d\n a : encode => return\n b : a => return\n c : b => return\n d : c => return\n"
             "save : d => send",
     ""},
    {"through two further calls of the same body: only possible",
     kSave + "outside method Json::dump\n outside function compress\n save : encode => Json::dump\n"
             "save : Json::dump => compress\n save : compress => send",
     "http_write data possible: save -> send -> curl_easy_perform"},
    {"a cycle of returns ends",
     kSave + "src/crm.cpp:20 function a\n src/crm.cpp:21 function b\n a : encode => return\n b : a => return\n"
             "a : b => return",
     ""},
    {"the consumer reaches the sink through others",
     kSave + "src/crm.cpp:20 function post\n post -> send\n save : encode => post",
     "http_write data exact: save -> post -> send -> curl_easy_perform"},
    {"the consumer is the sink itself",
     "outside function PQputCopyData\n src/a.cpp:1 function make\n src/a.cpp:2 function f\n f -> PQputCopyData\n"
     "f : make => PQputCopyData\n touch make",
     "sql_write data exact: f -> PQputCopyData"},
    {"the consumer fills the request that the same body sends",
     kHttp + "src/a.cpp:1 function make\n send : make => curl_easy_setopt\n touch make",
     "http_write data exact: send -> curl_easy_setopt -> curl_easy_perform"},
    {"or that a function sends which it calls",
     kHttp + "src/a.cpp:1 function make\n src/a.cpp:2 function save\n save -> send\n save : make => curl_easy_setopt\n"
             "touch make",
     "http_write data exact: save -> curl_easy_setopt -> send -> curl_easy_perform"},
    {"but not one far away",
     kHttp + "src/a.cpp:1 function make\n src/a.cpp:2 function save\n save : make => curl_easy_setopt\n touch make",
     ""},
    {"test code is no caller",
     kHttp + "src/enc.cpp:1 function encode\n tests/t.cpp:1 function check\n check : encode => send\n touch encode",
     ""},
    {"a way by call wins over a longer one by data",
     kSave + "encode -> send\n src/crm.cpp:20 function post\n post -> send\n save : encode => post",
     "http_write call exact: encode -> send -> curl_easy_perform"},
    {"the shortest way by data",
     kSave + "src/crm.cpp:20 function post\n post -> send\n save : encode => post\n src/crm.cpp:30 function quick\n"
             "quick : encode => send",
     "http_write data exact: quick -> send -> curl_easy_perform"},
    {"a helper counts when the body that calls it hands its object on",
     "src/enc.cpp:9 function guard\n touch guard\n" + kSave +
         "encode -> guard\n encode : guard => return\n save : encode => send",
     "http_write data exact: save -> send -> curl_easy_perform"},
};

TEST(FeedsByData, Cases) {
  for (const Case& c : kCases) EXPECT_EQ(fed(c.story), c.expected) << c.name;
}

TEST(FeedsByData, AConsumerThatEveryoneCallsProvesNothing) {
  const std::string story =
      "outside function unlink\n src/a.cpp:1 function make\n src/a.cpp:2 function f\n"
      "src/a.cpp:5 function panic\n f -> panic\n panic -> unlink\n f : make => panic\n";
  EXPECT_EQ(fed(story + test::callers("user", 400, "panic") + "touch make"),
            "file_remove data exact: f -> panic -> unlink");
  EXPECT_EQ(fed(story + test::callers("user", 600, "panic") + "touch make"),
            "file_remove data possible: f -> panic -> unlink");
}

}  // namespace
}  // namespace patchgate
