#pragma once

#include "analyzers/rollout/formats.h"
#include "analyzers/rollout/plan_reading.h"

namespace patchgate {

/// Whether a document is a Kubernetes object.
bool is_kubernetes_object(const DocNode& document);
/// Of that group ("apps", "argoproj.io") and kind.
bool is_kubernetes_object(const DocNode& document, std::string_view group, std::string_view kind);

/// What the plan ships: the images of the pod template below `spec`; without any, the object's own name.
/// `by`: what refers to that object, where the plan is another document's.
void ships_of_pods(const DocNode& document, PlanReading& reading, const DocNode* by = nullptr);

/// A plain `Deployment`: pods are replaced, users are not told apart: weak, or none when all are replaced at once.
extern const RolloutFormat kubernetes_deployment;
/// Any other object of Kubernetes: says nothing about a rollout; a kustomization is an error.
extern const RolloutFormat kubernetes_other;

}  // namespace patchgate
