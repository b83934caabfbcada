#include "analyzers/clang/client/leading_headers.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string shown(std::string_view text) {
  const auto headers = leading_headers(text);
  if (!headers) return "none";
  std::string out;
  for (const auto& header : *headers) out += (out.empty() ? "" : " ") + header;
  return out;
}

TEST(LeadingHeaders, AreThoseBeforeAnythingElse) {
  const struct {
    const char* name;
    std::string text, want;
  } cases[] = {
      {"nothing", "", ""},
      {"two", "#include \"a.h\"\n#include <b/c.h>\nint x;\n#include \"d.h\"\n", "\"a.h\" <b/c.h>"},
      {"blanks and comments", "/* a\n * b */\n\n // c\n  #  include\t\"a.h\" /* d */ // e\n#include /* f */ <b.h>\n",
       "\"a.h\" <b.h>"},
      {"comment over the end of the line", "#include \"a.h\" /* a\n*/\n#include <b.h>\n", "\"a.h\" <b.h>"},
      {"code behind a comment", "/* a */ int x;\n#include \"a.h\"\n", ""},
      {"a macro before", "#define A\n#include \"a.h\"\n", ""},
      {"a condition between", "#include \"a.h\"\n#if X\n#include \"b.h\"\n#endif\n", "\"a.h\""},
      {"a name from a macro", "#include A\n#include \"b.h\"\n", ""},
      {"something behind the name", "#include \"a.h\" x\n#include \"b.h\"\n", ""},
      {"no end of the line", "#include \"a.h\"\n#include \"b.h\"", "\"a.h\""},
      {"no end of the name", "#include \"a.h\n#include \"b.h\"\n", ""},
      {"empty name", "#include \"\"\n", ""},
      {"no end of the comment", "#include \"a.h\"\n/* #include \"b.h\"\n", "\"a.h\""},
      {"a comment that goes on", "// a \\\n#include \"a.h\"\n#include \"b.h\"\n", ""},
      {"a comment that goes on by a trigraph", "// a ?\?/\n#include \"a.h\"\n", ""},
      {"a comment that ends behind a line that goes on", "/* *\\\n/ int x; /* */\n#include \"a.h\"\n", ""},
      {"a directive that goes on", "#include \\\n\"a.h\"\n", ""},
      {"a digraph", "%:include \"a.h\"\n", ""},
      {"another directive", "#import \"a.h\"\n#include \"b.h\"\n", ""},
      {"a longer word", "#includes \"a.h\"\n", ""},
      {"line ends of other systems", "#include \"a.h\"\r\n#include \"b.h\"\r\n", ""},
      {"byte order mark", "\xef\xbb\xbf#include \"a.h\"\n", ""},
      {"other languages in a comment", "// \xc3\xa4\n#include \"a.h\"\n", "\"a.h\""},
      {"a NUL in a comment", std::string("// \0\n#include \"a.h\"\n", 20), ""},
      {"a header's pragma", "#include \"a.h\"\n#pragma once\n", "none"},
      {"a header's pragma by an operator", "#include \"a.h\"\n_Pragma(\"GCC system_header\")\n", "none"},
      {"a header's pragma that goes on", "#include \"a.h\"\n#pragma \\\n  once\n", "none"},
      {"another pragma", "#include \"a.h\"\n#pragma pack(1)\nint once;\n", "\"a.h\""},
      {"include_next", "#include \"a.h\"\n#include_next <b.h>\n", "none"},
  };
  for (const auto& one : cases) EXPECT_EQ(shown(one.text), one.want) << one.name;
}

TEST(LeadingHeaders, AreBounded) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "#include \"a.h\"\n";
  EXPECT_EQ(leading_headers(text)->size(), 256U);
  EXPECT_EQ(shown("#include \"" + std::string(600, 'a') + "\"\n"), "");
}

}  // namespace
}  // namespace patchgate
