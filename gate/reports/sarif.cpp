#include <algorithm>

#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/json_output.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"
#include "gate/reports/rule_findings.h"

// SARIF 2.1.0 (OASIS, docs.oasis-open.org/sarif/sarif/v2.1.0), with what GitHub's code scanning asks for beside it
// (docs.github.com, "SARIF support for code scanning").

namespace patchgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "https://json.schemastore.org/sarif-2.1.0.json";
constexpr std::size_t kLongestText = 1000;     // of 1024 characters that GitHub shows of a rule
constexpr std::size_t kLongestMessage = 1900;  // of 2048

const char* level_of(Effect effect) {
  if (effect == Effect::block) return "error";
  return effect == Effect::warn ? "warning" : "note";
}

const char* level_of(RuleLevel level) {
  if (level == RuleLevel::observe) return "note";
  return level == RuleLevel::warn ? "warning" : "error";
}

/// A path as a relative URI (RFC 3986).
std::string uri(std::string_view path) {
  constexpr const char* kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-._~/";
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos) {
      text += c;
    } else {
      text += '%';
      text += kHex[byte >> 4U];
      text += kHex[byte & 0xfU];
    }
  }
  return text;
}

/// In the text of a message `[name](1)` is a link (SARIF 3.11.6).
std::string message_text(std::string_view visible_text) {
  std::string text;
  for (const char c : visible_text) {
    if (c == '[' || c == ']' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

/// The line, as far as it is known: that it has a first character is all that is sure.
Json location_of(const Place& at) {
  const auto line = std::max(at.line, 1U);
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", uri(at.file)}, {"uriBaseId", "%SRCROOT%"}}},
            {"region", {{"startLine", line}, {"startColumn", 1}, {"endLine", line}, {"endColumn", 2}}}}}};
}

std::string words(std::string_view text, std::size_t most) { return clipped(visible(text), most); }

Json help_of(const RuleOutcome& rule) {
  const std::string text = rule.fix.empty() ? rule.title : rule.fix;
  return {{"text", words(text.empty() ? rule.id : text, kLongestText)},
          {"markdown", "**" + markdown_prose(words(rule.title.empty() ? rule.id : rule.title, kLongestText)) +
                           "**\n\n" + (rule.fix.empty() ? "" : markdown_prose(words(rule.fix, kLongestText)) + "\n\n") +
                           "The rule: " + markdown_code(words(rule.where, kLongestText))}};
}

Json rule_of(const RuleOutcome& rule) {
  const auto title = words(rule.title.empty() ? rule.id : rule.title, kLongestText);
  return {
      {"id", words(rule.id, kLongestText)},
      {"shortDescription", {{"text", title}}},
      {"fullDescription", {{"text", title}}},
      {"help", help_of(rule)},
      {"defaultConfiguration", {{"level", level_of(rule.level)}}},
      {"properties",
       {{"tags", {"deployment", "risk"}},
        {"precision", "high"},
        {"problem.severity", rule.level >= RuleLevel::block  ? "error"
                             : rule.level == RuleLevel::warn ? "warning"
                                                             : "recommendation"}}},
  };
}

RuleOutcome rule_not_judged() {
  RuleOutcome rule;
  rule.id = kNotJudged;
  rule.title = "the patch could be judged";
  rule.level = RuleLevel::block;
  rule.fix = "Mend what the message names, and run the check again.";
  return rule;
}

Json result_of(const RuleFinding& finding, std::size_t rule_index) {
  auto message = message_text(in_one_line(finding, kLongestMessage));
  auto related = Json::array();
  std::string users;
  for (const auto& [name, at] : finding.users) {
    if (at.file.empty()) continue;
    const auto id = related.size() + 1;
    auto location = location_of(at);
    location["id"] = id;
    location["message"] = {{"text", message_text("used by " + words(name, 200))}};
    related.push_back(std::move(location));
    const auto link =
        (users.empty() ? " Used by [" : ", [") + message_text(words(name, 60)) + "](" + std::to_string(id) + ")";
    if (message.size() + users.size() + link.size() < kLongestMessage) users += link;
  }
  if (!users.empty()) message += (message.ends_with('.') ? "" : ".") + users;
  Json result{
      {"ruleId", words(finding.rule, kLongestText)},
      {"ruleIndex", rule_index},
      {"level", level_of(finding.effect)},
      {"message", {{"text", message}}},
      {"locations", Json::array({location_of(finding.at)})},
  };
  if (!related.empty()) result["relatedLocations"] = related;
  result["partialFingerprints"] = {{"patchgate/v1", finding.fingerprint}};
  return result;
}

}  // namespace

std::string write_sarif(const Report& report, bool /*color*/) {
  auto rules_of_report = report.verdict.rules;
  if (report.verdict.decision == Decision::none) rules_of_report.push_back(rule_not_judged());
  auto rules = Json::array();
  for (const auto& rule : rules_of_report) rules.push_back(rule_of(rule));
  auto results = Json::array();
  for (const auto& finding : rule_findings(report)) {
    const auto rule = std::find_if(rules_of_report.begin(), rules_of_report.end(),
                                   [&](const RuleOutcome& one) { return one.id == finding.rule; });
    results.push_back(result_of(finding, static_cast<std::size_t>(rule - rules_of_report.begin())));
  }
  Json driver{{"name", "patchgate"}, {"semanticVersion", words(report.version, kLongestText)}, {"rules", rules}};
#ifdef PATCHGATE_HOMEPAGE
  driver["informationUri"] = PATCHGATE_HOMEPAGE;
#endif
  Json run{
      {"tool", {{"driver", driver}}},
      {"automationDetails", {{"id", "patchgate/"}}},
      {"columnKind", "utf16CodeUnits"},
      {"invocations", Json::array({{{"executionSuccessful", report.verdict.decision != Decision::none},
                                    {"exitCodeDescription", words(verdict_word(report.verdict), kLongestText)}}})},
      {"results", results},
      {"properties",
       {{"verdict", words(report.verdict.headline, kLongestMessage)},
        {"base", words(report.base, 64)},
        {"head", words(report.head, 64)}}},
  };
  const Json log{{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return json_output(log);
}

}  // namespace patchgate
