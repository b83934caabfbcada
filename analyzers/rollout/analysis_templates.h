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
    /// From when on one of these metrics that can fail is measured, in minutes since the analysis began.
    double first_look = 0;
    std::string delayed;  ///< that metric with its initialDelay, in words; empty where it has none
    Place delay_at;
    double lasts = 0;  ///< how long the metrics are measured once they are, as far as it is written, in minutes
  };
  enum class Where { step, background };
  /// An `experiment` or an `analysis` of a step, of the whole canary, or of a blue-green switch. A metric can fail when
  /// it has a condition on its result (or a provider that decides itself), is not in dryRun, and its failureLimit can
  /// be passed.
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
  /// Whether one of its conditions can tell a bad version; says so where not.
  bool has_condition(const DocNode& metric, const std::string& who, const std::string& path, Judging& judging) const;
  /// How many failures and errors it takes; false: it never aborts.
  bool judge_limits(const DocNode& metric, const std::string& who, const std::string& path, Judging& judging) const;
  void judge_delay(const DocNode& metric, const std::string& who, const std::string& path, Judging& judging) const;
  void judge_times(const DocNode& metric, const std::string& who, const std::string& path, Judging& judging) const;

  std::map<std::pair<bool, std::string>, std::vector<Template>> templates_;  // (cluster-wide, name)
};

}  // namespace patchgate
