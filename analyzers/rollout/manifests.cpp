#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "analyzers/rollout/analysis_templates.h"
#include "analyzers/rollout/argo.h"
#include "analyzers/rollout/document.h"
#include "analyzers/rollout/plan.h"
#include "analyzers/rollout/rollout.h"
#include "analyzers/rollout/stages_file.h"

namespace patchgate {

namespace {

constexpr std::array<const char*, 5> kFacts{"rollout.level", "rollout.stages.count", "rollout.first_stage.percent",
                                            "rollout.bake.minutes", "rollout.abort"};

struct File {
  std::string path;
  std::vector<DocNode> documents;
};

Result<File> read_file(const EvidenceFile& evidence) {
  if (!evidence.path.ends_with(".json")) {
    if (const auto line = line_of_template(evidence.text)) {
      return fail_at(Error::Kind::config, {evidence.path, *line, 0},
                     "has templates in it that are not filled in; give the rendered manifest");
    }
  }
  PATCHGATE_TRY(auto documents, parse_documents(evidence.path, evidence.text));
  return File{evidence.path, std::move(documents)};
}

/// Every rollout in the files; an error when a document is of no known format.
Result<std::vector<RolloutPlan>> read_plans(const std::vector<File>& files) {
  AnalysisTemplates templates;
  for (const File& file : files) {
    for (const DocNode& document : file.documents) templates.add(file.path, document);
  }
  std::vector<RolloutPlan> plans, deployments;
  for (const File& file : files) {
    for (const DocNode& document : file.documents) {
      if (document.is_null()) continue;
      if (is_stages_file(document)) {
        PATCHGATE_TRY(auto plan, read_stages_file(file.path, document));
        plans.push_back(std::move(plan));
      } else if (is_argo_rollout(document)) {
        plans.push_back(read_argo_rollout(file.path, document, templates));
      } else if (is_deployment(document)) {
        deployments.push_back(read_deployment(file.path, document));
      } else if (!is_kubernetes_object(document)) {
        return fail_at(Error::Kind::config, {file.path, document.line, 0},
                       "is of no format that is understood (Argo Rollouts, or rollout.json with its version)");
      }
    }
  }
  // A Rollout may refer to a Deployment for its pods; by itself that Deployment rolls nothing out.
  return plans.empty() ? deployments : plans;
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
}

void state_plan(Facts& facts, const RolloutPlan& plan) {
  const RolloutLevel level = level_of(plan);
  facts.set("rollout.level", std::string(name_of(level)), {plan.at});
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

/// Weaker: a lower level; then a larger first share.
bool weaker(const RolloutPlan& a, const RolloutPlan& b) {
  if (level_of(a) != level_of(b)) return level_of(a) < level_of(b);
  const auto share = [](const RolloutPlan& plan) {
    return plan.stages.empty() || !plan.stages.front().percent ? 100.0 : *plan.stages.front().percent;
  };
  return share(a) > share(b);
}

std::string at_place(const Place& at, const std::string& text) {
  return "rollout: " + at.file + (at.line == 0 ? "" : ":" + std::to_string(at.line)) + ": " + text;
}

void run(const Context& context, Findings& findings) {
  Facts& facts = findings.facts;
  if (context.rollouts.empty()) return state_nothing(facts, "no rollout manifest was named or found");

  std::vector<File> files;
  std::string problem;
  std::vector<Place> problem_at;
  const auto note = [&](const Error& error) {
    findings.blind_spots.push_back("rollout: " + to_string(error));
    if (problem.empty()) problem = to_string(error);
    if (error.at) problem_at.push_back(*error.at);
  };
  for (const EvidenceFile& evidence : context.rollouts) {
    auto file = read_file(evidence);
    if (file) {
      files.push_back(std::move(*file));
    } else {
      note(file.error());
    }
  }
  if (!problem.empty()) return state_unknown(facts, problem, problem_at);
  const auto plans = read_plans(files);
  if (!plans) {
    note(plans.error());
    return state_unknown(facts, problem, problem_at);
  }
  if (plans->empty()) {
    return state_nothing(facts, "the files given hold no rollout: " + context.rollouts.front().path +
                                    (context.rollouts.size() > 1 ? " and others" : ""));
  }
  std::set<std::string> traps;
  for (const RolloutPlan& plan : *plans) {
    for (const auto& [at, text] : plan.traps) traps.insert(at_place(at, text));
    if (!plan.plain_why.empty() && plan.traps.empty()) traps.insert(at_place(plan.at, plan.plain_why));
  }
  findings.blind_spots.insert(findings.blind_spots.end(), traps.begin(), traps.end());
  if (plans->size() > 1) {
    findings.blind_spots.push_back(
        "rollout: " + std::to_string(plans->size()) +
        " rollouts were given; which of them ships this change is not seen, the weakest counts");
  }
  state_plan(facts, *std::min_element(plans->begin(), plans->end(), weaker));
}

}  // namespace

const Analyzer rollout_manifests{"rollout/manifests", "how carefully the change would be rolled out", run};

}  // namespace patchgate
