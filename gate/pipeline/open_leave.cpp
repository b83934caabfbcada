#include "gate/pipeline/open_leave.h"

#include <algorithm>

#include "analyzers/model/rfc3339.h"
#include "gate/pipeline/digest.h"
#include "gate/pipeline/open_overrides.h"
#include "gate/pipeline/override_debts.h"
#include "gate/pipeline/sources.h"
#include "policies/engine/override_check.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostCommits = 10'000;

std::string digest_of(const std::string& text) {
  Digest digest;
  digest.add("", text);
  return digest.finish();
}

/// In a report, which says the same wherever the file lay.
std::vector<std::string> lines_of(std::vector<Error> errors, const std::string& source) {
  std::vector<std::string> lines;
  for (auto& error : errors) {
    if (error.at) error.at->file = source;
    lines.push_back(to_string(error));
  }
  return lines;
}

constexpr std::size_t kMostMatches = 1'000'000;

/// Whether a file of the base matches. Past a number of tries that only patterns without a beginning need, it counts as
/// one that does.
bool matches_something(const Glob& glob, const std::vector<TreeEntry>& entries, std::size_t& tries) {
  const auto prefix = glob.pattern().substr(0, glob.pattern().find_first_of("*?\\"));
  auto entry = std::lower_bound(entries.begin(), entries.end(), prefix,
                                [](const TreeEntry& one, const std::string& wanted) { return one.path < wanted; });
  for (; entry != entries.end() && entry->path.starts_with(prefix); ++entry) {
    if (++tries > kMostMatches || glob.matches(entry->path)) return true;
  }
  return false;
}

class LeaveReader {
 public:
  LeaveReader(const Repository& repository, const OpenedPatch& opened, const Policy& policy, TimeOfRun& time,
              std::vector<Error>& errors)
      : repository_(repository), opened_(opened), policy_(policy), time_(time), errors_(errors) {}

  Result<void> makers() {
    const auto& patch = opened_.patch;
    if (opened_.sides.head.commit().empty()) return {};
    PATCHGATE_TRY(const auto commits, repository_.makers_between(patch.merge_base, patch.head, kMostCommits));
    for (const auto& commit : commits) out.makers.insert(out.makers.end(), commit.emails.begin(), commit.emails.end());
    std::sort(out.makers.begin(), out.makers.end());
    out.makers.erase(std::unique(out.makers.begin(), out.makers.end()), out.makers.end());
    return {};
  }

  Result<void> overrides(const std::vector<std::string>& files) {
    PATCHGATE_TRY(const auto texts, open_overrides(repository_, files));
    if (texts.empty()) return {};
    out.leave.now = time_.needed();
    auto scene = scene_of(policy_);
    scene.head = opened_.patch.head;
    scene.target = opened_.patch.target_ref;
    scene.now = out.leave.now;
    scene.makers = out.makers;
    std::vector<BreakGlass> kept;
    for (const auto& text : texts) one(text, scene, kept);
    PATCHGATE_TRY(out.report.debts, open_debts(repository_, opened_, kept, out.leave.now));
    return {};
  }

  Result<void> exceptions() {
    PATCHGATE_TRY(const auto text, read_file(repository_, opened_.base_tip, kExceptionsPath));
    if (!text) return {};
    out.leave.now = time_.needed();
    auto loaded = load_exceptions(kExceptionsPath, *text, policy_.rules, out.leave.now);
    errors_.insert(errors_.end(), loaded.errors.begin(), loaded.errors.end());
    out.leave.exceptions = std::move(loaded.list);
    out.report.exceptions_source = std::string("base:") + kExceptionsPath;
    if (const auto* entry = opened_.base_tip.find(kExceptionsPath)) out.report.exceptions_oid = entry->blob;
    out.digests.emplace_back("exceptions", digest_of(*text));
    return {};
  }

  OpenedLeave out;

