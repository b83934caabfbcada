#include "gate/pipeline/judge.h"

#include <algorithm>
#include <set>

#include "gate/pipeline/assemble.h"
#include "gate/pipeline/assembler_files.h"
#include "gate/pipeline/check_run.h"
#include "gate/pipeline/digest.h"
#include "gate/pipeline/digest_of_part.h"
#include "gate/pipeline/open_way_back.h"
#include "gate/pipeline/patch_places.h"
#include "gate/pipeline/phase_timer.h"
#include "gate/pipeline/preview.h"
#include "gate/pipeline/progress.h"
#include "gate/pipeline/untracked_inputs.h"
#include "gate/pipeline/verdict_by.h"
#include "gate/version/version.h"
#include "policies/engine/evaluate.h"

namespace patchgate {
namespace {

constexpr std::uint32_t kLink = 0120000;

}  // namespace

Result<void> CheckRun::lay_over_base() {
  ProgressLine progress("reading units", !options_.quiet);
  const auto lay = [&] {
    if (limits_.deadline) bench_.pool->end_parsing_at(*limits_.deadline, out_of_budget(limits_));
    return lay_over({*repository_, opened_.sides, opened_.patch, bench_.commands, *bench_.store, *bench_.pool,
                     *bench_.indexer, progress.callback(), &result_.seconds, limits_, bench_.build_folders});
  };
  auto sides = lay();
  if (!sides && bench_.store->is_damaged()) {
    bench_ = Workbench();
    PATCHGATE_TRY(bench_, open_workbench(*repository_, opened_.sides, options_.graph, nullptr));
    result_.warnings.emplace_back(kIndexWasDamaged);
    sides = lay();
  }
  PATCHGATE_TRY(sides_, std::move(sides));
  progress.finish();
  return {};
}

Result<void> CheckRun::read() {
  const auto& files = opened_.patch.files;
  const auto is_link = [](const FileChange& change) { return change.base_mode == kLink || change.head_mode == kLink; };
  if (!touches_c_family(opened_.patch) && std::none_of(files.begin(), files.end(), is_link)) {
    // Nothing to ask the graph for: a patch of other files does not pay for an index.
    context_.no_graph = "the patch touches no C or C++ file";
    analysis_ = account(opened_.patch, opened_.sides.base, sides_, {}, "");
    return {};
  }
  PATCHGATE_TRY(bench_, open_workbench(*repository_, opened_.sides, options_.graph, std::move(store_)));
  notes_.insert(notes_.end(), bench_.notes.begin(), bench_.notes.end());
  result_.warnings.insert(result_.warnings.end(), bench_.warnings.begin(), bench_.warnings.end());
  if (!bench_.can_read()) {
    no_graph_ = bench_.no_commands;
    context_.no_graph = no_graph_;
    result_.warnings.push_back(
        no_graph_ +
        ": the code of this patch cannot be read; make one (CMake: "
        "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, make: bear -- make) or name it with --compile-commands");
    analysis_ = account(opened_.patch, opened_.sides.base, sides_, {}, no_graph_);
    return {};
  }
  limits_.deciding_fan_in = policy_.loaded.policy->risk.moderate.transitive;
  if (policies_ != nullptr) limits_.deciding_fan_in = deciding_fan_in(*policies_);
  PATCHGATE_CHECK(lay_over_base());
  notes_.insert(notes_.end(), sides_.notes.begin(), sides_.notes.end());
  const PhaseTimer timer(&result_.seconds, "graph");
  analysis_ = account(opened_.patch, opened_.sides.base, sides_, sides_.touched.hunks, "");
  context_.left_out = sides_.left_out;
  context_.bodies = std::move(sides_.bodies);
  context_.units_left_out = sides_.units_left_out;
  context_.assembler = assembler_files(*repository_, opened_.sides.base, plain_names(sides_.touched.symbols));
  if (analysis_.index_units != 0 && analysis_.index_failed == analysis_.index_units) {
    context_.no_graph = "no unit of the base could be read";
  }
  for (const auto* units : {&sides_.base_units, &sides_.head_units})
    for (const auto& unit : *units) ++(unit.reused ? result_.units_reused : result_.units_parsed);
  result_.symbols = sides_.base.graph.nodes().size();
  result_.edges = sides_.base.graph.edge_count();
  result_.worker_cpu_seconds = bench_.pool->cpu_seconds();
  result_.worker_max_rss_kb = bench_.pool->max_rss_kb();
  return {};
}

void CheckRun::look_at() {
  // Without a graph: an empty one, whose ranks say that nothing can be told.
  for (auto* side : {&sides_.base, &sides_.head})
    if (!side->ranks) side->ranks.emplace(side->graph);
  const PhaseTimer timer(&result_.seconds, "evidence");
  read_bodies(*repository_, opened_.sides.head, sides_, context_.way_back);
  context_.patch = &opened_.patch;
  context_.base = &sides_.base.graph;
  context_.head = &sides_.head.graph;
  context_.base_ranks = &*sides_.base.ranks;
  context_.head_ranks = &*sides_.head.ranks;
  context_.hunks_total = analysis_.hunks_total;
  context_.hunks_mapped = analysis_.hunks_mapped;
  context_.unread = analysis_.unread;
  context_.units_total = analysis_.units_total;
  context_.units_failed = analysis_.units_failed;
  findings_ = look_under(*policy_.loaded.policy);
  if (policies_ == nullptr) pictures_ = take_pictures(*repository_, context_, findings_);
}

/// What is seen, by the policy's bands of risk and patterns of a hotfix.
Findings CheckRun::look_under(const Policy& policy) {
  context_.risk = policy.risk;
  const auto hotfix = match_hotfix(policy.hotfix, opened_.patch.target_ref, opened_.patch.source_ref);
  const auto* known = std::get_if<bool>(&hotfix.hotfix);
  context_.hotfix = known != nullptr && *known;
  context_.hotfix_claimed = hotfix.only_claimed;
  auto findings = look(context_, sides_.touched.symbols);
  auto& facts = findings.facts;
  facts.set("patch.hotfix", hotfix.hotfix);
  calendar_.state_facts(facts);
  state_leave(leave_, review_.context ? &*review_.context : nullptr, opened_.patch.head, facts);
  // Every fact that a policy may name is in the report: one that nothing measured says so.
  for (const auto& fact : fact_catalogue())
    if (fact.type != FactType::list && !facts.all().contains(fact.name))
      facts.set(std::string(fact.name), Unknown{"not measured"});
  facts.set("patch.suspicious_text.count", static_cast<std::int64_t>(suspicious_.size()), suspicious_);
  return findings;
}

/// What the other policies say, each of the manifests that it names.
Result<void> CheckRun::ask_others() {
  if (policies_ == nullptr) return {};
  for (std::size_t i = 1; i < policies_->size(); ++i) {
    const auto& policy = (*policies_)[i];
    PATCHGATE_TRY(context_.rollouts, open_rollouts(*repository_, opened_.base_tip, opened_.sides.head,
                                                   options_.rollouts, *policy.loaded.policy));
    result_.by_others.push_back(verdict_by(policy, opened_.patch, look_under(*policy.loaded.policy).facts));
  }
  return {};
}

/// By the policy, with what exceptions and overrides lift.
Result<Verdict> CheckRun::lifted_verdict() {
  const auto paths = touched_paths(opened_.patch);
  if (policy_.observe_only) leave_.leave.overrides.clear();
  leave_.leave.moved = moved_files(opened_.patch, findings_.touched);
  auto judged = evaluate(*policy_.loaded.policy, findings_.facts, paths, leave_.leave);
  auto verdict = std::move(judged.verdict);
  PATCHGATE_CHECK(add_leave(judged.exceptions, verdict, paths));
  if (!policy_.observe_only) return verdict;
  const auto& branch = opened_.patch.target_ref;
  return as_advice(std::move(verdict), "no policy on " + (branch.empty() ? "the base" : branch) + " yet");
}

Result<void> CheckRun::decide() {
  // Damage is noticed before; this one was made.
  for (const auto* side : {&sides_.base, &sides_.head})
    if (!side->graph.is_whole()) {
      if (bench_.store) begin_again_ = bench_.store->forget_derived().has_value();
      return fail(Error::Kind::io, "the index holds a graph that no patchgate wrote",
                  "delete it and run again, or judge without one: --no-cache");
    }
  Verdict verdict;
  {
    const PhaseTimer timer(&result_.seconds, "policy");
    // What lifted rules then, and what stands there now, would not be the same for both.
    if (policies_ != nullptr) {
      verdict = verdict_by(policy_, opened_.patch, findings_.facts);
      PATCHGATE_CHECK(ask_others());
    } else {
      PATCHGATE_TRY(verdict, lifted_verdict());
    }
  }
  std::sort(notes_.begin(), notes_.end());
  notes_.erase(std::unique(notes_.begin(), notes_.end()), notes_.end());
  result_.report = assemble({opened_.patch, analysis_, std::move(findings_), std::move(verdict), policy_.source,
                             policy_.oid, policy_.digest(), time_.text(), digest(), notes_, opened_.patch.merge_base});
  result_.report.calendar = std::move(calendar_.state);
  result_.report.leave = std::move(leave_.report);
  result_.report.patch_scope = limits_.patch_scope;
  result_.report.reverted = context_.way_back.reverted;
  result_.report.budget = limits_.budget;
  result_.report.budget_ran_out = sides_.budget_ran_out;
  result_.report.left_out = sides_.left_out;
  result_.report.pictures = std::move(pictures_);
  result_.report.pictures.run_again = run_again(options_, opened_.patch, time_.text(), work_folder());
  return {};
}

Result<void> CheckRun::add_leave(const std::vector<ExceptionState>& exceptions, const Verdict& verdict,
                                 const std::vector<std::string>& paths) {
  leave_.report.exceptions = reported_exceptions(leave_.leave, exceptions, opened_.base_tip);
  leave_.report.context = review_.name;
  if (options_.policy || !changes_the_policy(opened_.patch)) return {};
  const auto facts_under = [&](const Policy& policy) { return look_under(policy).facts; };
  PATCHGATE_TRY(leave_.report.preview,
                preview_policy(*repository_, opened_, options_.floor.value_or(""), verdict, paths,
                               {{}, {}, leave_.leave.moved, time_.needed()}, facts_under));
  return {};
}

/// Everything that the verdict depends on: runs of equal digests judge alike.
std::string CheckRun::digest() const {
  Digest digest;
  const auto& patch = opened_.patch;
  for (const auto& [name, text] : {std::pair("base", patch.base), std::pair("head", patch.head),
                                   std::pair("merge_base", patch.merge_base), std::pair("target", patch.target_ref),
                                   std::pair("source", patch.source_ref), std::pair("policy", policy_.digest_text),
                                   std::pair("now", time_.text()), std::pair("version", program_version())})
    digest.add(name, text);
  calendar_.add_to(digest);
  if (limits_.patch_scope || limits_.budget) add_what_was_read(limits_, sides_, digest);
  for (const auto& file : context_.rollouts)
    digest.add("rollout " + file.source + " " + file.path, file.unread + file.text);
  for (const auto& [name, hash] : evidence_digests_) digest.add(name, hash);
  for (const auto& [name, hash] : leave_.digests) digest.add(name, hash);
  if (!review_.name.empty()) digest.add("context " + review_.name, review_.text);
  for (const auto& file : context_.rollout_inputs.build_files) digest.add("build file " + file.path, file.text);
  for (const auto& file : context_.rollout_inputs.changed_code)
    digest.add("changed " + file.path, std::to_string(file.base.size()) + " " + file.base + file.head);
  for (const auto& [name, text] : context_.rollout_inputs.flag_catalogues) digest.add("flags " + name, text);
  for (const auto& [name, text] : context_.sink_catalogues) digest.add("sinks " + name, text);
  for (const auto& command : bench_.commands.commands) digest.add("unit " + command.file, to_string(command.hash));
  if (bench_.can_read()) digest.add("tool", std::to_string(bench_.pool->tool_hash()));
  for (const auto& [path, content] :
       untracked_inputs(*repository_, opened_.sides, sides_.base_units, sides_.head_units))
    digest.add("untracked " + path, to_string(content));
  // Of the history before the patch: how far back it reaches depends on the clone.
  std::string sizes;
  for (const auto size : context_.recent_sizes) sizes += std::to_string(size) + " ";
  digest.add("recent sizes", sizes);
  digest.add("revert of", patch.revert_of.value_or("") + (patch.reverts_a_revert ? " a revert" : ""));
  add_to_digest(context_.way_back, digest);
  return digest.finish();
}

namespace {

Judgement judge(const CheckOptions& options, const EnvironmentVariables& environment,
                const std::vector<OpenedPolicy>* policies) {
  for (bool again = false;; again = true) {
    Judgement result;
    CheckRun check(options, environment, policies, result);
    const auto done = check.run();
    if (done) return result;
    if (check.can_begin_again() && !again) continue;
    if (result.errors.empty()) result.errors.push_back(done.error());
    result.report = cannot_judge(check.patch(), result.errors, check.work_folder());
    return result;
  }
}

}  // namespace

Judgement judge_patch(const CheckOptions& options, const EnvironmentVariables& environment) {
  return judge(options, environment, nullptr);
}

Judgement judge_under(const CheckOptions& options, const std::vector<OpenedPolicy>& policies) {
  return judge(options, {}, &policies);
}

}  // namespace patchgate
