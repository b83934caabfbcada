#include "gate/cli/man_page.h"

#include <cstdio>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "gate/cli/flags.h"
#include "gate/cli/help.h"
#include "gate/reports/report.h"
#include "gate/version/version.h"

namespace patchgate {
namespace {

/// What the command prints that gets the page as a file.
std::string output_of(const std::string& command) {
  const std::string file = std::string(PATCHGATE_BINARY_DIR) + "/" + std::to_string(getpid()) + ".patchgate.1";
  std::ofstream(file, std::ios::binary) << man_page();
  FILE* pipe = popen((command + " '" + file + "' 2>&1").c_str(), "r");
  std::string text;
  char buffer[4096];
  while (fgets(buffer, sizeof buffer, pipe) != nullptr) text += buffer;
  pclose(pipe);
  std::remove(file.c_str());
  return text;
}

TEST(ManPageTest, HasEveryCommandFlagFormatAndExitCodeAsAReaderSeesIt) {
  // As mandoc shows it, in lines without end: what is left out by a wrong request would be missing.
  const std::string page = output_of("mandoc -T utf8 -O width=1000");
  std::string plain;
  for (std::size_t i = 0; i < page.size(); ++i) {  // bold is "c\bc"
    if (page[i] == '\b' && !plain.empty()) {
      plain.pop_back();
    } else {
      plain += page[i];
    }
  }
  const auto has = [&](const std::string& text) { return plain.find(text) != std::string::npos; };
  for (const auto& command : commands()) {
    EXPECT_TRUE(has(std::string("patchgate ") + command.name)) << command.name;
    EXPECT_TRUE(has(std::string(command.about).substr(1))) << command.name;
    for (const auto& example : command.examples) EXPECT_TRUE(has("patchgate " + example + "\n")) << example;
  }
  for (const auto& flag : flags()) {
    const std::string term = std::string(flag.name) + (*flag.metavar == '\0' ? "" : " ") + flag.metavar;
    EXPECT_EQ(has("\n       " + term), !flag.hidden) << term;
    if (flag.hidden) continue;
    EXPECT_TRUE(has(flag.about)) << flag.name << "\n" << plain;
    for (const auto& word : flag.words) EXPECT_TRUE(has(word)) << flag.name << " " << word;
  }
  for (const auto& writer : writers()) EXPECT_TRUE(has(writer.about)) << writer.name;
  for (const auto& [code, about] : exit_codes()) EXPECT_TRUE(has(about)) << code;
  EXPECT_TRUE(has(program_version()));
  EXPECT_TRUE(has(program_date()) || program_date() == "1970-01-01") << program_date();
}

TEST(ManPageTest, MandocHasNothingToSay) { EXPECT_EQ(output_of("mandoc -T lint"), ""); }

TEST(ManPageTest, NothingInATableIsARequestOrAnEscape) {
  const std::string page = man_page();
  for (std::size_t at = page.find('\\'); at != std::string::npos; at = page.find('\\', at + 2)) {
    EXPECT_NE(std::string("-&ef").find(page[at + 1]), std::string::npos) << page.substr(at, 20);
  }
}

}  // namespace
}  // namespace patchgate
