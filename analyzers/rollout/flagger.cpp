#include "analyzers/rollout/flagger.h"

#include <algorithm>
#include <array>

#include "analyzers/rollout/kubernetes.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostStages = 100;

/// Of the `analysis` of one Canary. Which field decides follows the controller's order: iterations before weights.
class CanaryAnalysis {
 public:
  CanaryAnalysis(const DocNode& spec, const DocNode& analysis, const RolloutSet& all, PlanReading& reading)
      : spec_(spec), analysis_(analysis), all_(all), reading_(reading) {}

  void read() {
    read_interval();
    const bool aborts = read_metrics();
    const long iterations = whole("iterations");
    const bool no_mesh = scalar_text(spec_.find("provider")) == "kubernetes";
    if (no_mesh) {
      reading_.plain(*spec_.find("provider"),
                     "the provider kubernetes cannot share out requests: Flagger makes it blue-green");
    } else if (iterations > 0) {
      read_iterations(iterations);
    } else {
      read_weights();
    }
    for (RolloutStage& stage : reading_.plan.stages) {
      stage.aborts = aborts;
      stage.abort_by = measured_;
      stage.abort_at = aborts ? reading_.place(*analysis_.find("metrics")) : stage.at;
    }
  }

 private:
  long whole(const char* key) const {
    const DocNode* node = analysis_.find(key);
    return node == nullptr ? 0 : whole_of(*node).value_or(0);
  }

  void read_interval() {
    const DocNode* interval = analysis_.find("interval");
    bake_at_ = reading_.place(interval == nullptr ? analysis_ : *interval);
    const auto given = interval == nullptr || !interval->is_scalar() ? std::nullopt : minutes_of(interval->text, false);
    if (interval != nullptr && !given) reading_.trap(*interval, "the interval is no time: Flagger takes 60 s");
    // The controller's own least.
    interval_ = std::max(given.value_or(1.0), 10.0 / 60);
  }

  RolloutStage stage() const {
    RolloutStage result;
    result.waits = true;
    result.bake_minutes = interval_;
    result.bake_at = bake_at_;
    return result;
  }

  void read_iterations(long iterations) {
    const DocNode& at = *analysis_.find("iterations");
    for (const char* key : {"stepWeight", "stepWeights", "maxWeight"}) {
      if (const DocNode* weight = analysis_.find(key)) {
        reading_.trap(*weight, std::string(key) + " does nothing beside iterations");
      }
    }
    const DocNode* match = analysis_.find("match");
    if (match == nullptr || !match->is_list() || match->items.empty()) {
      reading_.plain(at, "iterations without match are blue-green: no user meets the new version before all do");
      return;
    }
    RolloutStage only = stage();
    only.at = reading_.place(*match);
    only.percent_unknown = "the requests that match are an unknown share of all";
    only.bake_minutes = interval_ * static_cast<double>(iterations);
    reading_.plan.stages.push_back(std::move(only));
  }

  void read_weights() {
    const DocNode* list = analysis_.find("stepWeights");
    const DocNode* step = analysis_.find("stepWeight");
    if (list != nullptr && list->is_list() && !list->items.empty()) {
      for (const DocNode& weight : list->items) add_weight(weight, number_of(weight));
    } else if (step != nullptr) {
      const DocNode* most = analysis_.find("maxWeight");
      const auto by = number_of(*step);
      const auto last = most == nullptr ? std::optional<double>(100) : number_of(*most);
      if (!by || !last || *by <= 0) {
        add_weight(*step, std::nullopt);
      } else {
        for (double at = *by; at < *last + *by && reading_.plan.stages.size() < kMostStages; at += *by) {
          add_weight(*step, std::min(at, *last));
        }
      }
    }
    if (reading_.plan.stages.empty() && reading_.plan.plain_why.empty()) {
      reading_.plain(analysis_, "the analysis has neither stepWeight, stepWeights nor iterations: no stage");
    }
  }

  void add_weight(const DocNode& at, std::optional<double> percent) {
    if (percent && *percent >= 100) return;  // everybody
    RolloutStage next = stage();
    next.at = reading_.place(at);
    next.percent = percent;
    if (!percent || *percent <= 0) {
      next.percent.reset();
      next.percent_unknown = "the weight is not a number above 0";
    }
    reading_.plan.stages.push_back(std::move(next));
  }

