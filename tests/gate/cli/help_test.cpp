#include "gate/cli/help.h"

#include <sstream>

#include <gtest/gtest.h>

#include "tests/gate/cli/printed_options.h"
#include "tests/gate/reports/golden_file.h"

namespace patchgate {
namespace {

TEST(HelpTest, LooksAsItDid) {
  EXPECT_TRUE(matches_golden("gate/cli/golden/help.txt", help_text()));
  for (const auto& command : commands()) {
    EXPECT_TRUE(matches_golden("gate/cli/golden/help-" + std::string(command.name) + ".txt", help_text(command)));
  }
}

TEST(HelpTest, NamesEveryFlagOfTheCommand) {
  for (const auto& command : commands()) {
    const std::string text = help_text(command);
    for (const Flag* flag : flags_of(command.id)) {
      EXPECT_NE(text.find("\n  " + std::string(flag->name) + " "), std::string::npos) << command.name << flag->name;
    }
  }
}

TEST(HelpTest, FitsATerminal) {
  std::string all = help_text();
  for (const auto& command : commands()) all += help_text(command);
  std::istringstream stream(all);
  for (std::string line; std::getline(stream, line);) {
    EXPECT_LE(line.size(), 112U) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
  }
}

TEST(HelpTest, ItsExamplesCanBeParsed) {
  for (const auto& command : commands()) {
    for (const auto& example : command.examples) {
      const std::string words = example.substr(0, example.find(" > "));
      const std::string result = parsed(words);
      EXPECT_TRUE(result.starts_with(command.name) || result.starts_with("print ")) << example << ": " << result;
    }
  }
}

}  // namespace
}  // namespace patchgate
