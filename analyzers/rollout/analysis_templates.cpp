#include "analyzers/rollout/analysis_templates.h"

#include <algorithm>
#include <set>

#include "analyzers/rollout/conditions.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

constexpr long kMostFailures = 10;  // more than that in a row and somebody has seen them before the rollout has

bool is_kind(const DocNode& document, std::string_view kind) { return scalar_text(document.find("kind")) == kind; }

/// dryRun names metrics by name or regular expression. Any that is no plain name counts as matching all: the doubt is
/// at the cost of the claim.
bool names_metric(const DocNode& dry_run, const std::string& metric) {
  if (!dry_run.is_list()) return false;
  return std::any_of(dry_run.items.begin(), dry_run.items.end(), [&](const DocNode& item) {
    const std::string name = scalar_text(item.find("metricName"));
    return name == metric || name.find_first_of(".*+?[](){}|^$\\") != std::string::npos;
  });
}

/// A job and Kayenta fail by themselves; other providers need a condition, or every answer is a success.
bool decides_itself(const DocNode& metric) {
  return metric.find({"provider", "job"}) != nullptr || metric.find({"provider", "kayenta"}) != nullptr;
}

}  // namespace

struct AnalysisTemplates::Judging {
  Judgement result;
  std::vector<const DocNode*> dry_runs;
  std::set<const DocNode*> seen;  ///< templates may name templates
  Where where = Where::step;

  void trap(const std::string& path, const DocNode& at, std::string text) {
    result.traps.emplace_back(Place{path, at.line, 0}, std::move(text));
  }
};

void AnalysisTemplates::add(const std::string& path, const DocNode& document) {
  const bool cluster_wide = is_kind(document, "ClusterAnalysisTemplate");
  if (!cluster_wide && !is_kind(document, "AnalysisTemplate")) return;
  const std::string name = scalar_text(document.find({"metadata", "name"}));
  if (!name.empty()) templates_[{cluster_wide, name}].push_back({path, &document});
}

AnalysisTemplates::Judgement AnalysisTemplates::judge(const std::string& path, const DocNode& analysis,
                                                      Where where) const {
  Judging judging;
  judging.where = where;
  if (const DocNode* dry_run = analysis.find("dryRun")) judging.dry_runs.push_back(dry_run);
  judge_references(path, analysis, judging);
  if (judging.seen.empty() && judging.result.traps.empty()) {
    judging.trap(path, analysis, "the analysis names no template: it measures nothing");
  }
  return std::move(judging.result);
}

void AnalysisTemplates::judge_references(const std::string& path, const DocNode& holder, Judging& judging) const {
  const DocNode* references = holder.find(holder.find("analyses") == nullptr ? "templates" : "analyses");
  if (references == nullptr || !references->is_list()) return;
  for (const DocNode& reference : references->items) {
    const DocNode* name = reference.find("templateName");
    if (name == nullptr || !name->is_scalar()) continue;
    const DocNode* scope = reference.find("clusterScope");
    const bool cluster_wide = scope != nullptr && truth_of(*scope).value_or(false);
    const auto found = templates_.find({cluster_wide, name->text});
    if (found == templates_.end()) {
      judging.trap(path, *name,
                   "the analysis template " + name->text + " is in none of the files given: it proves nothing");
    } else if (found->second.size() > 1) {
      judging.trap(path, *name,
                   "the analysis template " + name->text + " is given more than once: which one runs is not clear");
    } else {
      judge_template(found->second.front(), judging);
    }
  }
}

void AnalysisTemplates::judge_template(const Template& found, Judging& judging) const {
  if (!judging.seen.insert(found.document).second) return;
  const DocNode* spec = found.document->find("spec");
  if (spec == nullptr) return;
  const std::size_t outer = judging.dry_runs.size();
  if (const DocNode* dry_run = spec->find("dryRun")) judging.dry_runs.push_back(dry_run);
  if (const DocNode* metrics = spec->find("metrics"); metrics != nullptr && metrics->is_list()) {
    for (const DocNode& metric : metrics->items) judge_metric(found.path, metric, judging);
  }
  judge_references(found.path, *spec, judging);
  judging.dry_runs.resize(outer);
}

void AnalysisTemplates::judge_metric(const std::string& path, const DocNode& metric, Judging& judging) const {
  const std::string name = scalar_text(metric.find("name"));
  const std::string who = "the metric " + (name.empty() ? std::string("without a name") : name);
  const bool dry = std::any_of(judging.dry_runs.begin(), judging.dry_runs.end(),
                               [&](const DocNode* dry_run) { return names_metric(*dry_run, name); });
  if (dry) return judging.trap(path, metric, who + " is in dryRun: it never aborts");
  const DocNode* provider = metric.find("provider");
  if (provider == nullptr) return judging.trap(path, metric, who + " has no provider: nothing is measured");
  if (!decides_itself(metric) && !has_condition(metric, who, path, judging)) return;
  if (!judge_limits(metric, who, path, judging)) return;
  judge_times(metric, who, path, judging);
  judge_delay(metric, who, path, judging);
  judging.result.aborts = true;
  judging.result.measured += (judging.result.measured.empty() ? "" : ", ") + name;
  if (provider->is_map() && !provider->members.empty()) {
    judging.result.measured += " (" + provider->members.front().key + ")";
  }
}

