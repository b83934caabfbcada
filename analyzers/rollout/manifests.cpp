#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "analyzers/rollout/flags.h"
#include "analyzers/rollout/formats.h"
#include "analyzers/rollout/kubernetes.h"
#include "analyzers/rollout/link.h"
#include "analyzers/rollout/rollout.h"
#include "analyzers/rollout/template_text.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

constexpr std::array<const char*, 8> kFacts{
    "rollout.level",  "rollout.stages.count", "rollout.first_stage.percent", "rollout.bake.minutes", "rollout.abort",
    "rollout.system", "rollout.linked",       "rollout.traps.count"};

Result<RolloutFile> read_file(const EvidenceFile& evidence) {
  if (!evidence.path.ends_with(".json")) {
    if (const auto line = line_of_template(evidence.text)) {
      return fail_at(Error::Kind::config, {evidence.path, *line, 0},
                     "has templates in it that are not filled in; give the rendered manifest");
    }
  }
  PATCHGATE_TRY(auto documents, parse_documents(evidence.path, evidence.text));
  return RolloutFile{evidence.path, std::move(documents)};
}

/// Several documents are fine, two of one object are not: which of them is applied last is not seen.
Result<void> check_twins(const std::vector<RolloutFile>& files) {
  std::set<std::tuple<std::string, std::string, std::string>> names;
  for (const RolloutFile& file : files) {
    for (const DocNode& document : file.documents) {
      const std::string kind = scalar_text(document.find("kind"));
      if (kind != "Rollout" && kind != "Canary" && kind != "Deployment") continue;
      const DocNode* name = document.find({"metadata", "name"});
      if (name == nullptr || !is_kubernetes_object(document)) continue;
      if (!names.emplace(kind, scalar_text(document.find({"metadata", "namespace"})), scalar_text(name)).second) {
        return fail_at(Error::Kind::config, {file.path, name->line, 0},
                       "gives the " + kind + " " + scalar_text(name) + " a second time");
      }
    }
  }
  return {};
}

Result<RolloutReading> read_all(const std::vector<RolloutFile>& files) {
  PATCHGATE_CHECK(check_twins(files));
  const RolloutSet all(files);
  RolloutReading result;
  for (const RolloutFile& file : files) {
    for (const DocNode& document : file.documents) {
      if (document.is_null()) continue;
      const auto& formats = rollout_formats();
      const auto format =
          std::find_if(formats.begin(), formats.end(), [&](const RolloutFormat& one) { return one.is(document); });
      if (format == formats.end()) {
        return fail_at(Error::Kind::config, {file.path, document.line, 0},
                       "is of no format that is understood (" + known_formats() + ")");
      }
      PATCHGATE_TRY(auto reading, format->read(file.path, document, all));
      const auto add = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
      };
      add(result.plans, reading.plans);
      add(result.fallbacks, reading.fallbacks);
      add(result.flags, reading.flags);
    }
  }
  return result;
}

void state_unknown(Facts& facts, const std::string& why, const std::vector<Place>& from) {
  for (const char* name : kFacts) facts.set(name, Unknown{why}, from);
}

void state_nothing(Facts& facts, const std::string& why) {
  facts.set("rollout.level", std::string("none"));
  facts.set("rollout.stages.count", std::int64_t{0});
  facts.set("rollout.abort", false);
  facts.set("rollout.first_stage.percent", Unknown{why});
  facts.set("rollout.bake.minutes", Unknown{why});
  facts.set("rollout.system", std::string("none"));
  facts.set("rollout.linked", Unknown{why});
  facts.set("rollout.traps.count", std::int64_t{0});
}

void state_plan(Facts& facts, const RolloutPlan& plan) {
  facts.set("rollout.level", std::string(name_of(level_of(plan))), {plan.at});
  facts.set("rollout.system", plan.system, {plan.at});
  facts.set(
      "rollout.linked",
      plan.linked == RolloutLink::unknown ? Value(Unknown{plan.linked_why}) : Value(std::string(name_of(plan.linked))),
      {plan.at});
  std::vector<Place> places;
  for (const auto& [at, text] : plan.traps) places.push_back(at);
  facts.set("rollout.traps.count", static_cast<std::int64_t>(plan.traps.size()), places);
  facts.set("rollout.stages.count", static_cast<std::int64_t>(plan.stages.size()), {plan.at});
  if (plan.stages.empty()) {
    facts.set("rollout.first_stage.percent", 100.0, {plan.at});
    facts.set("rollout.bake.minutes", 0.0, {plan.at});
    facts.set("rollout.abort", false, {plan.at});
    return;
  }
  const RolloutStage& first = plan.stages.front();
  facts.set("rollout.first_stage.percent",
            first.percent ? Value(*first.percent) : Value(Unknown{first.percent_unknown}), {first.at});
  facts.set("rollout.bake.minutes",
            first.bake_minutes ? Value(*first.bake_minutes)
                               : Value(Unknown{"the first stage waits until a person or a measurement goes on"}),
            {first.bake_at});
  facts.set("rollout.abort", first.aborts, {first.aborts ? first.abort_at : first.at});
}

