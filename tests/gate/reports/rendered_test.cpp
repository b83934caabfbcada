#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "gate/reports/formats.h"
#include "gate/reports/report.h"
#include "gate/reports/users_flowchart.h"
#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

/// What a forge makes of it, before it removes what it holds for dangerous.
std::string rendered(const std::string& markdown) {
  const std::string file = std::string(PATCHGATE_BINARY_DIR) + "/rendered_test." + std::to_string(getpid()) + ".md";
  std::ofstream(file, std::ios::binary) << markdown;
  const std::string command =
      "cmark-gfm -e table -e strikethrough -e autolink -e tasklist --unsafe '" + file + "' 2>/dev/null";
  std::string html;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return html;
  char buffer[4096];
  for (std::size_t count = fread(buffer, 1, sizeof buffer, pipe); count > 0;
       count = fread(buffer, 1, sizeof buffer, pipe)) {
    html.append(buffer, count);
  }
  if (pclose(pipe) != 0) html.clear();
  std::remove(file.c_str());
  return html;
}

std::set<std::string> tags_of(const std::string& html) {
  std::set<std::string> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    tags.insert(html.substr(at, html.find('>', at) - at + 1));
  }
  return tags;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

const std::string kWhatToInstall = "this test needs Debian's package cmark-gfm: apt-get install cmark-gfm";

TEST(RenderedMarkdownTest, HasNoTagAndNoLinkFromAnyName) {
  const std::set<std::string> ours{"<!-- patchgate:sticky:v1 -->",
                                   "<h2>",
                                   "</h2>",
                                   "<h3>",
                                   "</h3>",
                                   "<p>",
                                   "</p>",
                                   "<strong>",
                                   "</strong>",
                                   "<table>",
                                   "</table>",
                                   "<thead>",
                                   "</thead>",
                                   "<tbody>",
                                   "</tbody>",
                                   "<tr>",
                                   "</tr>",
                                   "<th>",
                                   "</th>",
                                   "<td>",
                                   "</td>",
                                   "<ul>",
                                   "</ul>",
                                   "<li>",
                                   "</li>",
                                   "<code>",
                                   "</code>",
                                   "<details>",
                                   "</details>",
                                   "<summary>",
                                   "</summary>",
                                   "<pre>",
                                   "</pre>",
                                   "<code class=\"language-mermaid\">",
                                   "<input type=\"checkbox\" disabled=\"\" />"};
  for (const auto& hostile : hostile_texts()) {
    const std::string html = rendered(write_markdown(report_of(hostile), false));
    ASSERT_FALSE(html.empty()) << kWhatToInstall;
    for (const auto& tag : tags_of(html)) {
      EXPECT_TRUE(ours.contains(tag)) << tag << " from " << testing::PrintToString(hostile);
    }
  }
}

TEST(RenderedMarkdownTest, HasTheSameShapeWhateverTheNames) {
  const auto shape = [](const std::string& html) {
    std::string text;
    for (const char* tag : {"<h2>", "<h3>", "<table>", "<tr>", "<td>", "<details>", "<li>", "<ul>"}) {
      text += tag + std::to_string(count_of(html, tag)) + " ";
    }
    return text;
  };
  const std::string plain = rendered(write_markdown(report_of("plain"), false));
  ASSERT_FALSE(plain.empty()) << kWhatToInstall;
  for (const auto& hostile : hostile_texts()) {
    if (hostile.empty()) continue;  // says less, so it has fewer lines
    const std::string html = rendered(write_markdown(report_of(hostile), false));
    EXPECT_EQ(shape(html), shape(plain)) << testing::PrintToString(hostile);
  }
}

TEST(RenderedMarkdownTest, ShowsNamesAsTheyAre) {
  const std::string html = rendered(write_markdown(report_of("operator|<b>`x`\\| & ``y"), false));
  ASSERT_FALSE(html.empty()) << kWhatToInstall;
  EXPECT_NE(html.find("<li><code>operator|&lt;b&gt;`x`\\| &amp; ``y</code> (block): fail</li>"), std::string::npos)
      << html;
  EXPECT_NE(html.find("<td><code>operator|&lt;b&gt;`x`\\x5c| &amp; ``y</code> <code>"), std::string::npos) << html;
}

TEST(UsersFlowchart, StaysWithinItsBudgetAndSaysWhatIsMissing) {
  Report report = sample_report();
  auto& around = report.pictures.surroundings;
  around.symbols.resize(1);
  around.uses.clear();
  for (std::uint32_t i = 1; i < kMostDrawn; ++i) {
    around.symbols.push_back({"namespace_of_it::user_" + std::to_string(i),
                              {"src/u.cpp", i, 0},
                              SymbolKind::function,
                              DrawnSymbol::Role::user,
                              1,
                              0});
    around.uses.push_back({i, 0, EdgeKind::call, Confidence::possible, false});
  }
  const auto text = users_flowchart(report);
  EXPECT_LE(text.size(), 1800U);
  EXPECT_LE(count_of(text, "[\""), 41U);
  const auto drawn = count_of(text, "-.->");
  EXPECT_GT(drawn, 10U);
  const auto missing = 39 + kMostDrawn - 1 - drawn;
  EXPECT_NE(text.find("and " + std::to_string(missing) + " more direct users"), std::string::npos) << text;
  around.symbols.resize(1);
  around.uses.clear();
  EXPECT_EQ(users_flowchart(report), "");
}

TEST(RenderedText, SaysThatASinkIsOnlyPossible) {
  Report report = proven_report();
  TouchedSymbol& symbol = report.symbols.front();
  symbol.sinks = {{"sql_write", "sqlite3_exec", false, {"f", "put", "sqlite3_exec"}, Confidence::possible}};
  CodeChange change;
  change.symbol = symbol.name;
  change.sink = "sql_write";
  change.path = symbol.sinks.front().path;
  report.code_changes.found = {change};
  EXPECT_NE(write_text(report, false).find(", which may feed sql_write through f"), std::string::npos);
  symbol.sinks.front().confidence = Confidence::exact;
  EXPECT_NE(write_text(report, false).find(", which feeds sql_write through f"), std::string::npos);
}

TEST(RenderedText, AllowOfAHotfixThatMayChangeDataNamesTheWayBack) {
  const std::string line = "way back: reverts cleanly in 1 step, see recovery in --report json";
  Report report = proven_report();
  report.verdict.decision = Decision::allow;
  report.revert = "clean";
  report.recovery_steps = {{"revert the code first"}};
  report.impact.level = "low";
  for (auto& symbol : report.symbols) symbol.sinks.clear();
  EXPECT_EQ(write_text(report, false).find(line), std::string::npos);
  report.impact.level = "high";
  EXPECT_NE(write_text(report, false).find(line), std::string::npos);
  report.impact.level = "low";
  report.symbols.front().sinks = {{"sql_write", "sqlite3_exec", false, {}, Confidence::possible}};
  EXPECT_NE(write_text(report, false).find(line), std::string::npos);
  report.hotfix = false;
  EXPECT_EQ(write_text(report, false).find(line), std::string::npos);
}

}  // namespace
}  // namespace patchgate
