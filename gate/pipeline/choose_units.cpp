#include "gate/pipeline/choose_units.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gate/pipeline/header_readers.h"

namespace patchgate {
namespace {

bool is_source(const FileChange& change) { return change.c_family && !is_header(change.path); }

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
                                                     const std::vector<const IndexedUnit*>& rerouted,
                                                     std::vector<std::string>& notes) {
  std::vector<CompileCommand> commands;
  std::set<std::pair<std::string, Hash128>> added;
  const auto add = [&](const CompileCommand& command) {
    if (added.emplace(command.file, command.hash).second) commands.push_back(command);
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
  const auto add_counterparts = [&](const std::vector<const IndexedUnit*>& units) {
    for (const auto* unit : units) {
      auto command = unit->command;
      if (const auto moved = by_base_path.find(command.file); moved != by_base_path.end()) {
        if (is_source(*moved->second)) continue;  // it is parsed already
        command.file = moved->second->path;
      }
      if (input.sides.head.find(command.file) == nullptr && input.sides.knows(command.file)) continue;  // deleted
      add(command);
    }
  };
  for (const auto& change : input.patch.files) {
    if (!change.c_family || !is_header(change.path) || change.unread) continue;
    PATCHGATE_TRY(const auto readers, readers_of_header(input, base_units, change));
    add_counterparts(readers);
  }
  add_counterparts(rerouted);
  return commands;
}

}  // namespace patchgate
