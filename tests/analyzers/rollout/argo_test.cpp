#include <gtest/gtest.h>

#include "analyzers/rollout/template_text.h"
#include "said.h"

namespace patchgate {
namespace {

/// `spec` is put below spec, `canary` below spec.strategy.canary; both with their indentation.
std::string rollout(const std::string& canary, const std::string& spec = "") {
  return "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: crm\nspec:\n" + spec +
         "  strategy:\n    canary:\n" + canary;
}
const std::string kRouted = "      trafficRouting: {nginx: {stableIngress: crm}}\n";
const std::string kWatched = "      - analysis:\n          templates:\n          - templateName: errors\n";

std::string analysis(const std::string& metric, const std::string& spec = "") {
  return "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata:\n  name: errors\nspec:\n" + spec +
         "  metrics:\n  - name: error-rate\n" + metric;
}
const std::string kProvider = "    provider: {prometheus: {query: \"rate{job='{{args.service}}'}\"}}\n";
const std::string kTimes = "    interval: 1m\n    count: 5\n";
const std::string kGoodMetric = "    interval: 1m\n    count: 5\n    successCondition: result[0] < 0.01\n" + kProvider;

TEST(Argo, StagedWithAbort) {
  EXPECT_EQ(
      said({{"rollout.yaml", rollout(kRouted + "      steps:\n      - setWeight: 5\n      - pause: {duration: 10m}\n" +
                                     kWatched + "      - setWeight: 50\n      - pause: {duration: 600}\n")},
            {"analysis.yaml", analysis(kGoodMetric)}}),
      "level = staged_abort at rollout.yaml:2\n"
      "stages.count = 2 at rollout.yaml:2\n"
      "first_stage.percent = 5 at rollout.yaml:10\n"
      "bake.minutes ? the first stage waits until a person or a measurement goes on at rollout.yaml:11\n"
      "abort = true at rollout.yaml:12\n");
}

TEST(Argo, StagedByTime) {
  EXPECT_EQ(
      said({{"rollout.yaml", rollout(kRouted + "      steps:\n      - setWeight: 5\n      - pause: {duration: 1h}\n"
                                               "      - pause: {duration: 30m}\n      - setWeight: 50\n")}}),
      "level = staged at rollout.yaml:2\n"
      "stages.count = 1 at rollout.yaml:2\n"
      "first_stage.percent = 5 at rollout.yaml:10\n"
      "bake.minutes = 90 at rollout.yaml:11\n"
      "abort = false at rollout.yaml:10\n"
      "rollout: rollout.yaml:13: nothing waits at this weight: the next step follows at once\n");
}

struct Case {
  const char* name;
  std::string rollout;
  const char* level;
  const char* traps;
};

const std::string kStep5 = kRouted + "      steps:\n      - setWeight: 5\n";
const std::string kPause = "      - pause: {duration: 10m}\n";

const Case kStepCases[] = {
    {"no steps", rollout("      maxSurge: 1\n"), "weak",
     "rollout.yaml:7: the canary has no steps: a plain rolling update"},
    {"an empty canary", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec: {strategy: {canary: {}}}", "weak",
     "rollout.yaml:3: the canary has no steps: a plain rolling update"},
    {"no strategy", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec: {replicas: 3}", "weak",
     "rollout.yaml:2: the Rollout has neither a canary nor a blue-green strategy"},
    {"no pause", rollout(kStep5), "weak",
     "rollout.yaml:10: nothing waits at this weight: the next step follows at once; "
     "rollout.yaml:9: no step of the canary waits at a partial weight"},
    {"until a person goes on", rollout(kStep5 + "      - pause: {}\n"), "staged", ""},
    {"a pause of nothing", rollout(kStep5 + "      - pause: {duration: 0}\n"), "weak",
     "rollout.yaml:10: nothing waits at this weight: the next step follows at once; "
     "rollout.yaml:11: the pause has no duration above zero: nothing waits; "
     "rollout.yaml:9: no step of the canary waits at a partial weight"},
    {"a pause that is null", rollout(kStep5 + "      - pause:\n"), "weak",
     "rollout.yaml:10: nothing waits at this weight: the next step follows at once; "
     "rollout.yaml:11: a pause must be {} or have a duration: this step is not valid; "
     "rollout.yaml:9: no step of the canary waits at a partial weight"},
    {"a pause before any weight", rollout(kRouted + "      steps:\n" + kPause + "      - setWeight: 100\n"), "weak",
     "rollout.yaml:9: no step of the canary waits at a partial weight"},
    {"a pause at zero", rollout(kRouted + "      steps:\n      - setWeight: 0\n" + kPause), "weak",
     "rollout.yaml:9: no step of the canary waits at a partial weight"},
    {"a weight in quotes", rollout(kRouted + "      steps:\n      - setWeight: \"5\"\n" + kPause), "staged", ""},
    {"pods, a share that cannot be that small",
     rollout("      steps:\n      - setWeight: 5\n" + kPause, "  replicas: 3\n"), "staged",
     "rollout.yaml:10: setWeight 5 without trafficRouting is 1 of 3 pods"},
    {"progress is no measurement", rollout(kStep5 + kPause, "  progressDeadlineAbort: true\n"), "staged",
     "rollout.yaml:6: progressDeadlineAbort stops pods that do not start, not a version that does wrong"},
    {"blue-green that switches by itself",
     "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec:\n  strategy:\n    blueGreen:\n      activeService: a\n",
     "none",
     "rollout.yaml:5: blue-green with autoPromotionEnabled (its default) and no working prePromotionAnalysis: "
     "everything "
     "switches at once"},
    {"blue-green that a person switches",
     "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec:\n  strategy:\n    blueGreen:\n"
     "      autoPromotionEnabled: false\n",
     "weak", "rollout.yaml:2: blue-green switches everything in one step"},
    {"a Deployment", "apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 3}\n", "weak",
     "rollout.yaml:2: a rolling update of a Deployment: pods, not users, and nothing that stops it"},
    {"a Deployment that is recreated",
     "apiVersion: apps/v1\nkind: Deployment\nspec:\n  strategy:\n    type: Recreate\n", "none",
     "rollout.yaml:5: the Deployment recreates all pods at once"},
    {"a Deployment beside its Rollout",
     rollout(kStep5 + kPause) + "---\napiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 3}\n", "staged", ""},
};

std::string level_and_traps(const std::string& text) {
  std::string level, traps;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const auto end = text.find('\n', at);
    const std::string current = text.substr(at, end - at);
    if (line == 0) level = current.substr(current.find("= ") + 2, current.find(" at ") - current.find("= ") - 2);
    if (line > 4) traps += (traps.empty() ? "" : "; ") + current.substr(9);
    at = end + 1;
  }
  return level + " | " + traps;
}

TEST(Argo, Steps) {
  for (const Case& c : kStepCases) {
    EXPECT_EQ(level_and_traps(said({{"rollout.yaml", c.rollout}})), std::string(c.level) + " | " + c.traps) << c.name;
  }
}

TEST(Argo, APercentOfPodsNeedsTheirNumber) {
  const auto percent = [](const std::string& replicas) {
    const std::string text =
        said({{"rollout.yaml", rollout("      steps:\n      - setWeight: 5\n      - pause: {}\n", replicas)}});
    const auto start = text.find("first_stage");
    return text.substr(start, text.find('\n', start) - start);
  };
  EXPECT_EQ(percent("  replicas: 40\n"), "first_stage.percent = 5 at rollout.yaml:10");
  EXPECT_EQ(percent("  replicas: 4\n"), "first_stage.percent = 25 at rollout.yaml:10");
  EXPECT_EQ(
      percent(""),
      "first_stage.percent ? without trafficRouting a weight is a share of the pods, and their number is not given "
      "at rollout.yaml:9");
}

struct MetricCase {
  const char* name;
  std::string metric;
  const char* level;
  const char* traps;
};

const MetricCase kMetricCases[] = {
    {"a good one", kGoodMetric, "staged_abort", ""},
    {"failureCondition, measured once", "    failureCondition: result > 1\n" + kProvider, "staged_abort",
     "analysis.yaml:7: the metric error-rate has no interval: it is measured once, and later errors are not seen"},
    {"a count and no interval", "    count: 5\n    failureCondition: result > 1\n" + kProvider, "staged_abort",
     "analysis.yaml:8: the metric error-rate has a count and no interval: the analysis is not valid"},
    {"an interval and no count", "    interval: 1m\n    failureCondition: result > 1\n" + kProvider, "staged_abort",
     "analysis.yaml:7: the metric error-rate has an interval and no count: this step never ends by itself"},
    {"no condition", "    interval: 1m\n" + kProvider, "staged",
     "analysis.yaml:7: the metric error-rate has no successCondition and no failureCondition: it never fails"},
    {"a job fails by itself", "    provider: {job: {spec: {}}}\n", "staged_abort", ""},
    {"no provider", "    successCondition: result < 1\n", "staged",
     "analysis.yaml:7: the metric error-rate has no provider: nothing is measured"},
    {"failures switched off", "    failureLimit: -1\n" + kGoodMetric, "staged",
     "analysis.yaml:8: the metric error-rate has failureLimit -1: failures never abort"},
    {"a limit that cannot be passed", "    failureLimit: 5\n" + kGoodMetric, "staged",
     "analysis.yaml:7: the metric error-rate is measured 5 times and may fail 5 times: it never aborts"},
    {"a limit in quotes", "    failureLimit: \"3\"\n" + kGoodMetric, "staged_abort", ""},
    {"a limit that is an argument", "    failureLimit: \"{{args.limit}}\"\n" + kGoodMetric, "staged",
     "analysis.yaml:8: the metric error-rate has a failureLimit that is not a number"},
    {"errors without end", "    consecutiveErrorLimit: -1\n" + kGoodMetric, "staged_abort",
     "analysis.yaml:8: the metric error-rate has consecutiveErrorLimit -1: a metric that cannot be read never aborts"},
    {"errors for long", "    consecutiveErrorLimit: 1000\n" + kGoodMetric, "staged_abort",
     "analysis.yaml:8: the metric error-rate has consecutiveErrorLimit 1000, above 10: a metric that cannot be read "
     "aborts late"},
    {"ten errors", "    consecutiveErrorLimit: 10\n" + kGoodMetric, "staged_abort", ""},
    {"failures for long",
     "    failureLimit: 11\n    count: 12\n    interval: 1m\n    failureCondition: result > 1\n" + kProvider,
     "staged_abort",
     "analysis.yaml:8: the metric error-rate has failureLimit 11, above 10: so many failures abort nothing"},
    {"a success that is always one", kTimes + "    successCondition: \"true\"\n" + kProvider, "staged",
     "analysis.yaml:10: the metric error-rate has successCondition true, which is always true: it never aborts"},
    {"a failure that is never one", kTimes + "    failureCondition: \"false\"\n" + kProvider, "staged",
     "analysis.yaml:10: the metric error-rate has failureCondition false, which is never true: it never aborts"},
    {"a way out beside the result", kTimes + "    successCondition: result[0] >= 0 || true\n" + kProvider, "staged",
     "analysis.yaml:10: the metric error-rate has successCondition result[0] >= 0 || true, which is always true: it "
     "never aborts"},
    {"a failure that is always one", kTimes + "    failureCondition: 1 == 1\n" + kProvider, "staged",
     "analysis.yaml:10: the metric error-rate has failureCondition 1 == 1, which is always true: it fails whatever is "
     "measured"},
    {"no result", kTimes + "    successCondition: len(\"result\") > 0\n" + kProvider, "staged",
     "analysis.yaml:10: the metric error-rate has successCondition len(\"result\") > 0, which is not seen to ask for "
     "the "
     "result: nothing shows that it aborts"},
    {"an argument", kTimes + "    successCondition: \"{{args.condition}}\"\n" + kProvider, "staged",
     "analysis.yaml:10: the metric error-rate has successCondition {{args.condition}}, which is not seen to ask for "
     "the "
     "result: nothing shows that it aborts"},
    {"the failure decides", kTimes + "    successCondition: \"true\"\n    failureCondition: result > 1\n" + kProvider,
     "staged_abort", ""},
    {"a success that fails nothing",
     kTimes + "    successCondition: result < 1\n    failureCondition: \"false\"\n" + kProvider, "staged",
     "analysis.yaml:11: the metric error-rate has failureCondition false, which is never true: it never aborts"},
    {"a late look", "    initialDelay: 99h\n" + kGoodMetric, "staged_abort",
     "analysis.yaml:8: the metric error-rate has initialDelay 99h, longer than its stage: it is measured late"},
    {"a look a little later", "    initialDelay: 2m\n" + kGoodMetric, "staged_abort", ""},
    {"a delay that is no time", "    initialDelay: soon\n" + kGoodMetric, "staged_abort",
     "analysis.yaml:8: the metric error-rate has an initialDelay that is not a time"},
};

TEST(Argo, Metrics) {
  for (const MetricCase& c : kMetricCases) {
    EXPECT_EQ(level_and_traps(
                  said({{"rollout.yaml", rollout(kStep5 + kPause + kWatched)}, {"analysis.yaml", analysis(c.metric)}})),
              std::string(c.level) + " | " + c.traps)
        << c.name;
  }
}

struct AnalysisCase {
  const char* name;
  std::string rollout;
  std::string analysis;
  const char* level;
  const char* traps;
};

const std::string kBeside = "      analysis:\n        templates: [{templateName: errors}]\n";

const AnalysisCase kAnalysisCases[] = {
    {"beside the steps", rollout(kBeside + kStep5 + kPause), analysis(kGoodMetric), "staged_abort", ""},
    {"beside the steps, from the first pause on", rollout(kBeside + "        startingStep: 1\n" + kStep5 + kPause),
     analysis(kGoodMetric), "staged_abort", ""},
    {"beside the steps, too late",
     rollout(kBeside + "        startingStep: 2\n" + kStep5 + kPause + "      - setWeight: 50\n" + kPause),
     analysis(kGoodMetric), "staged", "rollout.yaml:10: the analysis starts at step 2, after the first stage"},
    {"beside the steps, a look when the first stage is over",
     rollout(kBeside + kStep5 + kPause + "      - setWeight: 50\n" + kPause),
     analysis("    initialDelay: 10m\n" + kGoodMetric), "staged",
     "analysis.yaml:8: the metric error-rate has initialDelay 10m: the first stage is over by then"},
    {"beside the steps, a look within the first stage", rollout(kBeside + kStep5 + kPause),
     analysis("    initialDelay: 9m\n" + kGoodMetric), "staged_abort", ""},
    {"an experiment that is over before the look",
     rollout(kStep5 + "      - experiment:\n          duration: 5m\n          templates: [{name: x, specRef: canary}]\n"
                      "          analyses: [{name: a, templateName: errors}]\n"),
     analysis("    initialDelay: 5m\n" + kGoodMetric), "staged",
     "analysis.yaml:8: the metric error-rate has initialDelay 5m, longer than the experiment: it is never measured"},
    {"an experiment",
     rollout(kStep5 + "      - experiment:\n          duration: 5m\n          templates: [{name: x, specRef: canary}]\n"
                      "          analyses: [{name: a, templateName: errors}]\n"),
     analysis(kGoodMetric), "staged_abort", ""},
    {"an experiment that measures nothing",
     rollout(kStep5 + "      - experiment:\n          templates: [{name: x, specRef: canary}]\n"),
     analysis(kGoodMetric), "staged", ""},
    {"after the first stage", rollout(kStep5 + kPause + "      - setWeight: 50\n" + kWatched), analysis(kGoodMetric),
     "staged", ""},
    {"in dryRun by the rollout", rollout(kStep5 + kPause + kWatched + "          dryRun: [{metricName: error-rate}]\n"),
     analysis(kGoodMetric), "staged", "analysis.yaml:7: the metric error-rate is in dryRun: it never aborts"},
    {"in dryRun by the template, as a pattern", rollout(kStep5 + kPause + kWatched),
     analysis(kGoodMetric, "  dryRun:\n  - metricName: .*\n"), "staged",
     "analysis.yaml:9: the metric error-rate is in dryRun: it never aborts"},
    {"another metric in dryRun", rollout(kStep5 + kPause + kWatched),
     analysis(kGoodMetric, "  dryRun:\n  - metricName: latency\n"), "staged_abort", ""},
    {"a cluster template is another one",
     rollout(kStep5 + kPause +
             "      - analysis:\n          templates: [{templateName: errors, clusterScope: true}]\n"),
     analysis(kGoodMetric), "staged",
     "rollout.yaml:13: the analysis template errors is in none of the files given: it proves nothing"},
    {"an analysis without a template", rollout(kStep5 + kPause + "      - analysis: {}\n"), analysis(kGoodMetric),
     "staged", "rollout.yaml:12: the analysis names no template: it measures nothing"},
    {"the same template twice", rollout(kStep5 + kPause + kWatched),
     analysis(kGoodMetric) + "---\n" + analysis(kGoodMetric), "staged",
     "rollout.yaml:14: the analysis template errors is given more than once: which one runs is not clear"},
};

TEST(Argo, Analysis) {
  for (const AnalysisCase& c : kAnalysisCases) {
    EXPECT_EQ(level_and_traps(said({{"rollout.yaml", c.rollout}, {"analysis.yaml", c.analysis}})),
              std::string(c.level) + " | " + c.traps)
        << c.name;
  }
}

TEST(Argo, ATemplateThatIsNotThereProvesNothing) {
  EXPECT_EQ(level_and_traps(said({{"rollout.yaml", rollout(kStep5 + kPause + kWatched)}})),
            "staged | rollout.yaml:14: the analysis template errors is in none of the files given: it proves nothing");
}

TEST(Argo, FindsTemplatesThatWereNotFilledIn) {
  EXPECT_EQ(line_of_template("a: 1\nb: {{ .Values.x }}\n"), 2U);
  EXPECT_EQ(line_of_template("a: \"{{args.x}} {{ .Values.y }}\""), 1U);
  EXPECT_EQ(line_of_template("a: {{-\n"), 1U);
  EXPECT_EQ(line_of_template("a: {{"), 1U);
  EXPECT_EQ(line_of_template("# {{ a comment }}\na: \"{{ args.x }}\"\n"), std::nullopt);
  EXPECT_EQ(line_of_template(""), std::nullopt);
}

}  // namespace
}  // namespace patchgate
