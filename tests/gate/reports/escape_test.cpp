#include "gate/reports/escape.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string_view text;
  std::string_view expected;
};

using namespace std::string_view_literals;

#define ZW "\xe2\x80\x8b"

const Case kVisible[] = {
    {"plain", "src/a b.cpp", "src/a b.cpp"},
    {"empty", "", ""},
    {"not_ascii_stays",
     "Gr\xc3\xb6\xc3\x9f"
     "e \xe4\xb8\xad",
     "Gr\xc3\xb6\xc3\x9f"
     "e \xe4\xb8\xad"},
    {"lines_become_one", "a\nb\r\nc\td", "a\\nb\\r\\nc\\td"},
    {"nul", "a\0b"sv, "a\\x00b"},
    {"title_sequence", "\x1b]0;owned\x07", "\\x1b]0;owned\\x07"},
    {"clear_screen", "\x1b[2J", "\\x1b[2J"},
    {"link", "\x1b]8;;http://x\x1b\\y", "\\x1b]8;;http://x\\x1b\\y"},
    {"delete", "\x7f", "\\x7f"},
    {"c1_as_code_point",
     "\xc2\x9b"
     "2J",
     "\\u009b2J"},
    {"c1_as_byte",
     "\x9b"
     "2J",
     "\\x9b2J"},
    {"next_line",
     "a\xc2\x85"
     "b",
     "a\\u0085b"},
    {"line_separator", "a\xe2\x80\xa8::b", "a\\u2028::b"},
    {"bidi_override",
     "a\xe2\x80\xae"
     "b",
     "a\\u202eb"},
    {"bidi_isolate", "\xe2\x81\xa6", "\\u2066"},
    {"zero_width",
     "a\xe2\x80\x8b"
     "b",
     "a\\u200bb"},
    {"no_break_space", "\xc2\xa0", "\\u00a0"},
    {"tag_character", "\xf3\xa0\x81\x81", "\\U000e0041"},
    {"not_utf8",
     "a\xff"
     "b",
     "a\\xffb"},
    {"overlong", "\xc0\xaf", "\\xc0\\xaf"},
};

const Case kWorkflow[] = {
    {"plain", "a ::b\n", "a ::b\n"},
    {"empty", "", ""},
    {"at_the_start", "::stop-commands::x", "\\x3a:stop-commands::x"},
    {"on_a_later_line", "a\n::add-mask::b\n", "a\n\\x3a:add-mask::b\n"},
    {"after_blanks", "  \t::add-mask::a", "  \t\\x3a:add-mask::a"},
    {"after_a_carriage_return", "a\r::x", "a\r\\x3a:x"},
    {"after_a_no_break_space", "\xc2\xa0::x", "\xc2\xa0\\x3a:x"},
    {"after_a_broken_byte", "\xff::x", "\xff::x"},
    {"one_colon", ":x", ":x"},
    {"anywhere_in_a_line", "x##[error]y", "x#\\x23[error]y"},
    {"more_hashes", "x####[error]y", "x###\\x23[error]y"},
    {"azure", "##vso[task.setvariable variable=x]y", "#\\x23vso[task.setvariable variable=x]y"},
    {"teamcity", "##teamcity[x]", "#\\x23teamcity[x]"},
    {"digits_too", "##a1Z9[x]", "#\\x23a1Z9[x]"},
    {"a_heading", "## a[0]\n### b", "## a[0]\n### b"},
    {"hashes_at_the_end", "a##", "a##"},
    {"word_at_the_end", "a##vso", "a##vso"},
    {"other_characters", "##a~[x] ##{[x]", "##a~[x] ##{[x]"},
    {"twice", "##[a]##[b]", "#\\x23[a]#\\x23[b]"},
    {"not_ascii", "\xc3\xb6\n\xc3\xb6::x", "\xc3\xb6\n\xc3\xb6::x"},
};

const Case kJson[] = {
    {"plain", "a\nb \"c\"", "a\nb \"c\""},      {"utf8", "\xc3\xb6\xf0\x9f\x98\x80", "\xc3\xb6\xf0\x9f\x98\x80"},
    {"not_utf8", "a\xff\x80.c", "a%FF%80.c"},   {"percent_stays", "100%", "100%"},
    {"surrogate", "\xed\xa0\x80", "%ED%A0%80"},
};

