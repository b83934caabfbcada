#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/json_output.h"
#include "gate/reports/rule_findings.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongest = 1000;

const char* severity_of(const RuleFinding& finding) {
  switch (finding.effect) {
    case Effect::block:
      return "blocker";
    case Effect::warn:
      return "major";
    case Effect::observe:
    case Effect::none:
      break;
  }
  return "info";
}

}  // namespace

std::string write_gitlab(const Report& report, bool /*color*/) {
  auto issues = nlohmann::ordered_json::array();
  for (const auto& finding : rule_findings(report))
    issues.push_back({
        {"description", in_one_line(finding, kLongest)},
        {"check_name", visible(finding.rule)},
        {"fingerprint", finding.fingerprint},
        {"severity", severity_of(finding)},
        {"location", {{"path", json_text(finding.at.file)}, {"lines", {{"begin", finding.at.line}}}}},
    });
  return json_output(issues);
}

}  // namespace patchgate
