#include "gate/pipeline/pushed_refs.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

const std::string kOne(40, '1'), kTwo(40, '2'), kNone(40, '0');

std::string read(const std::string& lines) {
  const auto refs = read_pushed_refs(lines);
  if (!refs) return to_string(refs.error());
  std::string text;
  for (const auto& ref : *refs)
    text += ref.local_ref + "=" + ref.local.substr(0, 2) + ">" + ref.remote_ref + "=" + ref.remote.substr(0, 2) + ";";
  return text;
}

struct InputCase {
  const char* name;
  std::string lines, expected;
};

TEST(PushedRefs, AreReadAsGitWritesThem) {
  const std::string shape =
      ": not a line of a pre-push hook: local ref, local id, remote ref, remote id\n  hint: git calls this command: "
      "install "
      "it with `patchgate hook install`";
  const InputCase cases[] = {
      {"up to date", "", ""},
      {"new branch", "refs/heads/a " + kOne + " refs/heads/a " + kNone + "\n", "refs/heads/a=11>refs/heads/a=;"},
      {"no newline", "HEAD " + kOne + " refs/heads/a " + kTwo, "HEAD=11>refs/heads/a=22;"},
      {"by id", kOne + " " + kOne + " refs/tags/v1 " + kNone + "\n", kOne + "=11>refs/tags/v1=;"},
      {"deleted", "(delete) " + kNone + " refs/heads/a " + kTwo + "\n", "(delete)=>refs/heads/a=22;"},
      {"several, in their order",
       "refs/heads/b " + kOne + " refs/heads/b " + kNone + "\nrefs/heads/a " + kTwo + " refs/heads/a " + kOne + "\n",
       "refs/heads/b=11>refs/heads/b=;refs/heads/a=22>refs/heads/a=11;"},
      {"SHA-256", "refs/heads/a " + std::string(64, '1') + " refs/heads/a " + std::string(64, '0') + "\n",
       "this is a SHA-256 repository, which libgit2 cannot open\n  hint: judge it in CI, from a SHA-1 clone, or push "
       "with "
       "--no-verify"},
      {"an empty line", "\n", "standard input:1" + shape},
      {"three words", "refs/heads/a " + kOne + " refs/heads/a\n", "standard input:1" + shape},
      {"five words", "refs/heads/a " + kOne + " refs/heads/a " + kNone + " x\n", "standard input:1" + shape},
      {"two spaces", "refs/heads/a  " + kOne + " refs/heads/a\n", "standard input:1" + shape},
      {"no full ref", "a " + kOne + " a " + kNone + "\n", "standard input:1" + shape},
      {"second line is wrong", "a " + kOne + " refs/heads/a " + kNone + "\na 12 refs/heads/b " + kNone + "\n",
       "standard input:2: not an id of 40 hex digits"},
      {"upper case", "a " + std::string(40, 'A') + " refs/heads/a " + kNone + "\n",
       "standard input:1: not an id of 40 hex digits"},
      {"too much", std::string((1U << 20U) + 1, 'x'), "more than 1048576 bytes of refs are pushed at once"},
  };
  for (const auto& one : cases) EXPECT_EQ(read(one.lines), one.expected) << one.name;
}

TEST(PushedRefs, AThousandAreRead) {
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += "a " + kOne + " refs/heads/b" + std::to_string(i) + " " + kNone + "\n";
  EXPECT_TRUE(read_pushed_refs(lines));
  EXPECT_EQ(read(lines + "a " + kOne + " refs/heads/c " + kNone + "\n"), "more than 1000 refs are pushed at once");
}

}  // namespace
}  // namespace patchgate
