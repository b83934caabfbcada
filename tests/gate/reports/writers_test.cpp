#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analyzers/model/invisible.h"
#include "analyzers/model/utf8.h"
#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/report.h"
#include "gate/reports/report_schema.h"
#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

TEST(WritersTest, HaveNamesOfTheirOwnAndALine) {
  std::set<std::string> names;
  for (const auto& writer : writers()) {
    EXPECT_TRUE(names.insert(writer.name).second) << writer.name;
    EXPECT_FALSE(std::string(writer.about).empty()) << writer.name;
  }
  EXPECT_EQ(names, (std::set<std::string>{"facts", "github", "gitlab", "html", "json", "junit", "markdown", "rdjson",
                                          "sarif", "text"}));
}

TEST(WritersTest, AreValidAndVisibleUtf8WhateverTheNames) {
  for (const auto& writer : writers()) {
    for (const auto& hostile : hostile_texts()) {
      const std::string text = writer.write(report_of(hostile), false);
      for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point_at(text, at);
        const bool ours = point.value == '\n' || point.value == 0x200b || point.value == 0xfe0f;
        ASSERT_TRUE(point.valid && (ours || !is_invisible(point.value)))
            << writer.name << " of " << testing::PrintToString(hostile) << " at " << text.substr(at, 40);
        at += point.length;
      }
    }
  }
}

TEST(WritersTest, NeverCommandTheRunnerThatLogsThem) {
  for (const auto& writer : writers()) {
    for (const auto& hostile : hostile_texts()) {
      for (const auto& line : lines_of(writer.write(report_of(hostile), false))) {
        const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
        // Of github every line but the last ones is a command, and each of ours.
        const bool ours = writer.name == std::string("github") &&
                          (line.starts_with("::error file=") || line.starts_with("::warning file=") ||
                           line.starts_with("::notice file="));
        EXPECT_TRUE(ours || !line.substr(start).starts_with("::")) << writer.name << ": " << line;
        for (const char* word : {"##[", "##vso[", "##teamcity["}) {
          EXPECT_EQ(line.find(word), std::string::npos) << writer.name << ": " << line;
        }
      }
    }
  }
}

TEST(WritersTest, JsonCanBeReadAgainWhateverTheNames) {
  for (const auto& hostile : hostile_texts()) {
    const std::string text = writers()[1].write(report_of(hostile), false);
    const auto json = nlohmann::json::parse(text, nullptr, false);
    ASSERT_FALSE(json.is_discarded()) << testing::PrintToString(hostile);
    EXPECT_EQ(json["symbols"][0]["name"], json_text(hostile));
    EXPECT_EQ(json["facts"][json_text(hostile)]["value"], json_text(hostile));
  }
}

TEST(WritersTest, TheFormatsOfCodeHostsCanBeReadAgainWhateverTheNames) {
  for (const auto& hostile : hostile_texts()) {
    const auto report = report_of(hostile);
    const auto sarif = nlohmann::json::parse(write_sarif(report, false), nullptr, false);
    ASSERT_FALSE(sarif.is_discarded()) << testing::PrintToString(hostile);
    EXPECT_EQ(sarif["runs"][0]["tool"]["driver"]["rules"][0]["id"], visible(hostile));
    const auto issues = nlohmann::json::parse(write_gitlab(report, false), nullptr, false);
    ASSERT_TRUE(issues.is_array() && !issues.empty()) << testing::PrintToString(hostile);
    EXPECT_EQ(issues[0]["check_name"], visible(hostile));
    const auto diagnostics = nlohmann::json::parse(write_rdjson(report, false), nullptr, false);
    ASSERT_FALSE(diagnostics.is_discarded()) << testing::PrintToString(hostile);
    EXPECT_EQ(diagnostics["diagnostics"][0]["code"]["value"], visible(hostile));
    // One line a command: no name begins another one.
    const auto lines = lines_of(write_github(report, false));
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.starts_with("::"); }),
              static_cast<std::ptrdiff_t>(std::min<std::size_t>(10, issues.size())));
    // Nothing opens or closes an element of the JUnit report but what it wrote itself.
    const auto plain = write_junit(report_of("plain"), false);
    const auto junit = write_junit(report, false);
    EXPECT_EQ(std::count(junit.begin(), junit.end(), '<'), std::count(plain.begin(), plain.end(), '<'))
        << testing::PrintToString(hostile);
  }
}

TEST(WritersTest, JsonHoldsNoNumberThatIsNone) {
  Report report = sample_report();
  report.facts.set("rollout.bake.minutes", std::nan(""));
  report.facts.set("rollout.first_stage.percent", 0.125);
  report.likelihood.percentile = HUGE_VAL;
  const auto json = nlohmann::json::parse(writers()[1].write(report, false));
  EXPECT_EQ(json["facts"]["rollout.bake.minutes"], nlohmann::json({{"unknown", "not a finite number"}}));
  EXPECT_EQ(json["facts"]["rollout.first_stage.percent"]["value"], 0.125);
  EXPECT_EQ(json["symbols"][0]["fan_in"]["percentile"], 99.2);
  EXPECT_TRUE(json["likelihood"]["percentile"].is_null());
}

TEST(WritersTest, TheFirstLineOfTextIsTheVerdict) {
  const auto first_line = [](const Report& report) { return lines_of(writers().front().write(report, false)).front(); };
  EXPECT_EQ(first_line(sample_report()), "BLOCK  no test reaches crm::to_patch, and 1 more proof is missing");
  EXPECT_EQ(first_line(allow_report()), "ALLOW  1 symbol touched, of low impact");
  EXPECT_EQ(first_line(none_report()), "CANNOT JUDGE  no merge base of main and hotfix/x");
  Report bare = none_report();
  bare.verdict.headline.clear();
  EXPECT_EQ(first_line(bare), "CANNOT JUDGE  " + bare.verdict.reason);
  bare.verdict.reason.clear();
  EXPECT_EQ(first_line(bare), "CANNOT JUDGE");
}

TEST(WritersTest, TextSaysThePlaceOfARuleOnce) {
  Report report = none_report();
  report.verdict.decision = Decision::block;
  RuleOutcome rule;
  rule.id = "r";
  rule.result = RuleResult::fail;
  rule.effect = Effect::block;
  rule.plain.missing = {"tests that reach it: 0, needed: at least 1, for f (src/f.cpp:5)"};
  rule.at = {{"src/f.cpp", 5, 0}, {"src/f.cpp", 50, 0}};
  report.verdict.rules = {rule};
  const auto text = writers().front().write(report, false);
  EXPECT_EQ(text.find("at src/f.cpp:5\n"), std::string::npos) << text;
  EXPECT_NE(text.find("at src/f.cpp:50\n"), std::string::npos) << text;
}

TEST(WritersTest, TheLastLineOfTextStandsAloneAfterAList) {
  Report report = allow_report();
  report.blind_spots = {"a spot"};
  const auto lines = lines_of(writers().front().write(report, false));
  ASSERT_GE(lines.size(), 4U);
  EXPECT_EQ(lines[lines.size() - 4], "  a spot");
  EXPECT_EQ(lines[lines.size() - 3], "");
}

TEST(WritersTest, AnAllowOnALeafIsShort) {
  EXPECT_LE(lines_of(writers().front().write(allow_report(), false)).size(), 7U);
}

TEST(ReportSchemaTest, TravelsInTheProgram) {
  EXPECT_TRUE(report_schema().starts_with("{"));
  EXPECT_NE(report_schema().find("patchgate-report/1"), std::string_view::npos);
}

}  // namespace
}  // namespace patchgate
