#include "analyzers/rollout/kubernetes.h"

#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

void read_pods(const DocNode& document, PlanReading& reading) {
  const DocNode* containers = document.find({"spec", "template", "spec", "containers"});
  if (containers == nullptr || !containers->is_list()) return;
  for (const DocNode& container : containers->items) {
    if (container.find("readinessProbe") != nullptr) continue;
    reading.trap(container, "the container " + scalar_text(container.find("name")) +
                                " has no readinessProbe: a pod that starts counts as good");
  }
  const DocNode* ready = document.find({"spec", "minReadySeconds"});
  if (ready == nullptr || whole_of(*ready).value_or(0) <= 0) {
    reading.trap(ready == nullptr ? *containers : *ready,
                 "minReadySeconds is 0: the next pod follows as soon as one is ready");
  }
}

Result<RolloutReading> read_deployment(const std::string& path, const DocNode& document, const RolloutSet&) {
  PlanReading reading("kubernetes", path, *document.find("kind"));
  RolloutPlan& plan = reading.plan;
  plan.name = scalar_text(document.find({"metadata", "name"}));
  plan.space = scalar_text(document.find({"metadata", "namespace"}));
  plan.share_of = "pods";
  ships_of_pods(document, reading);
  const DocNode* type = document.find({"spec", "strategy", "type"});
  plan.at_once = scalar_text(type) == "Recreate";
  plan.plain_why = plan.at_once ? "the Deployment recreates all pods at once"
                                : "a rolling update of a Deployment: pods, not users, and nothing that stops it";
  if (type != nullptr) plan.at = reading.place(*type);
  plan.traps.emplace_back(plan.at, plan.plain_why);
  if (!plan.at_once) read_pods(document, reading);
  return RolloutReading{{}, {std::move(reading.plan)}, {}};
}

bool is_deployment(const DocNode& document) { return is_kubernetes_object(document, "apps", "Deployment"); }

Result<RolloutReading> read_other(const std::string& path, const DocNode& document, const RolloutSet&) {
  if (is_kubernetes_object(document, "kustomize.config.k8s.io", "Kustomization")) {
    return fail_at(Error::Kind::config, {path, document.find("kind")->line, 0},
                   "is a kustomization, which is filled in later; give the rendered manifest");
  }
  return RolloutReading{};
}

}  // namespace

bool is_kubernetes_object(const DocNode& document) {
  return !scalar_text(document.find("apiVersion")).empty() && !scalar_text(document.find("kind")).empty();
}

bool is_kubernetes_object(const DocNode& document, std::string_view group, std::string_view kind) {
  const std::string version = scalar_text(document.find("apiVersion"));
  return scalar_text(document.find("kind")) == kind && version.starts_with(group) && version.size() > group.size() &&
         version[group.size()] == '/';
}

void ships_of_pods(const DocNode& document, PlanReading& reading, const DocNode* by) {
  const std::size_t before = reading.plan.ships.size();
  const DocNode* containers = document.find({"spec", "template", "spec", "containers"});
  if (containers != nullptr && containers->is_list()) {
    for (const DocNode& container : containers->items) reading.ships(container.find("image"), by);
  }
  if (reading.plan.ships.size() == before) reading.ships(document.find({"metadata", "name"}), by);
}

const RolloutFormat kubernetes_deployment{"Kubernetes Deployment", is_deployment, read_deployment};
const RolloutFormat kubernetes_other{"", is_kubernetes_object, read_other};

}  // namespace patchgate
