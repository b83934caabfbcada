#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/rollout.h"
#include "analyzers/rollout/document.h"

namespace patchgate {

/// The AnalysisTemplates and ClusterAnalysisTemplates of all files given, and whether an analysis that uses them could
/// ever stop a rollout.
class AnalysisTemplates {
 public:
  /// Ignores documents of other kinds. The document must outlive this.
  void add(const std::string& path, const DocNode& document);

  struct Judgement {
    bool aborts = false;   ///< at least one metric can fail
    std::string measured;  ///< these, with their providers: "error-rate (prometheus)"
    std::vector<RolloutNote> traps;
  };
  enum class Where { step, background };
  /// An `experiment` or an `analysis` of a step, of the whole canary, or of a blue-green switch. A metric can fail when
  /// it has a condition (or a provider that decides itself), is not in dryRun, and its failureLimit can be passed.
  Judgement judge(const std::string& path, const DocNode& analysis, Where where) const;

 private:
  struct Template {
    std::string path;
    const DocNode* document = nullptr;
  };
  struct Judging;
  void judge_references(const std::string& path, const DocNode& holder, Judging& judging) const;
  void judge_template(const Template& found, Judging& judging) const;
  void judge_metric(const std::string& path, const DocNode& metric, Judging& judging) const;
  void judge_times(const DocNode& metric, const std::string& who, const std::string& path, Judging& judging) const;

  std::map<std::pair<bool, std::string>, std::vector<Template>> templates_;  // (cluster-wide, name)
};

}  // namespace patchgate
