#include "analyzers/rollout/argo_steps.h"

#include <cmath>

#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

class CanaryReader {
 public:
  CanaryReader(const DocNode& spec, const DocNode& canary, const AnalysisTemplates& templates, PlanReading& reading)
      : spec_(spec), canary_(canary), templates_(templates), reading_(reading), plan_(reading.plan) {}

  void read() {
    const DocNode* steps = canary_.find("steps");
    if (steps == nullptr || !steps->is_list() || steps->items.empty()) {
      reading_.plain(canary_, "the canary has no steps: a plain rolling update");
      return;
    }
    for (const DocNode& step : steps->items) {
      read_step(step);
      ++index_;
    }
    keep_stage();
    apply_background_analysis();
    if (plan_.stages.empty()) {
      reading_.plain(*steps, "no step of the canary waits at a partial weight");
    }
  }

 private:
  Place place(const DocNode& node) const { return reading_.place(node); }
  void trap(const DocNode& node, std::string text) { reading_.trap(node, std::move(text)); }

  void read_step(const DocNode& step) {
    if (const DocNode* weight = step.find("setWeight")) {
      keep_stage();
      start_stage(*weight);
    } else if (const DocNode* pause = step.find("pause")) {
      read_pause(*pause);
    } else if (const DocNode* experiment = step.find("experiment")) {
      read_experiment(*experiment);
    } else if (const DocNode* analysis = step.find("analysis")) {
      const auto judged = judge(*analysis, AnalysisTemplates::Where::step);
      // The step waits for it, so that it still aborts.
      if (judged.first_look > stage_.bake_minutes.value_or(0) + judged.lasts && !judged.delayed.empty()) {
        plan_.traps.emplace_back(judged.delay_at, judged.delayed + ", longer than its stage: it is measured late");
      }
      stage_.waits = true;
      stage_.bake_minutes.reset();
      if (stage_.bake_at.line == 0) stage_.bake_at = place(*analysis);
      if (judged.aborts) abort_by(*analysis, judged);
    }
  }

  /// The rollout waits until it ends, and one that fails aborts it.
  void read_experiment(const DocNode& experiment) {
    stage_.waits = true;
    const DocNode* duration = experiment.find("duration");
    const auto minutes = duration == nullptr ? std::nullopt : minutes_of(scalar_text(duration), true);
    if (minutes && stage_.bake_minutes) {
      *stage_.bake_minutes += *minutes;
    } else {
      stage_.bake_minutes.reset();
    }
    if (stage_.bake_at.line == 0) stage_.bake_at = place(experiment);
    if (experiment.find("analyses") == nullptr) return;
    const auto judged = judge(experiment, AnalysisTemplates::Where::step);
    if (judged.aborts && minutes && !judged.delayed.empty() && judged.first_look >= *minutes) {
      plan_.traps.emplace_back(judged.delay_at, judged.delayed + ", longer than the experiment: it is never measured");
    } else if (judged.aborts) {
      abort_by(experiment, judged);
    }
  }

  AnalysisTemplates::Judgement judge(const DocNode& analysis, AnalysisTemplates::Where where) {
    auto judged = templates_.judge(reading_.path(), analysis, where);
    plan_.traps.insert(plan_.traps.end(), judged.traps.begin(), judged.traps.end());
    return judged;
  }

  void abort_by(const DocNode& analysis, const AnalysisTemplates::Judgement& judged) {
    stage_.aborts = true;
    stage_.abort_by = judged.measured;
    stage_.abort_at = place(analysis);
  }

  void start_stage(const DocNode& weight) {
    stage_ = RolloutStage{};
    stage_.at = place(weight);
    stage_.bake_minutes = 0;
    is_stage_ = true;
    const auto percent = number_of(weight);
    if (!percent || *percent < 0 || *percent > 100) {
      stage_.percent_unknown = "setWeight is not a number from 0 to 100";
      return;
    }
    // At 0 % nobody has the change yet; at 100 % everybody.
    is_stage_ = *percent > 0 && *percent < 100;
    set_share(*percent, weight);
  }

