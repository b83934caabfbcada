#include "tests/gate/reports/sample_report.h"

namespace patchgate {

namespace {

RolloutStage stage(double percent, const std::string& file) {
  RolloutStage result;
  result.percent = percent;
  result.bake_minutes = 10;
  result.waits = true;
  result.at = result.bake_at = result.abort_at = {file, 14, 0};
  return result;
}

/// With every text that a plan has.
RolloutPlan plan(const std::string& file, const std::string& text) {
  RolloutPlan result;
  result.system = "argo";
  result.name = text;
  result.at = {file, 2, 0};
  result.share_of = "requests";
  result.stages = {stage(5, file), stage(50, file)};
  result.stages.front().aborts = true;
  result.stages.front().abort_by = text + " (prometheus)";
  result.traps = {{{file, 9, 0}, text + " is in dryRun: it never aborts"}};
  result.remarks = {{{file, 1, 0}, text}};
  result.ships = {{{file, 8, 0}, text}};
  result.linked_why = "it ships " + text + ", which no build file names";
  return result;
}

}  // namespace

RolloutFindings sample_rollout() {
  RolloutFindings found;
  found.plans = {plan("deploy/rollout.yaml", "web")};
  return found;
}

RolloutFindings rollout_of(const std::string& text) {
  RolloutFindings found;
  found.plans = {plan(text, text)};
  RolloutPlan flag = plan(text, text);
  flag.system = flag.flag = text;
  flag.stages.front().percent.reset();
  flag.stages.front().percent_unknown = flag.stages.front().abort_by = flag.plain_why = flag.share_of = text;
  flag.linked = RolloutLink::yes;
  flag.linked_why = text;
  found.flags = {flag};
  found.guards = {{text, text, {text, 3, 0}}};
  found.unguarded = {{text, 4, 0}};
  return found;
}

}  // namespace patchgate
