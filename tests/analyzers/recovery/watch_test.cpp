#include <gtest/gtest.h>

#include "analyzers/recovery/recovery.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

std::string watched(Story& story) {
  story.run(recovery_watch);
  return joined(story.findings.recovery_watch, "\n");
}

TEST(RecoveryWatch, SinksThatAreFedForCertain) {
  Story story("file src/a.cpp +1 -1\n src/a.cpp:1 function f\n touch f\n");
  story.findings.touched.front().sinks = {
      {"http_write", "curl_easy_perform", true, {"save", "send", "curl_easy_perform"}, Confidence::exact},
      {"sql_write", "PQexec", false, {"f", "PQexec"}, Confidence::possible}};
  EXPECT_EQ(watched(story),
            "http_write by curl_easy_perform, called from send: number, size and refusals, against the hour before the "
            "deploy");
}

TEST(RecoveryWatch, FieldsThatAreTouched) {
  Story story("file src/a.h +1 -1\n src/a.h:3 field Contact::email\n touch Contact::email");
  EXPECT_EQ(watched(story), "values of Contact::email: how many are empty or zero");
}

TEST(RecoveryWatch, StringsThatTheCodeShows) {
  Story story("file src/a.cpp +1 -1\n src/a.cpp:1 function f\n touch f\n");
  using enum BodyText::Relation;
  story.context.way_back.bodies = {
      {"f", {"src/a.cpp", 10, 0}, touched, "f() {\n  log(\"cannot save %s\", x);\n}"},
      {"g", {"src/b.cpp", 20, 0}, callee, "g() { log(\"it's gone\"); }"},
      {"h", {"src/c.cpp", 30, 0}, caller, "h() { log(\"cannot save\"); log(\"third\"); }"}};
  story.findings.touched.front().sinks = {{"sql_write", "PQexec", false, {"f", "PQexec"}, Confidence::exact}};
  EXPECT_EQ(watched(story),
            "log: grep -F 'cannot save'  (f, src/a.cpp:11)\n"
            "log: grep -F 'it'\\''s gone'  (g, src/b.cpp:20)\n"
            "sql_write by PQexec, called from f: number, size and refusals, against the hour before the deploy\n"
            "log: grep -F third  (h, src/c.cpp:30)");
}

TEST(RecoveryWatch, TheWayToASinkBeforeOtherCallees) {
  Story story("file src/a.cpp +1 -1\n src/a.cpp:1 function f\n touch f\n");
  using enum BodyText::Relation;
  story.context.way_back.bodies = {{"g", {"src/b.cpp", 20, 0}, callee, "g() { log(\"from g\"); }"},
                                   {"h", {"src/b.cpp", 30, 0}, caller, "h() { log(\"from h\"); }"},
                                   {"other", {"src/c.cpp", 1, 0}, beside, "other() { log(\"from other\"); }"},
                                   {"send", {"src/c.cpp", 9, 0}, beside, "send() { log(\"PATCH \" + url); }"}};
  story.findings.touched.front().sinks = {
      {"http_write", "curl_easy_perform", true, {"h", "send", "curl_easy_perform"}, Confidence::exact}};
  EXPECT_EQ(watched(story),
            "log: grep -F 'from h'  (h, src/b.cpp:30)\n"
            "log: grep -F PATCH  (send, src/c.cpp:9)\n"
            "http_write by curl_easy_perform, called from send: number, size and refusals, against the hour before "
            "the deploy\n"
            "log: grep -F 'from g'  (g, src/b.cpp:20)");
}

TEST(RecoveryWatch, WhatNoTerminalShowsIsNotToBePasted) {
  Story story("file src/a.cpp +1 -1\n src/a.cpp:1 function f\n touch f\n");
  story.context.way_back.bodies = {
      {"f", {"src/a.cpp", 1, 0}, {}, "f() { log(\"\xd0\xb0\xd0\xb1 saved\"); log(\"--help\"); }"}};
  EXPECT_EQ(watched(story), "");
}

}  // namespace
}  // namespace patchgate