  bool read_metrics() {
    const DocNode* metrics = analysis_.find("metrics");
    if (metrics == nullptr || !metrics->is_list() || metrics->items.empty()) {
      const DocNode* hooks = analysis_.find("webhooks");
      reading_.trap(hooks == nullptr ? analysis_ : *hooks,
                    hooks == nullptr ? "the analysis has no metrics: nothing stops it"
                                     : "the analysis has no metrics, only webhooks: what these check is not seen here");
      return false;
    }
    for (const DocNode& metric : metrics->items) {
      const std::string source = source_of(metric);
      if (!source.empty()) measured_ += (measured_.empty() ? "" : ", ") + source;
    }
    return !measured_.empty();
  }

  /// "error-rate (datadog)"; empty, and a trap, for one that never fails.
  std::string source_of(const DocNode& metric) {
    const std::string name = scalar_text(metric.find("name"));
    const std::string who = "the metric " + (name.empty() ? std::string("without a name") : name);
    const bool success_rate = name == "request-success-rate";
    std::string by = "prometheus";
    if (const DocNode* reference = metric.find({"templateRef", "name"})) {
      const DocNode* found = all_.object("MetricTemplate", scalar_text(reference));
      if (found == nullptr) {
        reading_.trap(*reference, "the metric template " + scalar_text(reference) +
                                      " is in none of the files given: it proves nothing");
        return "";
      }
      by = scalar_text(found->find({"spec", "provider", "type"}));
    } else if (!success_rate && name != "request-duration" && scalar_text(metric.find("query")).empty()) {
      reading_.trap(metric, who + " has neither a template nor a query: nothing is measured");
      return "";
    }
    const DocNode* range = metric.find("thresholdRange");
    const bool has_end = range != nullptr && (range->find("min") != nullptr || range->find("max") != nullptr);
    const DocNode* threshold = metric.find("threshold");
    const bool never = (range != nullptr && !has_end) ||
                       (range == nullptr && success_rate && (threshold == nullptr || number_of(*threshold) == 0.0));
    if (never) {
      reading_.trap(metric, who + " has no thresholdRange with min or max: it never fails");
      return "";
    }
    if (success_rate && range != nullptr && range->find("max") == nullptr && number_of(*range->find("min")) <= 0.0) {
      reading_.trap(*range, who + " fails below 0 %: never");
      return "";
    }
    return name + (by.empty() ? "" : " (" + by + ")");
  }

  const DocNode& spec_;
  const DocNode& analysis_;
  const RolloutSet& all_;
  PlanReading& reading_;
  double interval_ = 1;
  Place bake_at_;
  std::string measured_;
};

bool is_flagger(const DocNode& document) { return is_kubernetes_object(document, "flagger.app", "Canary"); }

/// What is set to anything but a plain `false` counts as set: YAML has many words for true.
const DocNode* set(const DocNode& spec, const char* key) {
  const DocNode* node = spec.find(key);
  return node != nullptr && truth_of(*node).value_or(true) ? node : nullptr;
}

Result<RolloutReading> read_flagger(const std::string& path, const DocNode& document, const RolloutSet& all) {
  PlanReading reading("flagger", path, *document.find("kind"));
  reading.plan.name = scalar_text(document.find({"metadata", "name"}));
  reading.plan.space = scalar_text(document.find({"metadata", "namespace"}));
  reading.plan.share_of = "requests";
  const DocNode* spec = document.find("spec");
  if (spec == nullptr) {
    return fail_at(Error::Kind::config, reading.plan.at, "is a Canary without a spec");
  }
  const DocNode* target = spec->find({"targetRef", "name"});
  const DocNode* pods = target == nullptr ? nullptr : all.object("Deployment", scalar_text(target));
  if (pods != nullptr) {
    ships_of_pods(*pods, reading, target);
  } else {
    reading.ships(target);
  }
  const DocNode* analysis = spec->find("analysis");
  if (analysis == nullptr) analysis = spec->find("canaryAnalysis");
  if (const DocNode* skip = set(*spec, "skipAnalysis")) {
    reading.plain(*skip, "skipAnalysis: the new version is promoted without a stage");
  } else if (analysis == nullptr || !analysis->is_map()) {
    reading.plain(*spec, "the Canary has no analysis: the new version is promoted without a stage");
  } else {
    CanaryAnalysis(*spec, *analysis, all, reading).read();
  }
  if (const DocNode* suspend = set(*spec, "suspend")) {
    reading.plain(*suspend, "suspend: Flagger leaves this Canary alone");
  }
  reading.remark(document,
                 "on the first deploy of a Canary there is no analysis; whether this is one is not seen here");
  return RolloutReading{{std::move(reading.plan)}, {}, {}};
}

}  // namespace

const RolloutFormat flagger_canary{"Flagger", is_flagger, read_flagger};

}  // namespace patchgate
