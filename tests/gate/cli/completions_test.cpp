#include "gate/cli/completions.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "gate/cli/flags.h"

namespace patchgate {
namespace {

std::string file_with(const std::string& name, const std::string& text) {
  const std::string file = std::string(PATCHGATE_BINARY_DIR) + "/" + std::to_string(getpid()) + "." + name;
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

/// What bash offers after these words, one a line.
std::string bash_offers(const std::string& words, int cursor) {
  const std::string script = bash_completions() + "COMP_WORDS=(" + words + ")\nCOMP_CWORD=" + std::to_string(cursor) +
                             "\n_patchgate\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
  const std::string file = file_with("completions_test_offers.bash", script);
  FILE* pipe = popen(("bash --norc '" + file + "' 2>&1").c_str(), "r");
  std::string text;
  char buffer[4096];
  while (fgets(buffer, sizeof buffer, pipe) != nullptr) text += buffer;
  pclose(pipe);
  std::remove(file.c_str());
  return text;
}

TEST(CompletionsTest, MentionEveryCommandAndEveryFlagThatIsShown) {
  for (const auto& script : {bash_completions(), zsh_completions(), fish_completions()}) {
    for (const auto& command : commands()) {
      EXPECT_NE(script.find(command.name), std::string::npos) << command.name << " in " << script.substr(0, 60);
    }
    for (const auto& flag : flags()) {
      const std::string fish_spelling = "-l " + std::string(flag.name).substr(2) + " ";
      const bool there = script.find(flag.name) != std::string::npos || script.find(fish_spelling) != std::string::npos;
      EXPECT_EQ(there, !flag.hidden) << flag.name << " in " << script.substr(0, 60);
      if (flag.hidden) continue;
      for (const auto& word : flag.words) {
        EXPECT_NE(script.find(word), std::string::npos) << flag.name << " " << word;
      }
    }
  }
}

TEST(CompletionsTest, BashCanReadThem) {
  const std::string file = file_with("completions_test.bash", bash_completions());
  EXPECT_EQ(std::system(("bash -n '" + file + "'").c_str()), 0);
  std::remove(file.c_str());
}

TEST(CompletionsTest, BashOffersWhatFits) {
  EXPECT_EQ(bash_offers("patchgate se", 1), "selftest\n");
  EXPECT_EQ(bash_offers("patchgate --v", 1), "--version\n");
  EXPECT_EQ(bash_offers("patchgate check --wo", 2), "--worktree\n");
  EXPECT_EQ(bash_offers("patchgate check --sandbox st", 3), "strict\n");
  EXPECT_EQ(bash_offers("patchgate check --report text j", 4), "json\njunit\n");
  EXPECT_EQ(bash_offers("patchgate check --report text --qu", 4), "--quiet\n");
  EXPECT_EQ(bash_offers("patchgate graph ca", 2), "callers\ncallees\n");
  EXPECT_EQ(bash_offers("patchgate policy sh", 2), "show\n");
  EXPECT_EQ(bash_offers("patchgate check --jobs 4 --h", 4), "--head\n--help\n");
}

}  // namespace
}  // namespace patchgate
