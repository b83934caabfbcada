#include "analyzers/recovery/emitted_strings.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  const char* code;
  const char* expected;  ///< "log:text@line", separated by " | "
};

std::string found(const char* code) {
  std::string text;
  for (const auto& one : emitted_strings(code)) {
    const char* kind = one.kind == EmitterKind::log ? "log" : one.kind == EmitterKind::metric ? "metric" : "http";
    text += (text.empty() ? "" : " | ") + std::string(kind) + ":" + one.text + "@" + std::to_string(one.line);
  }
  return text;
}

const Case kCases[] = {
    {"a log", "serverLog(LL_WARNING, \"cannot save %s: %d\\n\", path, n);", "log:cannot save@1"},
    {"the longest part", "log(\"a %s was not written to disk: %m\");", "log:was not written to disk:@1"},
    {"side by side, on its line", "f();\nlog_error(\"cannot \"\n  \"save\");", "log:cannot save@2"},
    {"braces", "spdlog::info(\"saved {} of {:>5} records\", a, b);", "log:records@1"},
    {"braces that are text", "LOG(\"state { not a placeholder }\");", "log:state { not a placeholder }@1"},
    {"a stream", "LOG(INFO) << \"record \" << id << \" was dropped\";", "log:record@1 | log:was dropped@1"},
    {"cerr", "std::cerr << \"no such record\" << n;", "log:no such record@1"},
    {"percent and quotes", "warn(\"50%% of \\\"x\\\" lost\");", "log:50% of \"x\" lost@1"},
    {"a raw string", "log(R\"x(no \"escape\" \\n here)x\");", "log:no \"escape\"@1"},
    {"a metric", "statsd_count(\"crm.saved\", 1);", "metric:crm.saved@1"},
    {"a path", "curl_easy_setopt(h, CURLOPT_URL, \"/api/contacts/%s\");", "http:/api/contacts/@1"},
    {"an address anywhere", "auto u = std::string(\"https://crm/api/\") + id;", "http:https://crm/api/@1"},
    {"a request line", "send(fd, \"PATCH /api/v1 HTTP/1.1\\r\\n\");", "http:PATCH /api/v1 HTTP/1.1@1"},
    {"no path in an option", "curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, \"PATCH\");", ""},
    {"inside another call", "log(format(\"cannot save %d\", 3));", "log:cannot save@1"},
    {"of no emitter", "strcmp(a, \"something\"); x = \"something\";", ""},
    {"too short", "log(\"%s: %d\"); log(\"ab\");", ""},
    {"a comment and a character", "/* log(\"nothing at all\"); */ log('\"'); // log(\"nothing\")\nlog(\"a word\");",
     "log:a word@2"},
    {"not closed", "log(\"never closed\nlog(\"next line\");", "log:never closed@1 | log:next line@2"},
    {"stderr", "fprintf(stderr, \"usage: tool\");", "log:usage: tool@1"},
    {"the next statement is none", "log(\"first\"); f(\"second\");", "log:first@1"},
    {"a file that is no log", "fprintf(out, \"name: %s\", n);", ""},
    {"FN_a_name_that_says_nothing", "report(\"cannot save\");", ""},
    {"FP_a name that says another thing", "set_error_handler(\"on_error\");", "log:on_error@1"},
    {"FN_a_constant", "log(kMessage);", ""},
};

TEST(EmittedStrings, CanBeLookedForAsTheyStand) {
  for (const Case& c : kCases) EXPECT_EQ(found(c.code), c.expected) << c.name;
}

TEST(EmittedStrings, TakesTimeThatGrowsWithTheText) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "log(\"x{%";
  EXPECT_EQ(emitted_strings(deep).size(), 0U);
  EXPECT_EQ(emitted_strings("log(\"" + std::string(2'000'000, '{') + "\");").size(), 0U);
  std::string raw;
  for (int i = 0; i < 500'000; ++i) raw += "R\"";
  EXPECT_EQ(emitted_strings(raw).size(), 0U);
}

}  // namespace
}  // namespace patchgate
