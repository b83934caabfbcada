#include <gtest/gtest.h>

#include "said.h"

namespace patchgate {
namespace {

/// `analysis` stands below spec.analysis, `spec` below spec.
std::string canary(const std::string& analysis, const std::string& spec = "") {
  return "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata:\n  name: crm\nspec:\n"
         "  targetRef: {apiVersion: apps/v1, kind: Deployment, name: crm}\n" +
         spec + "  analysis:\n    interval: 1m\n    threshold: 5\n" + analysis;
}
const std::string kWeights = "    maxWeight: 50\n    stepWeight: 5\n";
const std::string kRate =
    "    metrics:\n    - name: request-success-rate\n      thresholdRange: {min: 99}\n      interval: 1m\n";
const std::string kGood = "staged_abort; 5 % of requests; 1 min; request-success-rate (prometheus) |";

struct Case {
  const char* name;
  ManifestFiles files;
  std::string expected;
};

const Case kCases[] = {
    {"a share that rises", {{"c.yaml", canary(kWeights + kRate)}}, kGood},
    {"a list of weights",
     {{"c.yaml", canary("    stepWeights: [1, 10, 80]\n" + kRate)}},
     "staged_abort; 1 % of requests; 1 min; request-success-rate (prometheus) |"},
    {"no metrics",
     {{"c.yaml", canary(kWeights)}},
     "staged; 5 % of requests; 1 min | c.yaml:7 the analysis has no metrics: nothing stops it;"},
    {"webhooks alone",
     {{"c.yaml", canary(kWeights + "    webhooks:\n    - {name: load, url: http://tester/}\n")}},
     "staged; 5 % of requests; 1 min | c.yaml:12 the analysis has no metrics, only webhooks: what these check is not "
     "seen here;"},
    {"skipAnalysis",
     {{"c.yaml", canary(kWeights + kRate, "  skipAnalysis: true\n")}},
     "weak | c.yaml:7 skipAnalysis: the new version is promoted without a stage;"},
    {"skipAnalysis, as another word for true",
     {{"c.yaml", canary(kWeights + kRate, "  skipAnalysis: yes\n")}},
     "weak | c.yaml:7 skipAnalysis: the new version is promoted without a stage;"},
    {"skipAnalysis, switched off", {{"c.yaml", canary(kWeights + kRate, "  skipAnalysis: false\n")}}, kGood},
    {"suspend",
     {{"c.yaml", canary(kWeights + kRate, "  suspend: true\n")}},
     "weak | c.yaml:7 suspend: Flagger leaves this Canary alone;"},
    {"no analysis",
     {{"c.yaml", "apiVersion: flagger.app/v1beta1\nkind: Canary\nspec:\n  targetRef: {name: crm}\n"}},
     "weak | c.yaml:3 the Canary has no analysis: the new version is promoted without a stage;"},
    {"no spec",
     {{"c.yaml", "apiVersion: flagger.app/v1beta1\nkind: Canary\n"}},
     "level ? c.yaml:2: is a Canary without a spec at c.yaml:2"},
    {"iterations are blue-green",
     {{"c.yaml", canary("    iterations: 10\n" + kWeights + kRate)}},
     "weak | c.yaml:12 stepWeight does nothing beside iterations; c.yaml:11 maxWeight does nothing beside iterations; "
     "c.yaml:10 iterations without match are blue-green: no "
     "user meets the new version before all do;"},
    {"requests that match a header",
     {{"c.yaml", canary("    iterations: 10\n    match:\n    - headers: {x-canary: {exact: always}}\n" + kRate)}},
     "staged_abort; ? the requests that match are an unknown share of all; 10 min; request-success-rate (prometheus) "
     "|"},
    {"a provider without a mesh",
     {{"c.yaml", canary(kWeights + kRate, "  provider: kubernetes\n")}},
     "weak | c.yaml:7 the provider kubernetes cannot share out requests: Flagger makes it blue-green;"},
    {"neither weights nor iterations",
     {{"c.yaml", canary(kRate)}},
     "weak | c.yaml:7 the analysis has neither stepWeight, stepWeights nor iterations: no stage;"},
    {"a weight that is no number",
     {{"c.yaml", canary("    stepWeight: ${STEP}\n" + kRate)}},
     "staged_abort; ? the weight is not a number above 0; 1 min; request-success-rate (prometheus) |"},
    {"everybody at the first step",
     {{"c.yaml", canary("    stepWeight: 100\n" + kRate)}},
     "weak | c.yaml:7 the analysis has neither stepWeight, stepWeights nor iterations: no stage;"},
    {"a metric without a range",
     {{"c.yaml", canary(kWeights + "    metrics:\n    - name: request-success-rate\n")}},
     "staged; 5 % of requests; 1 min | c.yaml:13 the metric request-success-rate has no thresholdRange with min or "
     "max: "
     "it never fails;"},
    {"a range with no end",
     {{"c.yaml", canary(kWeights + "    metrics:\n    - name: request-duration\n      thresholdRange: {}\n")}},
     "staged; 5 % of requests; 1 min | c.yaml:13 the metric request-duration has no thresholdRange with min or max: it "
     "never fails;"},
    {"a rate that may fall to nothing",
     {{"c.yaml",
       canary(kWeights + "    metrics:\n    - name: request-success-rate\n      thresholdRange: {min: 0}\n")}},
     "staged; 5 % of requests; 1 min | c.yaml:14 the metric request-success-rate fails below 0 %: never;"},
    {"a metric that nothing measures",
     {{"c.yaml", canary(kWeights + "    metrics:\n    - name: errors\n      thresholdRange: {max: 1}\n")}},
     "staged; 5 % of requests; 1 min | c.yaml:13 the metric errors has neither a template nor a query: nothing is "
     "measured;"},
    {"a template that is not there",
     {{"c.yaml", canary(kWeights + "    metrics:\n    - name: errors\n      templateRef: {name: errors}\n"
                                   "      thresholdRange: {max: 1}\n")}},
     "staged; 5 % of requests; 1 min | c.yaml:14 the metric template errors is in none of the files given: it proves "
     "nothing;"},
    {"a template",
     {{"c.yaml", canary(kWeights + "    metrics:\n    - name: errors\n      templateRef: {name: errors}\n"
                                   "      thresholdRange: {max: 1}\n")},
      {"m.yaml",
       "apiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: {name: errors}\nspec:\n"
       "  provider: {type: datadog}\n  query: avg:errors{ns:{{ namespace }},i:{{interval}}}\n"}},
     "staged_abort; 5 % of requests; 1 min; errors (datadog) |"},
    {"a template of Helm beside it",
     {{"c.yaml", canary(kWeights + "    threshold2: {{ .Values.threshold }}\n")}},
     "level ? c.yaml:12: has templates in it that are not filled in; give the rendered manifest at c.yaml:12"},
    {"an interval below the least",
     {{"c.yaml",
       "apiVersion: flagger.app/v1beta1\nkind: Canary\nspec:\n  analysis:\n    interval: 1s\n" + kWeights + kRate}},
     "staged_abort; 5 % of requests; 0.17 min; request-success-rate (prometheus) |"},
};

TEST(Flagger, Cases) {
  for (const Case& c : kCases) EXPECT_EQ(in_short(c.files), c.expected) << c.name;
}

}  // namespace
}  // namespace patchgate