  void set_share(double percent, const DocNode& weight) {
    if (canary_.find("trafficRouting") != nullptr) {
      stage_.percent = percent;
      return;
    }
    const DocNode* replicas = spec_.find("replicas");
    const auto pods = replicas == nullptr ? std::nullopt : whole_of(*replicas);
    if (!pods || *pods <= 0) {
      stage_.percent_unknown = "without trafficRouting a weight is a share of the pods, and their number is not given";
      return;
    }
    const double canary_pods = std::ceil(percent * static_cast<double>(*pods) / 100.0);
    stage_.percent = 100.0 * canary_pods / static_cast<double>(*pods);
    if (*stage_.percent > percent) {
      trap(weight, "setWeight " + weight.text + " without trafficRouting is " +
                       std::to_string(static_cast<long>(canary_pods)) + " of " + std::to_string(*pods) + " pods");
    }
  }

  void read_pause(const DocNode& pause) {
    if (pause.is_null()) {
      trap(pause, "a pause must be {} or have a duration: this step is not valid");
      return;
    }
    const DocNode* duration = pause.find("duration");
    if (duration == nullptr) {
      stage_.waits = true;
      stage_.bake_minutes.reset();
      stage_.bake_at = place(pause);
      return;
    }
    const auto minutes = duration->is_scalar() ? minutes_of(duration->text, true) : std::nullopt;
    if (!minutes || *minutes <= 0) {
      trap(*duration, "the pause has no duration above zero: nothing waits");
      return;
    }
    stage_.waits = true;
    if (stage_.bake_minutes) *stage_.bake_minutes += *minutes;
    if (stage_.bake_at.line == 0) stage_.bake_at = place(*duration);
  }

  void keep_stage() {
    if (is_stage_ && stage_.waits) {
      plan_.stages.push_back(stage_);
      last_steps_.push_back(index_);
    } else if (is_stage_) {
      plan_.traps.emplace_back(stage_.at, "nothing waits at this weight: the next step follows at once");
    }
    is_stage_ = false;
    stage_ = RolloutStage{};
  }

  /// Runs beside the steps, from `startingStep` on.
  void apply_background_analysis() {
    const DocNode* analysis = canary_.find("analysis");
    if (analysis == nullptr) return;
    const auto judged = judge(*analysis, AnalysisTemplates::Where::background);
    if (!judged.aborts) return;
    const DocNode* starting = analysis->find("startingStep");
    const auto given = starting == nullptr ? std::optional<long>(0) : whole_of(*starting);
    if (!given || *given < 0) {
      trap(*starting, "startingStep is not a step");
      return;
    }
    const auto start = static_cast<std::size_t>(*given);
    std::optional<double> passed = 0;  // none: a person or a measurement decides
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      const auto bake = plan_.stages[i].bake_minutes;
      passed = passed && bake ? std::optional<double>(*passed + *bake) : std::nullopt;
      if (passed && !judged.delayed.empty() && judged.first_look >= *passed) {
        if (i == 0) plan_.traps.emplace_back(judged.delay_at, judged.delayed + ": the first stage is over by then");
        continue;
      }
      if (start >= last_steps_[i]) {
        if (i == 0) trap(*starting, "the analysis starts at step " + starting->text + ", after the first stage");
        continue;
      }
      if (plan_.stages[i].aborts) continue;
      plan_.stages[i].aborts = true;
      plan_.stages[i].abort_by = judged.measured;
      plan_.stages[i].abort_at = place(*analysis);
    }
  }

  const DocNode& spec_;
  const DocNode& canary_;
  const AnalysisTemplates& templates_;
  PlanReading& reading_;
  RolloutPlan& plan_;
  RolloutStage stage_;
  std::vector<std::size_t> last_steps_;  ///< of each stage: one past its last step
  std::size_t index_ = 0;
  bool is_stage_ = false;
};

}  // namespace

void read_canary(const DocNode& spec, const DocNode& canary, const AnalysisTemplates& templates, PlanReading& reading) {
  CanaryReader(spec, canary, templates, reading).read();
}

}  // namespace patchgate
