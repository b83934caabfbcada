#include "gate/pipeline/analysis.h"

#include <algorithm>
#include <map>
#include <set>

namespace patchgate {
namespace {

/// A compile database that names fewer than one in so many source files leaves too much out, in a project that is not
/// tiny.
constexpr std::size_t kLeastShare = 5;
constexpr std::size_t kFewFiles = 10;

void add_failed(const std::vector<IndexedUnit>& units, std::set<std::pair<std::string, std::string>>& failed) {
  for (const auto& unit : units)
    if (!unit.unit.failure.empty()) failed.emplace(unit.command.file, unit.unit.failure);
}

bool concerns(const IndexedUnit& unit, const std::set<std::string>& paths) {
  if (paths.contains(unit.command.file)) return true;
  return std::any_of(unit.unit.dependencies.begin(), unit.unit.dependencies.end(),
                     [&](const Dependency& d) { return d.in_repository && paths.contains(d.path); });
}

/// Source files of the base that no unit reads: what they call is not in the graph.
void add_uncovered(const Snapshot& base, const TwoSides& sides, Analysis& analysis) {
  // What there was no time to read may cover the rest.
  if (sides.budget_ran_out) return;
  const auto covered = covered_sources(base, sides.base_units, sides.covered.value_or(std::set<std::string>()));
  if (covered.seen == covered.all) return;
  if (covered.all >= kFewFiles && covered.seen * kLeastShare < covered.all) {
    analysis.unread.push_back({Place{"compile_commands.json", 0, 0},
                               "names only " + covered.share() + ": who depends on the touched code cannot be told",
                               UnreadCause::database});
  } else {
    analysis.blind_spots.push_back("the compile database names " + covered.share() +
                                   ": what the others call is missing");
  }
}

}  // namespace

std::string CoveredSources::share() const {
  return std::to_string(seen) + " of " + std::to_string(all) + " source files of the base";
}

CoveredSources covered_sources(const Snapshot& base, const std::vector<IndexedUnit>& units,
                               const std::set<std::string>& also) {
  auto covered = also;
  for (const auto& unit : units) {
    covered.insert(unit.command.file);
    for (const auto& dependency : unit.unit.dependencies)
      if (dependency.in_repository) covered.insert(dependency.path);
  }
  CoveredSources sources;
  for (const auto& entry : base.entries()) {
    if (!is_c_family(entry.path) || is_header(entry.path) || classify(entry.path) == FileClass::test) continue;
    ++sources.all;
    if (covered.contains(entry.path)) ++sources.seen;
  }
  return sources;
}

Analysis account(const Patch& patch, const Snapshot& base, const TwoSides& sides, const std::vector<HunkReading>& hunks,
                 const std::string& no_graph) {
  Analysis analysis;
  std::set<std::string> touched;
  for (const auto& change : patch.files) {
    if (!change.c_family) {
      const std::set<std::string> paths{change.path, change.base_path()};
      for (const auto* units : {&sides.base_units, &sides.head_units}) {
        const auto reader =
            std::find_if(units->begin(), units->end(), [&](const auto& unit) { return concerns(unit, paths); });
        if (reader == units->end()) continue;
        analysis.unread.push_back({Place{change.path, 0, 0},
                                   "is included by " + reader->command.file + " but has no name of C or C++",
                                   UnreadCause::content});
        break;
      }
      continue;
    }
    touched.insert(change.path);
    touched.insert(change.base_path());
  }
  analysis.unread.insert(analysis.unread.end(), sides.rerouted.begin(), sides.rerouted.end());
  // The units of head are those that matter to the patch; on the base their counterparts, and those of deleted files.
  std::set<std::string> files_on_head;
  for (const auto& unit : sides.head_units) {
    files_on_head.insert(unit.command.file);
    ++analysis.units_total;
    ++(unit.unit.failure.empty() ? analysis.units_parsed : analysis.units_failed);
  }
  for (const auto& unit : sides.base_units) {
    ++analysis.index_units;
    if (!unit.unit.failure.empty() && !unit.out_of_time) ++analysis.index_failed;
    const bool counterpart = files_on_head.contains(unit.command.file) || touched.contains(unit.command.file);
    if (!counterpart || !concerns(unit, touched)) continue;
    ++analysis.units_total;
    ++(unit.unit.failure.empty() ? analysis.units_parsed : analysis.units_failed);
  }
  std::set<std::pair<std::string, std::string>> failed;
  add_failed(sides.base_units, failed);
  add_failed(sides.head_units, failed);
  analysis.failed_units.assign(failed.begin(), failed.end());

  std::size_t read = 0;
  for (const auto& change : patch.files) {
    // Another kind of file is listed as not analysed; a submodule may hold any code.
    const bool is_code = change.c_family || change.status == FileStatus::submodule;
    if (change.unread && is_code && (change.hunks.empty() || !change.c_family)) {
      analysis.unread.push_back({Place{change.path, 0, 0}, *change.unread, UnreadCause::content});
    }
    if (!change.c_family) continue;
    analysis.hunks_total += static_cast<std::uint32_t>(change.hunks.size());
    if (!no_graph.empty()) {
      for (const auto& hunk : change.hunks)
        analysis.unread.push_back(
            {Place{change.path, std::max<std::uint32_t>(1, hunk.head.first), 0}, no_graph, UnreadCause::database});
      continue;
    }
    for (std::size_t i = 0; i < change.hunks.size() && read < hunks.size(); ++i, ++read) {
      const auto& reading = hunks[read];
      if (reading.outcome == HunkReading::Outcome::unread) {
        analysis.unread.push_back({reading.at, reading.why, reading.cause, reading.last_line, reading.on_base});
      } else if (reading.outcome == HunkReading::Outcome::file_scope) {
        analysis.blind_spots.push_back(reading.at.file + ":" + std::to_string(reading.at.line) +
                                       ": changed outside of any symbol; who depends on it was not looked for");
      } else {
        ++analysis.hunks_mapped;
      }
    }
  }
  if (no_graph.empty() && !sides.base_units.empty()) add_uncovered(base, sides, analysis);
  std::sort(analysis.unread.begin(), analysis.unread.end());
  analysis.unread.erase(std::unique(analysis.unread.begin(), analysis.unread.end()), analysis.unread.end());

  if (analysis.index_failed != 0) {
    analysis.blind_spots.push_back(std::to_string(analysis.index_failed) + " of " +
                                   std::to_string(analysis.index_units) +
                                   " units of the base could not be read whole: callers in them may be missing");
  }
  return analysis;
}

}  // namespace patchgate
