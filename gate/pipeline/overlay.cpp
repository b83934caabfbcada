#include "gate/pipeline/overlay.h"

#include <algorithm>
#include <functional>
#include <set>

#include "analyzers/graph/derived.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"
#include "gate/pipeline/phase_timer.h"

namespace patchgate {
namespace {

/// A header is read in at most this many units, chosen so that they saw it differently.
constexpr std::size_t kUnitsAHeader = 3;
/// Of the units that include a header, how many are looked at for that choice.
constexpr std::size_t kIncludersTried = 12;
/// Versions of one unit that stay in the index: those of some branches side by side.
constexpr std::uint32_t kUnitsKept = 8;

bool is_source(const FileChange& change) { return change.c_family && !is_header(change.path); }

/// The commands of all units of the base: those of the database whose file is there, and borrowed ones for touched
/// files.
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

struct Chunks {
  std::map<std::string, std::vector<Store::Chunk>> by_path;  // of one unit
};

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

/// Commands of the units that have to be parsed on head.
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

/// Everything that the units of one side saw, unit by unit.
struct SideChunks {
  std::vector<const IndexedUnit*> units;
  std::vector<Chunks> chunks;
};

struct Seen {
  std::vector<std::shared_ptr<const FileFacts>> facts;
  std::string unread;
  UnreadCause cause = UnreadCause::failed;
};

/// What `side`'s units saw of `path`; unread when none read it without an error.
Seen seen_in(const SideChunks& side, const std::string& path, const std::string& why_no_unit) {
  Seen seen;
  std::string failure;
  bool any_whole = false;
  for (std::size_t i = 0; i < side.units.size(); ++i) {
    const auto& unit = *side.units[i];
    const auto at = side.chunks[i].by_path.find(path);
    const bool concerned = at != side.chunks[i].by_path.end() || unit.command.file == path || includes(unit, path);
    if (!concerned) continue;
    if (unit.unit.failure.empty())
      any_whole = true;
    else if (failure.empty())
      failure = unit.unit.failure;
    if (at == side.chunks[i].by_path.end()) continue;
    for (const auto& chunk : at->second) seen.facts.push_back(chunk.facts);
  }
  if (any_whole) return seen;
  seen.unread = failure.empty() ? why_no_unit : failure;
  seen.cause = failure.empty() ? UnreadCause::no_command : UnreadCause::failed;
  return seen;
}

Result<SideFile> side_file(const OverlayInput& input, SourceSide which, const std::string& path, Seen seen) {
  SideFile file;
  file.path = path;
  file.facts = std::move(seen.facts);
  file.unread = std::move(seen.unread);
  file.unread_cause = seen.cause;
  PATCHGATE_TRY(const auto text, read_file(input.repository, input.sides.of(which), path));
  if (!text) return file;
  PATCHGATE_TRY(file.tokens, input.pool.lex(*text, !path.ends_with(".c")));
  return file;
}

/// A graph with its ranks: from the index where it was merged before, else merged now and kept there.
Result<RankedGraph> merged(Store& store, const std::vector<std::int64_t>& units,
                           const std::function<Result<Graph>()>& merge, const Hash128& salt) {
  const auto key = derived_key(units, salt);
  if (const auto bytes = store.derived(key)) {
    if (auto known = decode_derived(*bytes)) {
      RankedGraph ranked{std::move(known->graph), {}};
      ranked.ranks.emplace(ranked.graph, std::move(known->lower));
      return ranked;
    }
  }
  PATCHGATE_TRY(auto graph, merge());
  RankedGraph ranked{std::move(graph), {}};
  ranked.ranks.emplace(ranked.graph);
  // A cache that cannot be written costs time, nothing else.
  static_cast<void>(store.put_derived(key, encode_derived(ranked.graph, *ranked.ranks)));
  return ranked;
}

std::vector<std::int64_t> ids_of(const std::vector<IndexedUnit>& units) {
  std::vector<std::int64_t> ids;
  for (const auto& unit : units)
    if (unit.id != 0) ids.push_back(unit.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

Result<RankedGraph> base_graph(Store& store, const std::vector<IndexedUnit>& units) {
  const auto ids = ids_of(units);
  return merged(store, ids,
                [&]() -> Result<Graph> {
                  GraphBuilder builder;
                  PATCHGATE_TRY(const auto chunks, store.chunks(ids));
                  for (const auto& chunk : chunks) builder.add(*chunk.facts);
                  return std::move(builder).build();
                },
                {});
}

/// The base's graph with the files of the patch replaced by what head's units saw.
Result<RankedGraph> head_graph(const OverlayInput& input, const std::vector<IndexedUnit>& base_units,
                               const std::vector<IndexedUnit>& head_units, const std::vector<Chunks>& head_chunks) {
  std::set<std::string> replaced;
  ByteWriter salt;
  salt.number(input.patch.files.size());
  for (const auto& change : input.patch.files) {
    for (const auto& path : {change.base_path(), change.path}) {
      replaced.insert(path);
      salt.text(path);
    }
    salt.byte(change.head_blob.empty() ? 0 : 1);
  }
  for (const auto id : ids_of(head_units)) salt.fixed64(static_cast<std::uint64_t>(id));
  const auto ids = ids_of(base_units);
  return merged(
      input.store, ids,
      [&]() -> Result<Graph> {
        GraphBuilder builder;
        PATCHGATE_TRY(const auto chunks, input.store.chunks(ids));
        for (const auto& chunk : chunks)
          if (!replaced.contains(chunk.path)) builder.add(*chunk.facts);
        for (const auto& unit : head_chunks)
          for (const auto& [path, variants] : unit.by_path)
            for (const auto& chunk : variants) builder.add(*chunk.facts);
        // A file that is gone: said with nothing in it, so that nobody believes in the definitions it had.
        for (const auto& path : replaced) {
          if (input.sides.head.find(path) != nullptr) continue;
          FileFacts gone;
          gone.path = path;
          builder.add(gone);
        }
        return std::move(builder).build();
      },
      strong_hash(salt.take()));
}

}  // namespace

Result<std::pair<RankedGraph, std::vector<IndexedUnit>>> graph_of_base(const OverlayInput& input) {
  std::vector<std::string> notes;
  std::vector<IndexedUnit> units;
  {
    const PhaseTimer timer(input.seconds, "parse");
    PATCHGATE_TRY(units, input.indexer.refresh(SourceSide::base, commands_of_base(input, notes), input.progress));
  }
  const PhaseTimer timer(input.seconds, "graph");
  PATCHGATE_TRY(auto graph, base_graph(input.store, units));
  return std::pair(std::move(graph), std::move(units));
}

Result<TwoSides> lay_over(const OverlayInput& input) {
  TwoSides result;
  {
    const PhaseTimer timer(input.seconds, "parse");
    PATCHGATE_TRY(result.base_units,
                  input.indexer.refresh(SourceSide::base, commands_of_base(input, result.notes), input.progress));
    PATCHGATE_TRY(const auto head_commands, commands_of_head(input, result.base_units, result.notes));
    PATCHGATE_TRY(result.head_units, input.indexer.refresh(SourceSide::head, head_commands, input.progress));
  }
  const PhaseTimer timer(input.seconds, "graph");

  SideChunks base, head;
  std::set<std::string> counterparts;  // base files of the units parsed on head, and touched files
  for (const auto& change : input.patch.files) counterparts.insert(change.base_path());
  for (const auto& unit : result.head_units) {
    counterparts.insert(unit.command.file);
    head.units.push_back(&unit);
    PATCHGATE_TRY(auto chunks, chunks_of(input.store, unit));
    head.chunks.push_back(std::move(chunks));
  }
  for (const auto& unit : result.base_units) {
    if (!counterparts.contains(unit.command.file)) continue;
    base.units.push_back(&unit);
    PATCHGATE_TRY(auto chunks, chunks_of(input.store, unit));
    base.chunks.push_back(std::move(chunks));
  }

  for (const auto& change : input.patch.files) {
    if (!change.c_family || change.hunks.empty()) continue;
    FileSides sides;
    sides.change = &change;
    const std::string no_unit = is_header(change.path) ? "no unit that could be read includes this header"
                                                       : "no compile command for this file, nor one to borrow";
    if (!change.base_blob.empty() && !change.unread) {
      PATCHGATE_TRY(sides.base,
                    side_file(input, SourceSide::base, change.base_path(), seen_in(base, change.base_path(), no_unit)));
    }
    if (!change.head_blob.empty() && !change.unread) {
      PATCHGATE_TRY(sides.head, side_file(input, SourceSide::head, change.path, seen_in(head, change.path, no_unit)));
    }
    result.files.push_back(std::move(sides));
  }

  PATCHGATE_TRY(result.base, base_graph(input.store, result.base_units));
  PATCHGATE_TRY(result.head, head_graph(input, result.base_units, result.head_units, head.chunks));
  input.store.trim(kUnitsKept);
  std::sort(result.notes.begin(), result.notes.end());
  result.notes.erase(std::unique(result.notes.begin(), result.notes.end()), result.notes.end());
  return result;
}

}  // namespace patchgate