const Case kProse[] = {
    {"plain", "used by 4, in all 12.", "used by 4, in all 12."},
    {"empty", "", ""},
    {"image", "<img onerror=x>", "&lt;img onerror=x&gt;"},
    {"end_of_details", "</details>", "&lt;/details&gt;"},
    {"entity", "&#64;org &commat;x", "&amp;#" ZW "64;org &amp;commat;x"},
    {"link", "[a](javascript:alert(1))", "\\[a\\](javascript:alert(1))"},
    {"code", "`x`", "\\`x\\`"},
    {"pipe", "a|b", "a\\|b"},
    {"backslash", "a\\|b", "a\\\\\\|b"},
    {"emphasis", "*a* _b_ ~c~", "\\*a\\* \\_b\\_ \\~c\\~"},
    {"mention", "@org/team", "@" ZW "org/team"},
    {"issue", "#123", "#" ZW "123"},
    {"other_issue", "GH-12 gh-3 ah-4", "GH-" ZW "12 gh-" ZW "3 ah-4"},
    {"minus_at_the_start", "-1", ZW "-1"},
    {"merge_request", "!7 !x", "\\!" ZW "7 \\!x"},
    {"milestone_and_snippet", "%1 $2 50%", "%" ZW "1 \\$" ZW "2 50%"},
    {"web", "http://evil.tld https://a", "http:" ZW "//evil.tld https:" ZW "//a"},
    {"www", "www.evil.tld WWW.x wwx.", "www" ZW ".evil.tld WWW" ZW ".x wwx."},
    {"scope_stays", "crm::send::x::y", "crm::send::x::y"},
    {"place_stays", "a.cpp:12:3: b", "a.cpp:12:3: b"},
    {"emoji", ":tada: a", ":" ZW "tada: a"},
    {"emoji_with_all_letters", ":+1_a-Z:", ":" ZW "+1\\_a-Z:"},
    {"emoji_at_the_end", "a :tada:", "a :" ZW "tada:"},
    {"open_emoji", ":tada", ":tada"},
    {"no_emoji", ":~a:", ":\\~a:"},
    {"colon_and_blank", "a: b:", "a: b:"},
    {"emoji_before_a_scope", ":a::b", ":a::b"},
    {"heading", "# a", "#" ZW " a"},
    {"list", "- a", ZW "- a"},
    {"numbered", "12. a", ZW "12. a"},
    {"numbered_with_bracket", "1) a", ZW "1) a"},
    {"number_only", "12", "12"},
    {"number_first", "12 calls", "12 calls"},
    {"rule", "===", ZW "==="},
    {"quick_action", "/close", ZW "/close"},
    {"two_lines", "a\n/close", "a\\\\n/close"},
    {"bidi", "\xe2\x80\xae", "\\\\u202e"},
};

const Case kCode[] = {
    {"plain", "a::b", "`a::b`"},
    {"empty", "", "` `"},
    {"backtick_inside", "a`b", "``a`b``"},
    {"backticks_at_the_ends", "`x`", "`` `x` ``"},
    {"backtick_at_one_end", "x`", "`` x` ``"},
    {"long_run", "a````b``c", "`````a````b``c`````"},
    {"blanks_at_both_ends", " a ", "`  a  `"},
    {"blank_at_one_end", " a", "` a`"},
    {"only_blanks", "  ", "`  `"},
    {"pipe", "operator||", "`operator||`"},
    {"lines", "a\nb", "`a\\nb`"},
};

const Case kTable[] = {
    {"plain", "a", "`a`"},
    {"pipe", "operator||", "`operator\\|\\|`"},
    {"only_backslash_and_pipe", "\\|", "`\\x5c\\|`"},
    {"backslash_before_a_pipe", "a\\\\|b\\c", "`a\\x5c\\x5c\\|b\\c`"},
};

std::string name_of_case(const testing::TestParamInfo<Case>& info) { return info.param.name; }

#define TABLE(suite, function, cases)                                                   \
  class suite : public testing::TestWithParam<Case> {};                                 \
  TEST_P(suite, Escapes) { EXPECT_EQ(function(GetParam().text), GetParam().expected); } \
  INSTANTIATE_TEST_SUITE_P(Table, suite, testing::ValuesIn(cases), name_of_case)

TABLE(VisibleTest, visible, kVisible);
TABLE(WorkflowCommandTest, without_workflow_commands, kWorkflow);
TABLE(JsonTextTest, json_text, kJson);
TABLE(MarkdownProseTest, markdown_prose, kProse);
TABLE(MarkdownCodeTest, markdown_code, kCode);
TABLE(MarkdownTableTest, markdown_code_in_table, kTable);

TEST(ClippedTest, CutsBetweenCharacters) {
  EXPECT_EQ(clipped("abc", 3), "abc");
  EXPECT_EQ(clipped("abcd", 3), "abc...");
  EXPECT_EQ(clipped("\xc3\xb6\xc3\xb6\xc3\xb6", 2), "\xc3\xb6\xc3\xb6...");
  EXPECT_EQ(clipped("", 0), "");
}

TEST(VisibleTwiceTest, IsTheSameAsOnce) {
  for (const auto& row : kVisible) EXPECT_EQ(visible(visible(row.text)), visible(row.text)) << row.name;
}

}  // namespace
}  // namespace patchgate
