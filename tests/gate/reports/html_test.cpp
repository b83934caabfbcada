#include "gate/reports/html/html.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "gate/reports/formats.h"
#include "gate/reports/html/parts.h"
#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// All tags in their order, with the names of their attributes.
std::vector<std::string> tags_of(const std::string& html) {
  std::vector<std::string> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const auto tag = html.substr(at, html.find('>', at) - at);
    std::string names;
    bool inside = false;
    for (const char c : tag) {
      if (c == '"') inside = !inside;
      if (!inside) names += c;
    }
    tags.push_back(names);
  }
  return tags;
}

/// The page from its body on: names of the patch are in no other part but the title.
std::string body_of(const Report& report) {
  const auto page = write_html(report, false);
  return page.substr(page.find("<body>"), page.rfind("<script>") - page.find("<body>"));
}

TEST(HtmlTextTest, IsNeverMarkup) {
  EXPECT_EQ(html_text("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
  EXPECT_EQ(html_text("&amp; ]]> </script>"), "&amp;amp; ]]&gt; &lt;/script&gt;");
  EXPECT_EQ(html_text("x##[error]y"), "x#&#35;[error]y");
  EXPECT_EQ(html_text("a\nb\x1b[2J\xff\xe2\x80\xae"), "a\\nb\\x1b[2J\\xff\\u202e");
  EXPECT_EQ(html_text("gr\xc3\xb6\xc3\x9f"), "gr\xc3\xb6\xc3\x9f");
}

TEST(HtmlTest, HasTheSameTagsWhateverTheNames) {
  const auto plain = tags_of(body_of(report_of("plain")));
  ASSERT_GT(plain.size(), 100U);
  for (const auto& hostile : hostile_texts()) {
    if (hostile.empty()) continue;  // says less, so it has fewer elements
    auto tags = tags_of(body_of(report_of(hostile)));
    // A name that a page does not show as it is gives no command.
    EXPECT_TRUE(std::includes(tags.begin(), tags.end(), tags.begin(), tags.end()));
    std::set<std::string> ours(plain.begin(), plain.end());
    for (const auto& tag : tags) EXPECT_TRUE(ours.contains(tag)) << tag << " from " << testing::PrintToString(hostile);
    EXPECT_LE(tags.size(), plain.size()) << testing::PrintToString(hostile);
  }
}

TEST(HtmlTest, NeedsNothingElse) {
  const auto page = write_html(sample_report(), false);
  for (const char* reference : {" src=", " srcset=", "<link", "<iframe", "<img", "<object", "@import", "url(http",
                                "//www", "http:", "https:", " style=\"", " onclick"})
    EXPECT_FALSE(holds(page, reference)) << reference;
  EXPECT_TRUE(holds(page, "default-src 'none'; style-src 'sha256-"));
  EXPECT_EQ(count_of(page, "<script>"), 1U);
  EXPECT_EQ(count_of(page, "<style>"), 1U);
}

TEST(HtmlTest, BeginsWithTheVerdictAndWhatToDo) {
  const auto body = body_of(sample_report());
  const auto at = [&](const char* text) { return body.find(text); };
  EXPECT_LT(at("<h1><span class=\"word\">BLOCK"), at("Add a test that calls it"));
  EXPECT_LT(at("Add a test that calls it"), at("id=\"why\""));
  EXPECT_LT(at("id=\"why\""), at("id=\"to-pass\""));
  EXPECT_LT(at("id=\"to-pass\""), at("id=\"touched\""));
  std::size_t before = 0;
  for (const char* part : {"touched", "picture", "tests", "changes", "sinks", "taken-away", "data", "way-back",
                           "not-seen", "rules", "again"}) {
    const auto here = body.find("<section id=\"" + std::string(part) + "\"");
    ASSERT_NE(here, std::string::npos) << part;
    EXPECT_GT(here, before) << part;
    before = here;
  }
}

TEST(HtmlTest, ShowsThreeStatesOfChangedLines) {
  const auto diff = diff_part(sample_report()).text();
  EXPECT_EQ(count_of(diff, "<td class=\"ran yes\">"), 1U);
  EXPECT_EQ(count_of(diff, "<td class=\"ran no\">"), 1U);
  EXPECT_EQ(count_of(diff, "<td class=\"ran maybe\">"), 1U);
  EXPECT_TRUE(holds(diff, "<td class=\"text\">    if (!value) return;  // &lt;b&gt;&amp;amp;&lt;/b&gt;</td>"));
  EXPECT_TRUE(holds(diff, "7 more changed lines not shown here"));
  EXPECT_TRUE(holds(diff, "2 more files, see the JSON report"));
  Report blind = sample_report();
  for (auto& file : blind.pictures.diff)
    for (auto& hunk : file.hunks)
      for (auto& line : hunk) line.ran.reset();
  EXPECT_TRUE(holds(diff_part(blind).text(), "No coverage was given"));
}

TEST(HtmlTest, MarksTheBarOfTheSymbol) {
  const Report report = sample_report();
  const auto bars = sparkline(report, report.symbols.front()).text();
  EXPECT_EQ(count_of(bars, "<rect "), 9U);
  EXPECT_EQ(count_of(bars, "class=\"own\""), 1U);
  EXPECT_TRUE(holds(bars, "128 to 255 users, proven: #3 of 312 functions"));
  // Of a kind without a spread, and where the rank is not known, there is nothing to show.
  EXPECT_TRUE(sparkline(report, report.symbols[1]).empty());
  EXPECT_TRUE(sparkline(report, report.symbols[2]).empty());
}

TEST(HtmlTest, GivesNoCommandThatAPageDoesNotShowAsItIs) {
  Report report = sample_report();
  EXPECT_TRUE(holds(again_part(report).text(), "--target &#39;it&#39;\\&#39;&#39;s a branch&#39;</code>"));
  report.pictures.run_again.back() =
      "a\xe2\x80\xae"
      "b";
  const auto text = again_part(report).text();
  EXPECT_FALSE(holds(text, "class=\"copy\""));
  EXPECT_TRUE(holds(text, "no command is given here"));
}

TEST(HtmlTest, StaysBoundedWhateverTheReportHolds) {
  for (const char* filler : {"a", "&", "\xff", "\xe2\x80\xae"}) {
    std::string longest;
    while (longest.size() < 2000) longest += filler;
    Report report = report_of(longest);
    report.symbols.assign(2000, report.symbols.front());
    report.verdict.rules.assign(2000, report.verdict.rules.front());
    report.blind_spots.assign(5000, longest);
    report.code_changes.found.assign(500, report.code_changes.found.front());
    const auto page = write_html(report, false);
    EXPECT_LE(page.size(), std::size_t{2} << 20U) << filler;
    EXPECT_TRUE(page.ends_with("</html>\n"));
    EXPECT_TRUE(holds(page, "1960 more symbols, see the JSON report"));
  }
}

}  // namespace
}  // namespace patchgate
