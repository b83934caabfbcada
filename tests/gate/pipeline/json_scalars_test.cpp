#include "gate/pipeline/json_scalars.h"

#include <ostream>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string error;  ///< how it starts; empty: accepted
};

/// What a test is called by where its parameter is printed.
void PrintTo(const Case& tried, std::ostream* out) { *out << tried.name; }

class JsonScalarsGuard : public testing::TestWithParam<Case> {};

TEST_P(JsonScalarsGuard, NamesTheLine) {
  const auto parsed = JsonScalars::parse("event.json", GetParam().text, 4U << 20U, "");
  const std::string error = parsed ? "" : to_string(parsed.error());
  EXPECT_TRUE(error.starts_with(GetParam().error)) << error;
  EXPECT_EQ(error.empty(), GetParam().error.empty()) << error;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

INSTANTIATE_TEST_SUITE_P(
    Documents, JsonScalarsGuard,
    testing::Values(Case{"empty_object", "{}", ""}, Case{"scalars", R"({"a": [1, -2, 1.5, null, true, "x"]})", ""},
                    Case{"empty", "", "event.json:1: not JSON: "},
                    Case{"cut_off", "{\n\"a\":\n{", "event.json:3: not JSON: "},
                    Case{"trailing", "{}\n{}", "event.json:2: not JSON: "},
                    Case{"after_nul", std::string("{}\n\0{}", 6), "event.json:2: a NUL byte"},
                    Case{"byte_order_mark", "\xef\xbb\xbf{}", "event.json:1: starts with a byte-order mark"},
                    Case{"key_twice", "{\"a\": 1,\n\"a\": 2}", "event.json:2: the key is there twice"},
                    Case{"same_key_elsewhere", R"({"a": {"b": 1}, "b": {"a": 1}})", ""},
                    Case{"deepest", nested(64), ""},
                    Case{"too_deep", nested(65), "event.json:1: nested more than 64 deep"},
                    Case{"never_closed", std::string(1'000'000, '['), "event.json:1: nested more than 64 deep"},
                    Case{"huge_number", "[1e400]", "event.json:1: not JSON"},
                    Case{"not_utf8", "[\"\xff\"]", "event.json:1: not JSON: "},
                    Case{"at_the_limit", "[\"" + std::string((4U << 20U) - 4, 'x') + "\"]", ""},
                    Case{"over_the_limit", "[\"" + std::string((4U << 20U) - 3, 'x') + "\"]",
                         "event.json: 4194305 bytes, limit 4194304"}),
    [](const auto& tried) { return tried.param.name; });

TEST(JsonScalars, WrongTypesNameFileAndLine) {
  const auto json = JsonScalars::parse(
      "event.json", "{\n  \"a\": {\n    \"sha\": 7,\n    \"ok\": \"yes\"\n  },\n  \"id\": \"abc\"\n}", 4U << 20U, "");
  ASSERT_TRUE(json);
  EXPECT_EQ(to_string(json->text("a.sha").error()), "event.json:3: a.sha is a number, where a string is needed");
  EXPECT_EQ(to_string(json->boolean("a.ok").error()), "event.json:4: a.ok is a string, where a boolean is needed");
  EXPECT_EQ(to_string(json->commit("id").error()), "event.json:6: id is not a commit id of 40 hex digits");
  EXPECT_EQ(json->text("nowhere").value(), "");
}

TEST(JsonScalars, PathsThroughArrays) {
  const auto json = JsonScalars::parse(
      "e", R"({"labels": [{"name": "a", "x": [1, {"y": "deep"}]}, {"name": "b,c"}], "z": "end"})", 4U << 20U, "");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->texts("labels", "name").value(), (std::vector<std::string>{"a", "b,c"}));
  EXPECT_EQ(json->text("labels.0.x.1.y").value(), "deep");
  EXPECT_EQ(json->text("z").value(), "end");
  EXPECT_TRUE(json->texts("none", "name").value().empty());
}

}  // namespace
}  // namespace patchgate
