#include <gtest/gtest.h>

#include "gate/pipeline/pictures.h"

namespace patchgate {
namespace {

struct DiffCase {
  const char* name;
  const char* base;
  const char* head;
  std::vector<Hunk> hunks;
  const char* expected;
};

/// A line each: numbers of both sides, sign, text, and whether it ran; hunks parted by `--`.
std::string text_of(const std::vector<ShownFile>& files) {
  std::string text;
  for (const auto& file : files) {
    for (const auto& hunk : file.hunks) {
      if (!text.empty()) text += "--\n";
      for (const auto& line : hunk) {
        const char sign = line.kind == ShownLine::Kind::same ? ' ' : line.kind == ShownLine::Kind::gone ? '-' : '+';
        text += std::to_string(line.base) + " " + std::to_string(line.head) + " " + sign + line.text;
        if (line.ran)
          text += *line.ran == RanState::ran ? " ran" : *line.ran == RanState::missed ? " missed" : " unknown";
        text += "\n";
      }
    }
    if (file.lines_left_out != 0) text += std::to_string(file.lines_left_out) + " more\n";
    if (!file.why_not.empty()) text += file.path + ": " + file.why_not + "\n";
  }
  return text;
}

std::vector<ShownFile> shown(const std::string& base, const std::string& head, const std::vector<Hunk>& hunks,
                             std::size_t copies = 1, std::size_t* files_left_out = nullptr) {
  Patch patch;
  for (std::size_t i = 0; i < copies; ++i) {
    FileChange change;
    change.path = "f" + std::to_string(i) + ".c";
    change.base_blob = "base";
    change.head_blob = "head";
    change.hunks = hunks;
    patch.files.push_back(change);
  }
  Findings findings;
  findings.test_evidence.lines = {{{"f0.c", 4, 0}, RanState::ran}, {{"f0.c", 5, 0}, RanState::missed}};
  std::size_t left_out = 0;
  const auto blob = [&](const Oid& id) -> Result<std::string> { return id == "base" ? base : head; };
  auto files = shown_diff(blob, patch, findings, files_left_out == nullptr ? left_out : *files_left_out);
  return files;
}

const DiffCase kCases[] = {
    {"changed",
     "1\n2\n3\nold\n5\n6\n7\n8\n9\n",
     "1\n2\n3\nnew\n5\n6\n7\n8\n9\n",
     {{{4, 1}, {4, 1}}},
     "1 1  1\n2 2  2\n3 3  3\n4 0 -old\n0 4 +new ran\n5 5  5\n6 6  6\n7 7  7\n"},
    {"added_at_the_begin", "a\nb\n", "x\ny\na\nb\n", {{{0, 0}, {1, 2}}}, "0 1 +x\n0 2 +y\n1 3  a\n2 4  b\n"},
    {"removed_at_the_end", "a\nb\nc\n", "a\nb\n", {{{3, 1}, {2, 0}}}, "1 1  a\n2 2  b\n3 0 -c\n"},
    {"far_apart",
     "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
     "one\n2\n3\n4\n5\n6\n7\n8\n",
     {{{1, 1}, {1, 1}}, {{9, 1}, {8, 0}}},
     "1 0 -1\n0 1 +one\n2 2  2\n3 3  3\n4 4  4\n--\n6 6  6\n7 7  7\n8 8  8\n9 0 -9\n"},
    {"two_parts",
     "1\n2\n3\n4\n5\n6\n7\n8\n9\nA\nB\nC\n",
     "1\n+\n2\n3\n4\n5\n6\n7\n8\n9\nA\nB\n",
     {{{1, 0}, {2, 1}}, {{12, 1}, {12, 0}}},
     "1 1  1\n0 2 ++\n2 3  2\n3 4  3\n4 5  4\n--\n9 10  9\n10 11  A\n11 12  B\n12 0 -C\n"},
    {"new_file", "", "a\r\nb", {{{0, 0}, {1, 2}}}, "0 1 +a\n0 2 +b\n"},
    {"hunk_beyond_the_text", "a\n", "b\n", {{{1, 3}, {1, 3}}}, "1 0 -a\n0 1 +b\n"},
};

TEST(ShownDiffTest, HasTheNumbersOfBothSides) {
  for (const auto& row : kCases) EXPECT_EQ(text_of(shown(row.base, row.head, row.hunks)), row.expected) << row.name;
}

TEST(ShownDiffTest, CutsWhatIsLongAndSaysHowMuch) {
  std::string long_text;
  for (int i = 0; i < 1000; ++i) long_text += "x\n";
  std::size_t files_left_out = 0;
  const auto files = shown("", long_text, {{{0, 0}, {1, 1000}}}, 5, &files_left_out);
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files_left_out, 2U);
  EXPECT_EQ(files[0].hunks[0].size(), 240U);
  EXPECT_EQ(files[0].lines_left_out, 760U);
  EXPECT_EQ(files[2].hunks[0].size(), 120U);
  EXPECT_LE(shown("", std::string(10'000, 'y'), {{{0, 0}, {1, 1}}})[0].hunks[0][0].text.size(), 310U);
}

TEST(ShownDiffTest, SaysWhyThereIsNoText) {
  Patch patch;
  FileChange unread;
  unread.path = "a.bin";
  unread.unread = "binary-looking";
  FileChange moved;
  moved.path = "b.c";
  moved.status = FileStatus::renamed;
  FileChange lost;
  lost.path = "c.c";
  lost.head_blob = "x";
  lost.hunks = {{{0, 0}, {1, 1}}};
  patch.files = {unread, moved, lost};
  std::size_t left_out = 0;
  const auto none = [](const Oid&) -> Result<std::string> { return fail(Error::Kind::io, "no such object"); };
  EXPECT_EQ(text_of(shown_diff(none, patch, {}, left_out)),
            "a.bin: binary-looking\nb.c: renamed\nc.c: no such object\n");
}

}  // namespace
}  // namespace patchgate
