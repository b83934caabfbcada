#include "gate/pipeline/header_readers.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "analyzers/model/hash.h"
#include "gate/pipeline/choose_units.h"

namespace patchgate {
namespace {

constexpr std::size_t kUnitsAHeader = 3;
/// Of the units that include a header, how many are looked at, when all hunks are compiled by one of them.
constexpr std::size_t kIncludersTried = 12;
/// And how many when some hunk is compiled by none so far.
constexpr std::size_t kMostIncludersTried = 200;

using Flags = std::pair<std::string, std::vector<std::string>>;

Flags flags_of(const IndexedUnit& unit) { return {unit.command.directory, unit.command.arguments}; }

/// The smallest first; before all others the smallest of each set of flags.
std::vector<const IndexedUnit*> includers_of(const std::vector<IndexedUnit>& units, const std::string& header) {
  std::vector<const IndexedUnit*> includers;
  for (const auto& unit : units)
    if (unit.unit.failure.empty() && unit.id != 0 && includes(unit, header)) includers.push_back(&unit);
  if (includers.empty())
    for (const auto& unit : units)
      if (unit.id != 0 && includes(unit, header)) includers.push_back(&unit);
  std::stable_sort(includers.begin(), includers.end(), [](const auto* a, const auto* b) {
    return a->unit.dependencies.size() < b->unit.dependencies.size();
  });
  std::set<Flags> met;
  std::stable_partition(includers.begin(), includers.end(),
                        [&](const auto* unit) { return met.insert(flags_of(*unit)).second; });
  return includers;
}

/// The lines of the base that a hunk concerns: those that it changes, or those that it adds between.
std::pair<std::uint32_t, std::uint32_t> lines_of_base(const Hunk& hunk) {
  const auto first = std::max<std::uint32_t>(1, hunk.base.first);
  return {first, hunk.base.count == 0 ? hunk.base.first + 1 : first + hunk.base.count - 1};
}

/// Some line of the hunk is compiled.
bool shows(const FileFacts& facts, const Hunk& hunk) {
  auto [line, last] = lines_of_base(hunk);
  for (const auto& [begin, end] : facts.inactive) {
    if (end < line) continue;
    if (begin > line) return true;
    if (end >= last) return false;
    line = end + 1;
  }
  return true;
}

/// Some line that the patch adds begins with #if or #el….
Result<bool> adds_condition(const OverlayInput& input, const FileChange& change) {
  if (change.head_blob.empty()) return false;
  PATCHGATE_TRY(const auto text, input.repository.blob(change.head_blob));
  std::uint32_t number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++number;
    const auto trim = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
    trim();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    trim();
    if (!line.starts_with("if") && !line.starts_with("el")) continue;
    const bool added = std::any_of(change.hunks.begin(), change.hunks.end(), [&](const Hunk& hunk) {
      return hunk.head.first <= number && number < hunk.head.first + hunk.head.count;
    });
    if (added) return true;
  }
  return false;
}

}  // namespace

Result<std::vector<const IndexedUnit*>> readers_of_header(const OverlayInput& input,
                                                          const std::vector<IndexedUnit>& units,
                                                          const FileChange& change) {
  const auto& header = change.base_path();
  PATCHGATE_TRY(const bool by_flags, adds_condition(input, change));
  std::vector<const IndexedUnit*> chosen;
  std::set<std::tuple<Hash128, Flags>> views;
  auto hidden = change.hunks;
  std::size_t tried = 0;
  for (const auto* unit : includers_of(units, header)) {
    const bool enough = chosen.size() >= kUnitsAHeader || tried >= kIncludersTried;
    if ((enough && hidden.empty()) || tried >= kMostIncludersTried) break;
    ++tried;
    PATCHGATE_TRY(const auto chunks, chunks_of(input.store, *unit));
    const auto at = chunks.by_path.find(header);
    const bool seen = at != chunks.by_path.end();
    const bool fresh =
        views.emplace(seen ? at->second.front().hash : Hash128{}, by_flags ? flags_of(*unit) : Flags()).second;
    const auto uncovered =
        seen ? std::erase_if(hidden, [&](const Hunk& hunk) { return shows(*at->second.front().facts, hunk); }) : 0;
    if ((fresh && chosen.size() < kUnitsAHeader) || uncovered != 0) chosen.push_back(unit);
  }
  return chosen;
}

}  // namespace patchgate
