#include "policies/engine/positions.h"

#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

std::string where(const Place& place) {
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

TEST(Positions, KeysAndValuesByPointer) {
  const std::string text =
      "// first\n"
      "{ \"a\": [1, {\"b/c~d\": true}],\n"
      "  /* in\n between */ \"ß\": \"x\", \"t\\u0061b\":\n"
      "    null }\n";
  std::vector<Error> errors;
  const auto positions = scan_positions("f", text, errors);
  EXPECT_EQ(lines(errors), "");
  EXPECT_EQ(where(positions.value("")), "f:2:1");
  EXPECT_EQ(where(positions.key("/a")), "f:2:3");
  EXPECT_EQ(where(positions.value("/a")), "f:2:8");
  EXPECT_EQ(where(positions.value("/a/0")), "f:2:9");
  EXPECT_EQ(where(positions.key("/a/1")), "f:2:12");
  EXPECT_EQ(where(positions.value("/a/1/b~1c~0d")), "f:2:22");
  EXPECT_EQ(where(positions.value("/ß")), "f:4:18");
  EXPECT_EQ(where(positions.key("/tab")), "f:4:23");
  EXPECT_EQ(where(positions.value("/tab")), "f:5:5");
  EXPECT_EQ(where(positions.value("/none")), "f:2:1");
  EXPECT_EQ(where(positions.key("/none")), "f:2:1");
}

struct Case {
  std::string text;
  const char* error;
};

const std::string kDeep64(64, '[');

TEST(Positions, ErrorsHaveTheirPlace) {
  for (const auto& [text, expected] :
       {Case{"", "f:1:1: the file is empty\n"},
        Case{"// x", "f:1:5: the file is empty\n"},
        Case{"\xEF\xBB\xBF{}", "f:1:1: the file starts with a byte order mark; save it as UTF-8 without one\n"},
        Case{std::string("{\n\0}", 4), "f:2:1: there is a NUL byte in the file\n"},
        Case{std::string((1U << 20U) + 1, ' '), "f:1:1: the file is larger than 1 MiB\n"},
        Case{kDeep64 + "[]" + std::string(64, ']'), ""},
        Case{kDeep64 + "[[]]" + std::string(64, ']'), "f:1:66: nested deeper than 64\n"},
        Case{"{\"a\": 1,\n \"a\": 2, \"a\": 3}",
             "f:2:2: duplicate key 'a'; it was given in line 1\nf:2:10: duplicate key 'a'; it was given in line 1\n"},
        Case{"{\"a\": 1, \"\\u0061\": 2}", "f:1:10: duplicate key 'a'; it was given in line 1\n"},
        Case{"{\"a\": {\"b\": 1}, \"c\": {\"b\": 1}}", ""},
        Case{"{\"a\" 1}", "f:1:6: expected ':' here\n"},
        Case{"{a: 1}", "f:1:2: expected a key in quotes here\n"},
        Case{"{\"a\": 1 \"b\": 2}", "f:1:9: expected ',' or '}' here\n"},
        Case{"{\"a\": 1,}", "f:1:9: expected a key in quotes here\n"},
        Case{"[1 2]", "f:1:4: expected ',' or ']' here\n"},
        Case{"[1,]", "f:1:4: expected a value here\n"},
        Case{"{} x", "f:1:4: there is text after the end of the JSON value\n"},
        Case{"{} // x\n", ""},
        Case{"[tru]", "f:1:2: expected a value here\n"},
        Case{"[inf]", "f:1:2: expected a value here\n"},
        Case{"[1x]", "f:1:2: expected a value here\n"},
        Case{"[null, false, true, -1.5e3]", ""},
        Case{"[9007199254740991, -9007199254740991]", ""},
        Case{"[9007199254740993]", "f:1:2: the number '9007199254740993' is too large to be exact\n"},
        Case{"[-9007199254740993]", "f:1:2: the number '-9007199254740993' is too large to be exact\n"},
        Case{"[1e20]", ""},
        Case{"[1e999]", "f:1:2: '1e999' is too large or too small for a number\n"},
        Case{"[\"a]", "f:1:2: this string has no end\n"},
        Case{"[\"a\n\"]", "f:1:2: this string has no end\n"},
        Case{"[\"a\\", "f:1:2: this string has no end\n"},
        Case{"[\"\\\"]\"]", ""},
        Case{"{\"a\n\": 1}", "f:1:2: this string has no end\n"},
        Case{"{\"\\q\": 1}", ""},
        Case{"/* x", "f:1:1: this comment has no end\n"},
        Case{"[1 /* x", "f:1:4: this comment has no end\n"},
        Case{"[ /* x", "f:1:3: this comment has no end\n"},
        Case{"{ /* x", "f:1:3: this comment has no end\n"},
        Case{"{\"a\" /* x", "f:1:6: this comment has no end\n"},
        Case{"{\"a\": /* x", "f:1:7: this comment has no end\n"},
        Case{"[1, /* x", "f:1:5: this comment has no end\n"},
        Case{"{} /* x", "f:1:4: this comment has no end\n"},
        Case{"{", "f:1:2: the file ends here, too early\n"},
        Case{"[", "f:1:2: the file ends here, too early\n"},
        Case{"[1", "f:1:3: the file ends here, too early\n"},
        Case{"{\"a\":", "f:1:6: the file ends here, too early\n"},
        Case{"{\"a\"", "f:1:5: expected ':' here\n"}}) {
    std::vector<Error> errors;
    (void)scan_positions("f", text, errors);
    EXPECT_EQ(lines(errors), expected) << text.substr(0, 80);
  }
}

}  // namespace
}  // namespace patchgate
