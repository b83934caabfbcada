#include <string>

#include <gtest/gtest.h>

#include "gate/reports/formats.h"
#include "gate/reports/report.h"
#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

std::string markdown(const Report& report) { return write_markdown(report, false); }
std::string text(const Report& report) { return writers().front().write(report, false); }

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST(MarkdownBudgetTest, SaysHowManySymbolsAreNotShown) {
  Report report = sample_report();
  report.symbols.assign(100, report.symbols.front());
  EXPECT_EQ(count_of(markdown(report), "| `crm::to_patch` "), 25U);
  EXPECT_TRUE(holds(markdown(report), "\n75 more symbols in the JSON report.\n"));
}

TEST(MarkdownBudgetTest, StaysWithinItWhateverTheReportHolds) {
  constexpr std::size_t kBudget = 60'000;
  for (const char* filler : {"a", "&", "@", "`", "|", "##[", "\xff", "\xe2\x80\xae", "\xf0\x9f\x98\x80"}) {
    std::string longest;
    while (longest.size() < 400) longest += filler;
    Report report = report_of(longest);
    report.symbols.assign(60, report.symbols.front());
    report.verdict.rules.assign(60, report.verdict.rules.front());
    report.blind_spots.assign(100, longest);
    report.recovery_steps.assign(100, {longest, longest});
    const std::string written = markdown(report);
    EXPECT_LE(written.size(), kBudget) << filler;
    EXPECT_GT(written.size(), 10'000U) << filler;
    EXPECT_EQ(count_of(written, "<details>"), count_of(written, "</details>")) << filler;
    EXPECT_TRUE(holds(written, " more rules in the JSON report.")) << filler;
    EXPECT_TRUE(written.ends_with("hunks 3/4 \xc2\xb7 units 10/12\n")) << filler;
  }
}

TEST(MarkdownBudgetTest, SaysHowMuchOfOneRuleIsNotShown) {
  Report report = sample_report();
  report.verdict.rules.front().plain.missing.assign(11, "a reason");
  EXPECT_EQ(count_of(markdown(report), "a reason"), 8U);
  EXPECT_TRUE(holds(markdown(report), "  - 3 more in the JSON report\n"));
}

TEST(TextLengthTest, SaysWhatIsNotShown) {
  Report report = sample_report();
  report.symbols.assign(10, report.symbols.front());
  report.blind_spots.assign(20, "a blind spot");
  EXPECT_TRUE(holds(text(report), "  ... and 2 more, see --report json\n"));
  EXPECT_TRUE(holds(text(report), "  ... and 19 more\n"));
}

TEST(TextLengthTest, CutsALongNameAndKeepsThePlace) {
  Report report = allow_report();
  report.symbols.front().name = std::string(10'000, 'x');
  EXPECT_TRUE(holds(text(report), "  " + std::string(120, 'x') + "...  src/trim.cpp:12  body changed"));
}

}  // namespace
}  // namespace patchgate
