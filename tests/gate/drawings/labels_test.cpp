#include "gate/drawings/labels.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(DrawingEscapers, Cases) {
  const struct {
    const char* text;
    const char* dot;
    const char* mermaid;
  } cases[] = {
      {"", "", ""},
      {"ns::f a.c:12", "ns::f a.c:12", "ns::f a.c:12"},
      {"\"]; x [", "\\\"]; x [", "#34;#93;#59; x #91;"},
      {"\\n\\N", "\\\\n\\\\N", "#92;n#92;N"},
      {"a<b>&lt;", "a<b>&amp;lt;", "a#60;b#62;#38;lt#59;"},
      {"%%{init}%%", "%%{init}%%", "#37;#37;#123;init#125;#37;#37;"},
      {"`x` #35;", "`x` #35;", "#96;x#96; #35;35#59;"},
      {"f(größe)", "f(größe)", "f#40;größe#41;"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(dot_text(c.text), c.dot);
    EXPECT_EQ(mermaid_text(c.text), c.mermaid);
  }
}

}  // namespace
}  // namespace patchgate
