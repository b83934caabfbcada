#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/json_output.h"
#include "gate/reports/rule_findings.h"

namespace patchgate {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kLongest = 2000;

const char* severity_of(Effect effect) {
  if (effect == Effect::block) return "ERROR";
  return effect == Effect::warn ? "WARNING" : "INFO";
}

/// Lines without columns: a range with a line alone is the whole line.
Json location_of(const Place& at) {
  return {{"path", json_text(at.file)}, {"range", {{"start", {{"line", std::max(at.line, 1U)}}}}}};
}

}  // namespace

std::string write_rdjson(const Report& report, bool /*color*/) {
  auto diagnostics = Json::array();
  auto gravest = Effect::none;
  for (const auto& finding : rule_findings(report)) {
    gravest = std::max(gravest, finding.effect);
    auto related = Json::array();
    for (const auto& [name, at] : finding.users)
      if (!at.file.empty()) related.push_back({{"message", "used by " + visible(name)}, {"location", location_of(at)}});
    diagnostics.push_back({
        {"message", in_one_line(finding, kLongest)},
        {"location", location_of(finding.at)},
        {"severity", severity_of(finding.effect)},
        {"code", {{"value", visible(finding.rule)}}},
        {"relatedLocations", related},
    });
  }
  const Json document{
      {"source", {{"name", "patchgate"}}}, {"severity", severity_of(gravest)}, {"diagnostics", diagnostics}};
  return json_output(document);
}

}  // namespace patchgate