std::string at_place(const Place& at, const std::string& text) {
  return "rollout: " + at.file + (at.line == 0 ? "" : ":" + std::to_string(at.line)) + ": " + text;
}

/// The controllers of these systems skip the steps of an object that is new to them.
void cap_first_deploy(const Patch& patch, RolloutPlan& plan) {
  if (plan.system != "argo" && plan.system != "flagger") return;
  const auto adds = std::any_of(patch.files.begin(), patch.files.end(), [&](const FileChange& file) {
    return file.status == FileStatus::added && file.path == plan.at.file;
  });
  if (!adds || plan.stages.empty()) return;
  plan.stages.clear();
  plan.plain_why = "this patch adds the manifest: its first deploy skips the stages";
  plan.traps.emplace_back(plan.at, plan.plain_why);
}

/// The plans that may ship the patch, the one that counts first.
class Choice {
 public:
  Choice(RolloutReading& reading, const Context& context, Findings& findings) : findings_(findings) {
    PatchLink link(context, findings.touched);
    for (auto* list : {&reading.plans, &reading.fallbacks}) {
      for (RolloutPlan& plan : *list) {
        cap_first_deploy(*context.patch, plan);
        link.judge(plan);
      }
    }
    // A Deployment beside the Rollout that refers to it rolls nothing out by itself.
    set_aside(reading.plans);
    set_aside(reading.fallbacks);
    const bool others = reading.plans.empty() || (!proven(reading.plans) && proven(reading.fallbacks));
    plans_ = others ? std::move(reading.fallbacks) : std::move(reading.plans);
    const auto weakest = std::min_element(plans_.begin(), plans_.end(), is_weaker);
    if (weakest != plans_.end()) std::rotate(plans_.begin(), weakest, weakest + 1);
  }

  std::vector<RolloutPlan> take() && { return std::move(plans_); }

 private:
  static bool proven(const std::vector<RolloutPlan>& plans) {
    return std::any_of(plans.begin(), plans.end(),
                       [](const RolloutPlan& plan) { return plan.linked == RolloutLink::yes; });
  }

  /// Provably this patch before all others; provably something else not at all.
  void set_aside(std::vector<RolloutPlan>& plans) {
    const RolloutLink wanted = proven(plans) ? RolloutLink::yes : RolloutLink::unknown;
    for (const RolloutPlan& plan : plans) {
      if (plan.linked != RolloutLink::no) continue;
      findings_.blind_spots.push_back(at_place(plan.at, "rolls out something else: " + plan.linked_why));
    }
    std::erase_if(plans, [&](const RolloutPlan& plan) { return plan.linked != wanted; });
  }

  Findings& findings_;
  std::vector<RolloutPlan> plans_;
};

void note_plans(const std::vector<RolloutPlan>& plans, Findings& findings) {
  std::set<std::string> traps;
  for (const RolloutPlan& plan : plans) {
    for (const auto& [at, text] : plan.traps) traps.insert(at_place(at, text));
  }
  findings.blind_spots.insert(findings.blind_spots.end(), traps.begin(), traps.end());
  const auto manifests =
      std::count_if(plans.begin(), plans.end(), [](const RolloutPlan& plan) { return plan.flag.empty(); });
  if (manifests > 1) {
    findings.blind_spots.push_back(
        "rollout: " + std::to_string(manifests) + " rollouts " +
        (plans.front().linked == RolloutLink::yes
             ? "ship what the patch touches: the weakest counts"
             : "were given; which of them ships this change is not seen, the weakest counts"));
  }
}

void run(const Context& context, Findings& findings) {
  Facts& facts = findings.facts;
  std::vector<RolloutFile> files;
  std::string problem;
  std::vector<Place> problem_at;
  const auto note = [&](const Error& error) {
    findings.blind_spots.push_back("rollout: " + to_string(error));
    if (problem.empty()) problem = to_string(error);
    if (error.at) problem_at.push_back(*error.at);
  };
  for (const EvidenceFile& evidence : context.rollouts) {
    if (!evidence.unread.empty()) {
      note(Error{Error::Kind::io, evidence.unread, Place{evidence.path, 0, 0}});
      continue;
    }
    auto file = read_file(evidence);
    if (file) {
      files.push_back(std::move(*file));
    } else {
      note(file.error());
    }
  }
  if (!problem.empty()) return state_unknown(facts, problem, problem_at);
  auto reading = read_all(files);
  if (!reading) {
    note(reading.error());
    return state_unknown(facts, problem, problem_at);
  }
  auto& plans = findings.rollout.plans;
  plans = Choice(*reading, context, findings).take();
  if (const auto flags = look_at_flags(context, reading->flags, findings); !flags) {
    note(flags.error());
    return state_unknown(facts, problem, problem_at);
  }
  if (plans.empty()) {
    return state_nothing(facts, context.rollouts.empty()
                                    ? "no rollout manifest was named or found"
                                    : "the files given hold no rollout of this: " + context.rollouts.front().path +
                                          (context.rollouts.size() > 1 ? " and others" : ""));
  }
  note_plans(plans, findings);
  state_plan(facts, plans.front());
}

}  // namespace

const Analyzer rollout_manifests{"rollout/manifests", "how carefully the change would be rolled out", run};

}  // namespace patchgate
