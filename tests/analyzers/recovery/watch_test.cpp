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

}  // namespace
}  // namespace patchgate
