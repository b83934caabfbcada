#include "gate/pipeline/assemble.h"

#include <algorithm>
#include <utility>

#include "gate/pipeline/report_paths.h"
#include "gate/version/version.h"
#include "policies/engine/near_miss.h"

namespace patchgate {
namespace {

constexpr std::size_t kFailedUnitsShown = 20;
constexpr std::size_t kLongestHeadline = 200;

void add_patch(const Patch& patch, Report& report) {
  report.version = program_version();
  report.base = patch.base;
  report.head = patch.head;
  report.merge_base = patch.merge_base;
  report.target_ref = patch.target_ref;
  report.source_ref = patch.source_ref;
  report.files = patch.files;
  report.lines_added = patch.lines_added();
  report.lines_deleted = patch.lines_deleted();
  report.revert_of = patch.revert_of;
}

Judged judged(const Facts& facts, const char* level, const char* percentile, std::vector<std::string> why) {
  Judged result;
  const auto fact = facts.get(level);
  if (const auto* text = std::get_if<std::string>(&fact.value)) {
    result.level = *text;
  } else {
    result.level = "unknown";
    if (const auto* unknown = std::get_if<Unknown>(&fact.value); unknown != nullptr && why.empty())
      why.push_back(unknown->why);
  }
  if (percentile != nullptr) {
    const auto value = facts.get(percentile).value;
    if (const auto* number = std::get_if<double>(&value)) result.percentile = *number;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) result.percentile = static_cast<double>(*whole);
  }
  result.why = std::move(why);
  return result;
}

}  // namespace

Report assemble(ReportParts parts) {
  Report report;
  add_patch(parts.patch, report);
  auto& findings = parts.findings;
  report.policy_source = std::move(parts.policy_source);
  report.policy_oid = std::move(parts.policy_oid);
  report.policy_digest = std::move(parts.policy_digest);
  report.now = std::move(parts.now);
  report.digest = std::move(parts.digest);
  report.input_notes = std::move(parts.notes);
  const auto hotfix = findings.facts.get("patch.hotfix").value;
  if (const auto* known = std::get_if<bool>(&hotfix)) report.hotfix = *known;
  report.impact = judged(findings.facts, "impact.level", "impact.percentile", std::move(findings.impact_why));
  report.likelihood =
      judged(findings.facts, "likelihood.level", "likelihood.percentile", std::move(findings.likelihood_why));
  report.impact.remarks = std::move(findings.impact_remarks);
  report.likelihood.remarks = report.likelihood.why;
  report.risk = judged(findings.facts, "risk.level", nullptr, {});
  const auto revert = findings.facts.get("recovery.revert").value;
  if (const auto* text = std::get_if<std::string>(&revert)) report.revert = *text;
  report.data_at_risk = std::move(findings.data_at_risk);
  report.recovery_steps = std::move(findings.recovery_steps);
  report.recovery_watch = std::move(findings.recovery_watch);
  report.recovery_who = std::move(findings.recovery_who);
  report.irreversible = std::move(findings.irreversible);
  report.code_changes = std::move(findings.code_changes);
  report.symbols = std::move(findings.touched);
  report.test_evidence = std::move(findings.test_evidence);
  report.facts = std::move(findings.facts);
  report.rollout = std::move(findings.rollout);
  report.verdict = std::move(parts.verdict);

  const auto& analysis = parts.analysis;
  report.units_total = analysis.units_total;
  report.units_parsed = analysis.units_parsed;
  report.units_failed = analysis.units_failed;
  report.hunks_total = analysis.hunks_total;
  report.hunks_mapped = analysis.hunks_mapped;
  report.unread = analysis.unread;
  report.blind_spots = analysis.blind_spots;
  report.blind_spots.insert(report.blind_spots.end(), findings.blind_spots.begin(), findings.blind_spots.end());
  report.failed_units = analysis.failed_units;
  if (report.failed_units.size() > kFailedUnitsShown) report.failed_units.resize(kFailedUnitsShown);
  report.index_rev = std::move(parts.index_rev);
  report.index_units = analysis.index_units;
  return report;
}

Report cannot_judge(const Patch& patch, const std::vector<Error>& errors, const std::filesystem::path& repository) {
  Report report;
  add_patch(patch, report);
  for (auto* judged : {&report.impact, &report.likelihood, &report.risk}) judged->level = "unknown";
  report.verdict.decision = Decision::none;
  for (const auto& error : errors) {
    if (!report.verdict.reason.empty()) report.verdict.reason += "; ";
    if (error.at) {
      report.verdict.reason += name_in_report(error.at->file, repository) + ":";
      if (error.at->line != 0) report.verdict.reason += std::to_string(error.at->line) + ":";
      report.verdict.reason += " ";
    }
    // What a policy's own text holds is no path of this machine.
    const bool quotes_a_file = error.at && error.kind == Error::Kind::config;
    report.verdict.reason += quotes_a_file ? error.message : without_absolute_paths(error.message, repository);
  }
  report.verdict.headline = "cannot judge: " + shortened(report.verdict.reason, kLongestHeadline);
  return report;
}

}  // namespace patchgate
