#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// A share of the traffic at which the rollout waits.
struct RolloutStage {
  std::optional<double> percent;  ///< none: not known, `percent_unknown` says why
  std::string percent_unknown;
  std::optional<double> bake_minutes;  ///< none: until a person, or a measurement without a set length, goes on
  bool waits = false;
  bool aborts = false;     ///< a measurement stops the rollout by itself while this stage runs
  std::string abort_by{};  ///< what is measured and by whom: "error-rate (prometheus)"; may be empty
  Place at, bake_at, abort_at;
};

enum class RolloutLevel { none, weak, staged, staged_abort };
const char* name_of(RolloutLevel level);

/// Whether a manifest rolls out what the patch touches.
enum class RolloutLink { unknown, yes, no };
const char* name_of(RolloutLink link);

/// A sentence about a line of a manifest.
using RolloutNote = std::pair<Place, std::string>;

/// What one manifest promises, whatever its format.
struct RolloutPlan {
  std::string system;  ///< "argo", "flagger", …: as in the fact rollout.system
  std::string name;    ///< what the manifest calls it; may be empty
  Place at;
  bool at_once = false;                              ///< everything is replaced in one step
  std::string plain_why;                             ///< for a plan without stages: why it is weak or none
  std::string share_of;                              ///< what the percent is a share of: "requests", "pods", "users"
  std::vector<RolloutStage> stages;                  ///< only those that wait, in order
  std::vector<RolloutNote> traps;                    ///< what seems to protect and does not
  std::vector<RolloutNote> remarks;                  ///< what the manifest cannot show
  std::string flag;                                  ///< the key, where the plan is a feature flag
  std::vector<std::pair<Place, std::string>> ships;  ///< names of what it rolls out: images, applications
  RolloutLink linked = RolloutLink::unknown;
  std::string linked_why;  ///< in words, with places
  std::string space{};     ///< the Kubernetes namespace that the manifest names; may be empty
};

RolloutLevel level_of(const RolloutPlan& plan);

/// Weaker: a lower level; then a larger first share, one that is not known being the largest.
bool is_weaker(const RolloutPlan& a, const RolloutPlan& b);

/// A place in the code where a feature flag decides whether changed code runs.
struct FlagGuard {
  std::string key;
  std::string function;  ///< as the code spells it: "BoolVariation"
  Place at;              ///< of the call
};

/// What was seen of rollouts, beside the facts.
struct RolloutFindings {
  std::vector<RolloutPlan> plans;  ///< the one that counts first, then in the order of the files
  std::vector<RolloutPlan> flags;  ///< the flags that the touched code asks for
  std::vector<FlagGuard> guards;   ///< by place
  std::vector<Place> unguarded;    ///< changed code that no flag guards, where other changed code is guarded
};

/// A file of the head that this looks into, beside the manifests.
struct RolloutSource {
  std::string path;
  std::string text;
};

/// A C-family file that the patch changes, on both sides; empty where it is not there.
struct ChangedCode {
  std::string path;  ///< on head
  std::string base, head;
};

/// What the pipeline reads for this part.
struct RolloutInputs {
  std::vector<std::pair<std::string, std::string>> flag_catalogues;  ///< (name, JSON text); the built-in one first
  std::vector<ChangedCode> changed_code;
  std::vector<RolloutSource> build_files;  ///< CMakeLists.txt, Dockerfile, compose.yaml
};

}  // namespace patchgate
