#pragma once

#include <optional>
#include <string>

#include "analyzers/rollout/analysis_templates.h"
#include "analyzers/rollout/document.h"
#include "analyzers/rollout/plan.h"

namespace patchgate {

/// Whether a document is a Kubernetes object.
bool is_kubernetes_object(const DocNode& document);
bool is_argo_rollout(const DocNode& document);
bool is_deployment(const DocNode& document);

/// An Argo `Rollout` (argoproj.io): canary or blue-green.
RolloutPlan read_argo_rollout(const std::string& path, const DocNode& document, const AnalysisTemplates& templates);

/// A plain `Deployment`: pods are replaced, users are not told apart: weak, or none when all are replaced at once.
RolloutPlan read_deployment(const std::string& path, const DocNode& document);

/// The line (from 1) of a template expression such as `{{ .Values.x }}` that was not filled in; Argo's own arguments
/// (`{{args.x}}`) and comments do not count.
std::optional<std::uint32_t> line_of_template(std::string_view text);

}  // namespace patchgate
