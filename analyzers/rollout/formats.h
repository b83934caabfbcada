#pragma once

#include <string>
#include <vector>

#include "analyzers/model/rollout.h"
#include "analyzers/rollout/analysis_templates.h"
#include "analyzers/rollout/document.h"
#include "analyzers/rollout/flag_share.h"

namespace patchgate {

struct RolloutFile {
  std::string path;
  std::vector<DocNode> documents;
};

/// All files given: what one document names may lie in another.
struct RolloutSet {
  explicit RolloutSet(const std::vector<RolloutFile>& all);
  /// The first Kubernetes object of that kind and name; null where it is not given.
  const DocNode* object(std::string_view kind, std::string_view name) const;

  const std::vector<RolloutFile>& files;
  AnalysisTemplates templates;
};

/// What a document holds.
struct RolloutReading {
  std::vector<RolloutPlan> plans;
  std::vector<RolloutPlan> fallbacks;  ///< that count only where there is no other plan
  std::vector<FlagShare> flags;
};

/// One format of rollout manifests.
struct RolloutFormat {
  const char* about;  ///< for messages: "Argo Rollouts"
  bool (*is)(const DocNode& document);
  /// Errors (config, at a line): what cannot be read, or is filled in only later.
  Result<RolloutReading> (*read)(const std::string& path, const DocNode& document, const RolloutSet& all);
};

/// All formats, in the order in which they are asked; the first that `is` one reads the document.
const std::vector<RolloutFormat>& rollout_formats();

/// "Argo Rollouts, Flagger, …".
std::string known_formats();

}  // namespace patchgate