 private:
  void one(const OverrideText& text, const OverrideScene& scene, std::vector<BreakGlass>& kept) {
    ReadOverride read{text.source, digest_of(text.text), ReadOverride::State::elsewhere, {}};
    out.digests.emplace_back("override " + read.source, read.digest);
    std::vector<Error> wrong;
    auto leave = read_override(text.name, text.text, wrong);
    if (leave) leave->source = text.source;
    if (leave && !text.kept) wrong = unknown_rules(*leave, scene);
    if (!wrong.empty() && !text.kept) {
      errors_.insert(errors_.end(), wrong.begin(), wrong.end());
      return;
    }
    if (leave && text.kept) kept.push_back(*leave);
    // Overrides of other patches lie beside this one's.
    const bool for_this = !leave || !text.kept || leave->head == scene.head;
    if (leave && for_this) wrong = why_refused(*leave, scene);
    if (for_this) read.state = wrong.empty() ? ReadOverride::State::in_force : ReadOverride::State::refused;
    for (const auto& error : wrong) out.warnings.push_back("override refused: " + to_string(error));
    read.why = lines_of(std::move(wrong), text.source);
    if (read.state == ReadOverride::State::in_force) out.leave.overrides.push_back(std::move(*leave));
    out.report.overrides.push_back(std::move(read));
  }

  const Repository& repository_;
  const OpenedPatch& opened_;
  const Policy& policy_;
  TimeOfRun& time_;
  std::vector<Error>& errors_;
};

}  // namespace

std::map<std::string, std::set<std::string>> moved_files(const Patch& patch,
                                                         const std::vector<TouchedSymbol>& touched) {
  std::map<std::string, std::set<std::string>> moved;
  for (const auto& change : patch.files)
    if (!change.old_path.empty()) moved[change.path].insert(change.old_path);
  for (const auto& symbol : touched)
    if (!symbol.base_file.empty() && !symbol.head_file.empty() && symbol.base_file != symbol.head_file)
      moved[symbol.at.file].insert(symbol.base_file);
  return moved;
}

Result<OpenedLeave> open_leave(const Repository& repository, const OpenedPatch& opened, const Policy& policy,
                               const CheckOptions& options, TimeOfRun& time, std::vector<Error>& errors) {
  LeaveReader reader(repository, opened, policy, time, errors);
  PATCHGATE_CHECK(reader.makers());
  PATCHGATE_CHECK(reader.overrides(options.overrides));
  PATCHGATE_CHECK(reader.exceptions());
  return std::move(reader.out);
}

std::vector<ReportedException> reported_exceptions(const Leave& leave, const std::vector<ExceptionState>& states,
                                                   const Snapshot& base) {
  std::vector<ReportedException> reported;
  std::size_t tries = 0;
  for (std::size_t i = 0; i < leave.exceptions.size(); ++i) {
    const auto& one = leave.exceptions[i];
    ReportedException exception{
        one.rule,  one.symbol, one.reason, one.owner, one.ticket, {}, utc_day(one.expires), days_left(one, leave.now),
        states[i], true,       one.at};
    for (const auto& glob : one.paths) {
      exception.paths.push_back(glob.pattern());
      exception.matches_nothing = exception.matches_nothing && !matches_something(glob, base.entries(), tries);
    }
    reported.push_back(std::move(exception));
  }
  return reported;
}

void state_leave(const OpenedLeave& opened, const ReviewContext* context, const Oid& head, Facts& facts) {
  state_reviews(context, head, opened.makers, facts);
  const auto debts = [&](DebtState state) {
    const auto& all = opened.report.debts;
    return std::int64_t{std::count_if(all.begin(), all.end(), [&](const Debt& debt) { return debt.state == state; })};
  };
  facts.set("override.debts.open.count", debts(DebtState::open));
  facts.set("override.debts.overdue.count", debts(DebtState::overdue));
}

}  // namespace patchgate
