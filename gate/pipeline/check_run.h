#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/git/repository.h"
#include "gate/pipeline/analysis.h"
#include "gate/pipeline/judge.h"
#include "gate/pipeline/look.h"
#include "gate/pipeline/memory_notes.h"
#include "gate/pipeline/open_calendar.h"
#include "gate/pipeline/open_context.h"
#include "gate/pipeline/open_leave.h"
#include "gate/pipeline/open_patch.h"
#include "gate/pipeline/open_policy.h"
#include "gate/pipeline/overlay.h"
#include "gate/pipeline/pictures.h"
#include "gate/pipeline/stored_notes.h"
#include "gate/pipeline/workbench.h"

namespace patchgate {

/// One run of `check`, stage after stage. Each stage leaves what it found; the first error ends it.
class CheckRun {
 public:
  /// `policies`: instead of the base's own; may be null.
  CheckRun(const CheckOptions& options, const EnvironmentVariables& environment,
           const std::vector<OpenedPolicy>* policies, Judgement& result)
      : options_(options), environment_(environment), policies_(policies), result_(result), time_(options.now) {
    limits_.patch_scope = options.patch_scope;
    limits_.budget = options.budget;
    if (options.budget) limits_.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(*options.budget);
  }

  Result<void> run() {
    PATCHGATE_CHECK(open());
    PATCHGATE_CHECK(read());
    look_at();
    return decide();
  }
  /// It failed because of something in the index that is not there any more.
  bool can_begin_again() const { return begin_again_; }
  const Patch& patch() const { return opened_.patch; }
  /// Empty as long as no repository is open, and for a bare one.
  std::filesystem::path work_folder() const { return repository_ ? repository_->work_folder() : ""; }

 private:
  Result<void> open();
  void open_index();
  Result<void> check_policy_place() const;  ///< that no patch can bring it
  void take_fast_lane();
  CommitNotes* commit_notes() {
    if (commits_) return &*commits_;
    return &commits_of_this_run_;
  }
  Result<void> open_history();
  Result<void> read();
  Result<void> lay_over_base();
  void look_at();
  Findings look_under(const Policy& policy);
  Result<void> ask_others();
  Result<Verdict> lifted_verdict();
  Result<void> decide();
  Result<void> add_leave(const std::vector<ExceptionState>& exceptions, const Verdict& verdict,
                         const std::vector<std::string>& paths);
  std::string digest() const;

  const CheckOptions& options_;
  const EnvironmentVariables& environment_;
  const std::vector<OpenedPolicy>* policies_;
  Judgement& result_;
  std::optional<Repository> repository_;
  std::unique_ptr<Store> store_;  // until the workbench takes it
  std::optional<StoredNotes> commits_;
  MemoryNotes commits_of_this_run_;
  OpenedPatch opened_;
  OpenedPolicy policy_;
  TimeOfRun time_;
  OpenedCalendar calendar_;
  OpenedContext review_;
  OpenedLeave leave_;
  Workbench bench_;
  LookLimits limits_;
  TwoSides sides_;
  Analysis analysis_;
  Context context_;
  Findings findings_;
  Pictures pictures_;
  std::vector<std::string> notes_;
  std::vector<Place> suspicious_;
  std::vector<std::pair<std::string, std::string>> evidence_digests_;
  std::string no_graph_;
  bool begin_again_ = false;
};

}  // namespace patchgate
