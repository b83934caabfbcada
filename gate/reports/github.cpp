#include <algorithm>

#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"
#include "gate/reports/rule_findings.h"

namespace patchgate {
namespace {

// A step shows ten annotations of a kind:
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
constexpr std::size_t kMostShown = 10;
constexpr std::size_t kLongest = 2000;

/// After `::`, as the runner's toolkit escapes it (actions/toolkit, packages/core/src/command.ts); `##[` is a command
/// wherever it stands.
std::string data(const std::string& visible_text) {
  std::string result;
  for (const char c : without_workflow_commands("x" + visible_text).substr(1))
    result += c == '%' ? "%25" : std::string(1, c);
  return result;
}

std::string property(const std::string& text) {
  std::string result;
  for (const char c : data(visible(text))) {
    if (c == ':') {
      result += "%3A";
    } else if (c == ',') {
      result += "%2C";
    } else {
      result += c;
    }
  }
  return result;
}

const char* command_of(Effect effect) {
  if (effect == Effect::block) return "error";
  return effect == Effect::warn ? "warning" : "notice";
}

}  // namespace

std::string write_github(const Report& report, bool /*color*/) {
  std::string text;
  const auto findings = rule_findings(report);
  for (std::size_t i = 0; i < std::min(kMostShown, findings.size()); ++i) {
    const auto& finding = findings[i];
    text += std::string("::") + command_of(finding.effect) + " file=" + property(finding.at.file) +
            ",line=" + std::to_string(finding.at.line) + ",title=" + property("patchgate: " + finding.rule) +
            "::" + data(in_one_line(finding, kLongest)) + "\n";
  }
  if (findings.size() > kMostShown)
    text += "patchgate: " + std::to_string(findings.size() - kMostShown) + " more in the other reports\n";
  return text + "patchgate: " +
         without_workflow_commands(visible(verdict_word(report.verdict) + " " + verdict_rest(report.verdict))) + "\n";
}

}  // namespace patchgate