/// A failureCondition alone decides where there is one; a successCondition beside it only tells "inconclusive".
bool AnalysisTemplates::has_condition(const DocNode& metric, const std::string& who, const std::string& path,
                                      Judging& judging) const {
  const DocNode* condition = metric.find("failureCondition");
  const bool tells_failure = !scalar_text(condition).empty();
  if (!tells_failure) condition = metric.find("successCondition");
  const std::string text = scalar_text(condition);
  if (text.empty()) {
    judging.trap(path, metric, who + " has no successCondition and no failureCondition: it never fails");
    return false;
  }
  const std::string has = who + " has " + (tells_failure ? "failureCondition " : "successCondition ") + text;
  const ConditionKind kind = kind_of_condition(text);
  if (kind != ConditionKind::measured) {
    const bool always = kind == ConditionKind::always;
    judging.trap(path, *condition,
                 has + ", which is " + (always ? "always" : "never") + " true: it " +
                     (always == tells_failure ? "fails whatever is measured" : "never aborts"));
    return false;
  }
  if (mentions(text, "result")) return true;
  judging.trap(path, *condition, has + ", which is not seen to ask for the result: nothing shows that it aborts");
  return false;
}

bool AnalysisTemplates::judge_limits(const DocNode& metric, const std::string& who, const std::string& path,
                                     Judging& judging) const {
  long limit = 0;
  if (const DocNode* failure_limit = metric.find("failureLimit")) {
    const auto given = whole_of(*failure_limit);
    if (!given) {
      judging.trap(path, *failure_limit, who + " has a failureLimit that is not a number");
      return false;
    }
    if (*given < 0) {
      judging.trap(path, *failure_limit, who + " has failureLimit " + failure_limit->text + ": failures never abort");
      return false;
    }
    limit = *given;
  }
  if (const DocNode* count = metric.find("count")) {
    const auto given = whole_of(*count);
    if (given && *given > 0 && *given <= limit) {
      judging.trap(path, metric,
                   who + " is measured " + count->text + " times and may fail " + std::to_string(limit) +
                       " times: it never aborts");
      return false;
    }
  }
  if (limit > kMostFailures) {
    judging.trap(path, *metric.find("failureLimit"),
                 who + " has failureLimit " + std::to_string(limit) + ", above 10: so many failures abort nothing");
  }
  if (const DocNode* errors = metric.find("consecutiveErrorLimit")) {
    const auto given = whole_of(*errors);
    const std::string has = who + " has consecutiveErrorLimit " + errors->text;
    if (!given || *given < 0 || *given > 1000) {
      judging.trap(path, *errors, has + ": a metric that cannot be read never aborts");
    } else if (*given > kMostFailures) {
      judging.trap(path, *errors, has + ", above 10: a metric that cannot be read aborts late");
    }
  }
  return true;
}

void AnalysisTemplates::judge_delay(const DocNode& metric, const std::string& who, const std::string& path,
                                    Judging& judging) const {
  const auto minutes_in = [&](const char* key) {
    const DocNode* node = metric.find(key);
    return node == nullptr ? std::nullopt : minutes_of(scalar_text(node), true);
  };
  const DocNode* delay = metric.find("initialDelay");
  const auto given = minutes_in("initialDelay");
  if (delay != nullptr && !given) judging.trap(path, *delay, who + " has an initialDelay that is not a time");
  const double look = given.value_or(0);
  Judgement& result = judging.result;
  if (!result.aborts || look < result.first_look) {
    result.first_look = look;
    result.delayed = given ? who + " has initialDelay " + delay->text : "";
    if (delay != nullptr) result.delay_at = {path, delay->line, 0};
  }
  const DocNode* count = metric.find("count");
  const auto times = count == nullptr ? std::optional<long>(1) : whole_of(*count);
  result.lasts = std::max(result.lasts, minutes_in("interval").value_or(0) * static_cast<double>(times.value_or(1)));
}

/// How often it measures: a metric that measures once sees the first moment only.
void AnalysisTemplates::judge_times(const DocNode& metric, const std::string& who, const std::string& path,
                                    Judging& judging) const {
  const DocNode* interval = metric.find("interval");
  const DocNode* count = metric.find("count");
  if (metric.find({"provider", "job"}) != nullptr) return;  // runs as long as it takes
  if (interval == nullptr && (count == nullptr || whole_of(*count) == 1)) {
    judging.trap(path, metric, who + " has no interval: it is measured once, and later errors are not seen");
  } else if (interval == nullptr) {
    judging.trap(path, *count, who + " has a count and no interval: the analysis is not valid");
  } else if (count == nullptr && judging.where == Where::step) {
    judging.trap(path, metric, who + " has an interval and no count: this step never ends by itself");
  }
}

}  // namespace patchgate
