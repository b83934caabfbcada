#include "gate/pipeline/choose_units.h"

#include <algorithm>
#include <set>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

/// A header is read in at most this many units, chosen so that they saw it differently.
constexpr std::size_t kUnitsAHeader = 3;
/// Of the units that include a header, how many are looked at for that choice.
constexpr std::size_t kIncludersTried = 12;
bool is_source(const FileChange& change) { return change.c_family && !is_header(change.path); }

/// Units of the base that include `header` and saw it differently, the smallest first.
Result<std::vector<const IndexedUnit*>> readers_of_header(Store& store, const std::vector<IndexedUnit>& units,
                                                          const std::string& header) {
  std::vector<const IndexedUnit*> includers;
  for (const auto& unit : units)
    if (unit.unit.failure.empty() && unit.id != 0 && includes(unit, header)) includers.push_back(&unit);
  if (includers.empty())
    for (const auto& unit : units)
      if (unit.id != 0 && includes(unit, header)) includers.push_back(&unit);
  std::stable_sort(includers.begin(), includers.end(), [](const auto* a, const auto* b) {
    return a->unit.dependencies.size() < b->unit.dependencies.size();
  });
  if (includers.size() > kIncludersTried) includers.resize(kIncludersTried);
  std::vector<const IndexedUnit*> chosen;
  std::set<Hash128> seen;
  for (const auto* unit : includers) {
    PATCHGATE_TRY(const auto chunks, chunks_of(store, *unit));
    const auto at = chunks.by_path.find(header);
    const auto hash = at == chunks.by_path.end() ? Hash128{} : at->second.front().hash;
    if (seen.insert(hash).second) chosen.push_back(unit);
    if (chosen.size() == kUnitsAHeader) break;
  }
  return chosen;
}

}  // namespace

Result<Chunks> chunks_of(Store& store, const IndexedUnit& unit) {
  Chunks chunks;
  if (unit.id == 0) return chunks;
  PATCHGATE_TRY(auto all, store.chunks(unit.id));
  for (auto& chunk : all) chunks.by_path[chunk.path].push_back(std::move(chunk));
  return chunks;
}

bool includes(const IndexedUnit& unit, const std::string& path) {
  return std::any_of(unit.unit.dependencies.begin(), unit.unit.dependencies.end(),
                     [&](const Dependency& d) { return d.in_repository && d.path == path; });
}

std::vector<CompileCommand> commands_of_base(const OverlayInput& input, std::vector<std::string>& notes) {
  std::vector<CompileCommand> commands;
  for (const auto& command : input.commands.commands) {
    if (input.sides.base.find(command.file) != nullptr || !input.sides.knows(command.file)) commands.push_back(command);
  }
  for (const auto& change : input.patch.files) {
    if (!is_source(change) || change.base_blob.empty() || change.unread) continue;
    const auto has_own = std::any_of(commands.begin(), commands.end(),
                                     [&](const auto& command) { return command.file == change.base_path(); });
    if (has_own) continue;
    for (auto& command : input.commands.for_file(change.base_path(), change.path)) {
      notes.push_back(command.file + " is parsed with the compile command of " + command.borrowed_from);
      commands.push_back(std::move(command));
    }
  }
  return commands;
}

Result<std::vector<CompileCommand>> commands_of_head(const OverlayInput& input,
                                                     const std::vector<IndexedUnit>& base_units,
                                                     std::vector<std::string>& notes) {
  std::vector<CompileCommand> commands;
  const auto add = [&](const CompileCommand& command) {
    const auto same = [&](const CompileCommand& c) { return c.file == command.file && c.hash == command.hash; };
    if (std::none_of(commands.begin(), commands.end(), same)) commands.push_back(command);
  };
  std::map<std::string, const FileChange*> by_base_path;
  for (const auto& change : input.patch.files) {
    if (!change.head_blob.empty()) by_base_path[change.base_path()] = &change;
    if (!is_source(change) || change.head_blob.empty() || change.unread) continue;
    for (auto& command : input.commands.for_file(change.path, change.old_path)) {
      if (!command.borrowed_from.empty())
        notes.push_back(command.file + " is parsed with the compile command of " + command.borrowed_from);
      add(command);
    }
  }
  for (const auto& change : input.patch.files) {
    if (!change.c_family || !is_header(change.path) || change.unread) continue;
    PATCHGATE_TRY(const auto readers, readers_of_header(input.store, base_units, change.base_path()));
    for (const auto* reader : readers) {
      auto command = reader->command;
      if (const auto moved = by_base_path.find(command.file); moved != by_base_path.end()) {
        if (is_source(*moved->second)) continue;  // it is parsed already
        command.file = moved->second->path;
      }
      if (input.sides.head.find(command.file) == nullptr && input.sides.knows(command.file)) continue;  // deleted
      add(command);
    }
  }
  return commands;
}

}  // namespace patchgate
