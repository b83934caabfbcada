#include "analyzers/rollout/rollout.h"
#include "analyzers/sinks/sinks.h"
#include "gate/pipeline/check_run.h"
#include "gate/pipeline/gate_jobs.h"
#include "gate/pipeline/generators.h"
#include "gate/pipeline/open_evidence.h"
#include "gate/pipeline/open_sql.h"
#include "gate/pipeline/open_way_back.h"
#include "gate/pipeline/phase_timer.h"
#include "gate/pipeline/report_paths.h"
#include "gate/pipeline/rollout_inputs.h"
#include "gate/pipeline/sources.h"
#include "gate/pipeline/suspicious_places.h"
#include "gate/pipeline/trusted_place.h"
#include "gate/pipeline/which_patch.h"

namespace patchgate {
namespace {

constexpr const char* kSinksPath = ".patchgate/sinks.json";
constexpr const char* kFlagsPath = ".patchgate/flags.json";

}  // namespace

Result<void> CheckRun::open() {
  const PhaseTimer timer(&result_.seconds, "diff");
  PATCHGATE_TRY(auto repository, open_repository(options_.repo, options_.graph));
  repository_.emplace(std::move(repository));
  PATCHGATE_TRY(auto request, which_patch(options_, environment_, *repository_, notes_));
  PATCHGATE_TRY(review_, open_context(*repository_, options_.context, result_.errors));
  if (!result_.errors.empty()) return tl::unexpected(result_.errors.front());
  if (review_.context && !review_.context->target.empty() && !options_.target) request.target = review_.context->target;
  open_index();
  PATCHGATE_TRY(opened_, open_patch(*repository_, request, commit_notes()));
  PATCHGATE_CHECK(check_context_place(*repository_, options_.context, opened_.sides.head));
  PATCHGATE_CHECK(mark_gate_jobs(*repository_, opened_.patch));
  PATCHGATE_CHECK(find_generators(*repository_, opened_.sides, opened_.patch));
  if (policies_ != nullptr) {
    policy_ = policies_->front();
  } else {
    PATCHGATE_CHECK(check_policy_place());
    PATCHGATE_TRY(policy_, open_policy(*repository_, opened_.base_tip, options_.policy.value_or(""),
                                       options_.floor.value_or("")));
  }
  for (const auto& warning : policy_.loaded.warnings) result_.warnings.push_back(to_string(warning));
  if (!policy_.loaded.policy) {
    result_.errors = policy_.loaded.errors;
    return tl::unexpected(result_.errors.front());
  }
  PATCHGATE_TRY(calendar_,
                open_calendar(*repository_, opened_.base_tip, *policy_.loaded.policy, time_, options_.zoneinfo));
  result_.warnings.insert(result_.warnings.end(), calendar_.warnings.begin(), calendar_.warnings.end());
  result_.errors = calendar_.errors;
  if (!result_.errors.empty()) return tl::unexpected(result_.errors.front());
  PATCHGATE_TRY(leave_, open_leave(*repository_, opened_, *policy_.loaded.policy, options_, time_, result_.errors));
  if (!result_.errors.empty()) return tl::unexpected(result_.errors.front());
  result_.warnings.insert(result_.warnings.end(), leave_.warnings.begin(), leave_.warnings.end());
  PATCHGATE_TRY(context_.rollouts, open_rollouts(*repository_, opened_.base_tip, opened_.sides.head, options_.rollouts,
                                                 *policy_.loaded.policy));
  PATCHGATE_TRY(context_.rollout_inputs,
                rollout_inputs(*repository_, opened_.sides.head, opened_.patch, !context_.rollouts.empty()));
  auto& flags = context_.rollout_inputs.flag_catalogues;
  flags.emplace_back("built-in flags", std::string(builtin_flag_catalogue()));
  PATCHGATE_TRY(auto more_flags, read_file(*repository_, opened_.base_tip, kFlagsPath));
  if (more_flags) flags.emplace_back(kFlagsPath, std::move(*more_flags));
  context_.sink_catalogues.emplace_back("built-in sinks", std::string(builtin_sink_catalogue()));
  PATCHGATE_TRY(auto sinks, read_file(*repository_, opened_.base_tip, kSinksPath));
  if (sinks) context_.sink_catalogues.emplace_back(kSinksPath, std::move(*sinks));
  PATCHGATE_TRY(auto tests, open_test_evidence(*repository_, opened_.patch, opened_.sides.head, options_));
  context_.test_evidence = std::move(tests.inputs);
  evidence_digests_ = std::move(tests.digests);
  result_.warnings.insert(result_.warnings.end(), tests.warnings.begin(), tests.warnings.end());
  PATCHGATE_TRY(suspicious_, suspicious_places(*repository_, opened_.patch));
  PATCHGATE_TRY(context_.sql, open_sql(*repository_, opened_.patch));
  PATCHGATE_CHECK(open_history());
  if (commits_) commits_->flush();
  take_fast_lane();
  return {};
}

Result<void> CheckRun::check_policy_place() const {
  const auto& file = options_.policy;
  if (!file || file->starts_with("builtin:") || !lies_in_a_work_tree(*repository_, *file)) return {};
  return fail(Error::Kind::config,
              "the policy " + name_in_message(*file, work_folder()) +
                  " lies in a work tree of this repository, where a patch can put it",
              "leave --policy out, and .patchgate/policy.json of the base is read; or keep the file outside");
}

/// What was there before was tested and rolled out then: of an exact revert only what it can break and which data it
/// reaches is looked at. The same with an index and without one, so that the verdict does not depend on it.
void CheckRun::take_fast_lane() {
  const Patch& patch = opened_.patch;
  if (!patch.revert_of || patch.reverts_a_revert || limits_.patch_scope || options_.full_scope) return;
  limits_.patch_scope = limits_.fast_lane = true;
  notes_.emplace_back(
      "an exact revert: only its own files, what they call and users of what it removes were read; --scope full reads "
      "all");
}

/// What the index knows about the history is worth its opening for every patch. Where it can't be opened, who needs it
/// for the graph says so.
void CheckRun::open_index() {
  if (options_.graph.no_cache) return;
  auto store = open_store(*repository_, options_.graph, result_.warnings);
  if (!store) return;
  store_ = std::move(*store);
  commits_.emplace(*store_);
}

Result<void> CheckRun::open_history() {
  const auto& patch = opened_.patch;
  PATCHGATE_TRY(context_.recent_sizes, repository_->recent_sizes(patch.merge_base, kCommitsCompared, commit_notes()));
  PATCHGATE_TRY(context_.way_back,
                open_way_back(*repository_, opened_, !options_.worktree && !options_.staged, commit_notes()));
  return {};
}

}  // namespace patchgate
