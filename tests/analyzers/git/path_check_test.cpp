#include "analyzers/git/path_check.h"

#include <gtest/gtest.h>

#include "analyzers/git/escape.h"

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string path;
  std::string why;  ///< empty: a good path
};

class PathCheck : public testing::TestWithParam<Case> {};

TEST_P(PathCheck, SaysWhy) { EXPECT_EQ(why_bad_path(GetParam().path).value_or(""), GetParam().why); }

const std::string kDotGit = "a form of '.git'";

INSTANTIATE_TEST_SUITE_P(
    Paths, PathCheck,
    testing::Values(
        Case{"plain", "src/a.cpp", ""}, Case{"hidden", ".github/workflows/a.yml", ""},
        Case{"gitignore", ".gitignore", ""}, Case{"gitmodules", "a/.gitmodules", ""}, Case{"git_word", "git/a.c", ""},
        Case{"dotgit_longer", ".git-blame-ignore-revs", ""}, Case{"git_2", "git~2", ""}, Case{"git_10", "git~10", ""},
        Case{"dots_inside", "a/...", ""}, Case{"control", "a\nb\x1b[2J.cpp", ""}, Case{"latin1", "a\xff.cpp", ""},
        Case{"utf8", "gr\xc3\xbc\xc3\x9f.cpp", ""}, Case{"command", "::error file=a::b", ""},
        Case{"backslash", "a\\b.cpp", ""}, Case{"empty", "", "an empty path"},
        Case{"absolute", "/etc/passwd", "an absolute path"}, Case{"empty_component", "a//b", "an empty name"},
        Case{"trailing_slash", "a/", "an empty name"}, Case{"dot", "a/./b", "a component '.'"},
        Case{"dotdot", "../../etc/passwd", "a component '..'"}, Case{"dotdot_inside", "a/../b", "a component '..'"},
        Case{"nul", std::string("a\0b", 3), "a NUL byte"}, Case{"git", ".git", kDotGit},
        Case{"git_below", "a/.git/config", kDotGit}, Case{"git_case", ".GiT/config", kDotGit},
        Case{"git_dot", ".git./config", kDotGit}, Case{"git_space", ".git /config", kDotGit},
        Case{"git_dots_spaces", ".git . ./config", kDotGit}, Case{"git_stream", ".git::$INDEX_ALLOCATION", kDotGit},
        Case{"git_short_name", "GIT~1/config", kDotGit}, Case{"git_short_name_dot", "git~1.", kDotGit},
        Case{"git_zero_width", ".g\u200cit/config", kDotGit}, Case{"git_bom", "\ufeff.git", kDotGit},
        Case{"git_direction", ".gi\u202et", kDotGit}, Case{"git_backslash", "a\\.git\\config", kDotGit},
        Case{"dotdot_backslash", "..\\..\\a", "a component '..' (with backslash as separator)"},
        Case{"longest", std::string(2047, 'a') + "/" + std::string(2048, 'b'), ""},
        Case{"too_long", std::string(2048, 'a') + "/" + std::string(2048, 'b'), "longer than 4096 bytes"}),
    [](const auto& tried) { return tried.param.name; });

TEST(PathCheckName, RefusesASlashInOneName) { EXPECT_EQ(why_bad_name("a/b").value_or(""), "a slash inside one name"); }

struct Escape {
  const char* name;
  std::string text;
  std::string shown;
};

class Escaped : public testing::TestWithParam<Escape> {};

TEST_P(Escaped, IsOneSafeLine) { EXPECT_EQ(escaped(GetParam().text, 40), GetParam().shown); }

INSTANTIATE_TEST_SUITE_P(
    Texts, Escaped,
    testing::Values(Escape{"plain", "src/a.cpp", "src/a.cpp"}, Escape{"line", "a\r\n\tb", "a\\r\\n\\tb"},
                    Escape{"terminal", "\x1b]0;x\x07", "\\x1b]0;x\\x07"}, Escape{"backslash", "a\\n", "a\\\\n"},
                    Escape{"utf8", "gr\u00fc\u00df", "gr\u00fc\u00df"}, Escape{"c1", "a\u009bb", "a\\u009bb"},
                    Escape{"bidi", "a\u202eb", "a\\u202eb"}, Escape{"filler", "a\u3164b", "a\\u3164b"},
                    Escape{"no_break", "a\u00a0b", "a\\u00a0b"}, Escape{"zero_width", "a\u200bb", "a\\u200bb"},
                    Escape{"separator", "a\u2028b", "a\\u2028b"}, Escape{"latin1", "a\xff", "a\\xff"},
                    Escape{"overlong", "\xc0\xaf", "\\xc0\\xaf"},
                    Escape{"surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"}, Escape{"cut_off", "\xe2\x80", "\\xe2\\x80"},
                    Escape{"nul", std::string("a\0b", 3), "a\\x00b"},
                    Escape{"long", std::string(41, 'x'), std::string(40, 'x') + "..."}),
    [](const auto& tried) { return tried.param.name; });

}  // namespace
}  // namespace patchgate
