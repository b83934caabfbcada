#include "gate/pipeline/indexer.h"

#include <algorithm>

#include "analyzers/graph/derived.h"
#include "analyzers/graph/unit_heads.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

/// Of fewer units than this the heads are as quickly read one by one.
constexpr std::size_t kFewUnits = 8;

}  // namespace

Indexer::Indexer(Store& store, WorkerPool& pool, const Repository& repository, const Sides& sides)
    : store_(store), pool_(pool), repository_(repository), sides_(sides), paths_now_(repository, sides, pool) {}

/// A tracked file's content is named by its git id: no need to read it to know that it is the same. Through links: the
/// id of a link says where it leads, not what is there.
const std::optional<Hash128>& Indexer::tracked_content(SourceSide side, const std::string& path) {
  const auto [at, fresh] = tracked_contents_[static_cast<int>(side)].try_emplace(path);
  if (fresh) {
    const auto entry = find_through_links(repository_, sides_.of(side), path);
    if (entry && *entry != nullptr) at->second = hash_of_digits((*entry)->blob);
  }
  return at->second;
}

Hash128 Indexer::hash_of(SourceSide side, const Dependency& dependency) {
  if (dependency.in_repository) {
    if (const auto& content = tracked_content(side, dependency.path)) return *content;
  }
  const auto [at, fresh] = disk_hashes_[static_cast<int>(side)].try_emplace(dependency.path);
  if (fresh) at->second = pool_.hash_now(side, dependency.path).value_or(Hash128{});
  return at->second;
}

std::string Indexer::changed_input(SourceSide side, const UnitFacts& unit) {
  for (const auto& dependency : unit.dependencies)
    if (hash_of(side, dependency) != dependency.hash) return dependency.path;
  // What was missing may be there now.
  const bool same = std::all_of(unit.missing_in.begin(), unit.missing_in.end(),
                                [&](const auto& folder) { return paths_now_.look_in(side, folder); }) &&
                    std::none_of(unit.missing.begin(), unit.missing.end(),
                                 [&](std::uint64_t path) { return paths_now_.there(side, path); });
  return same ? "" : "set of files";
}

bool Indexer::still_valid(SourceSide side, const UnitFacts& unit) {
  return unit.failure.empty() && changed_input(side, unit).empty();
}

UnitKey Indexer::key_of(const CompileCommand& command) const {
  return {command.file, strong_hash(command.hash, Hash128{0, pool_.tool_hash()})};
}

void Indexer::name_tracked_content(SourceSide side, UnitFacts& unit) {
  for (auto& dependency : unit.dependencies) {
    if (!dependency.in_repository) continue;
    if (const auto& content = tracked_content(side, dependency.path)) dependency.hash = *content;
  }
}

Hash128 Indexer::heads_key(const std::vector<const CompileCommand*>& commands) const {
  ByteWriter keys;
  keys.text("heads");
  for (const auto* command : commands) {
    const auto key = key_of(*command);
    keys.text(key.main_file);
    keys.fixed128(key.flags);
  }
  return derived_key({}, strong_hash(keys.take()));
}

/// Those whose heads lie in one piece and say that nothing changed; which ones these were.
std::vector<bool> Indexer::take_known(SourceSide side, std::vector<IndexedUnit>& units) {
  std::vector<bool> taken(units.size());
  kept_heads_.clear();
  std::vector<const CompileCommand*> commands;
  for (const auto& unit : units) commands.push_back(&unit.command);
  const auto key = heads_key(commands);
  const auto bytes = units.size() < kFewUnits ? std::nullopt : store_.derived(key);
  if (!bytes) return taken;
  const auto heads = decode_unit_heads(*bytes);
  if (!heads || heads->units.size() != units.size()) return taken;
  const auto known = store_.known_units();

  std::vector<bool> same(heads->dependencies.size()), there(heads->missing.size()), told(heads->missing_in.size());
  for (std::size_t i = 0; i < same.size(); ++i)
    same[i] = hash_of(side, heads->dependencies[i]) == heads->dependencies[i].hash;
  for (std::size_t i = 0; i < told.size(); ++i) told[i] = paths_now_.look_in(side, heads->missing_in[i]);
  for (std::size_t i = 0; i < there.size(); ++i) there[i] = paths_now_.there(side, heads->missing[i]);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto& head = heads->units[i];
    const auto stored = known.find(head.content);
    if (stored == known.end() || head.unit.main_file != units[i].command.file ||
        !std::all_of(head.dependencies.begin(), head.dependencies.end(), [&](auto d) { return same[d]; }) ||
        !std::all_of(head.missing_in.begin(), head.missing_in.end(), [&](auto folder) { return told[folder]; }) ||
        std::any_of(head.missing.begin(), head.missing.end(), [&](auto path) { return there[path]; }))
      continue;
    units[i].id = stored->second.id;
    units[i].content = head.content;
    units[i].reused = true;
    units[i].unit = heads->unit(i);
    if (!stored->second.newest) store_.mark_used(stored->second.id);
    taken[i] = true;
  }
  for (const auto& head : heads->units) kept_heads_.push_back(head.content);
  return taken;
}

void Indexer::keep_heads(const std::vector<IndexedUnit>& units) {
  if (units.size() < kFewUnits) return;
  std::vector<const CompileCommand*> commands;
  std::vector<KnownHead> known;
  std::vector<Hash128> contents;
  for (const auto& unit : units) {
    commands.push_back(&unit.command);
    contents.push_back(unit.id == 0 || !unit.unit.failure.empty() ? Hash128{} : unit.content);
    known.push_back({contents.back(), &unit.unit});
  }
  if (contents == kept_heads_) return;
  const auto bytes = encode_unit_heads(unit_heads(known));
  // A cache that cannot be written costs time, nothing else.
  if (!bytes.empty()) static_cast<void>(store_.put_derived(heads_key(commands), bytes));
}

Result<std::vector<IndexedUnit>> Indexer::refresh(SourceSide side, const std::vector<CompileCommand>& commands,
                                                  const Progress& progress) {
  std::vector<IndexedUnit> units(commands.size());
  std::vector<ParseJob> jobs;
  std::vector<std::size_t> unit_of_job;
  auto looking = store_.read_for_a_while();
  for (std::size_t i = 0; i < commands.size(); ++i) units[i].command = commands[i];
  const auto known = take_known(side, units);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (known[i]) continue;
    auto stored = store_.find(key_of(commands[i]), [&](const UnitFacts& unit) { return still_valid(side, unit); });
    if (stored) {
      units[i].id = stored->id;
      units[i].content = stored->content;
      units[i].reused = true;
      units[i].unit = std::move(stored->unit);
    } else {
      jobs.push_back({side, commands[i]});
      unit_of_job.push_back(i);
    }
  }

  looking.reset();

  std::optional<Error> broken;
  std::size_t done = 0;
  const auto take = [&](WorkerPool::Outcome outcome) {
    auto& unit = units[unit_of_job[outcome.job]];
    if (progress) progress(++done, jobs.size());
    if (!outcome.error.empty()) {
      unit.unit.main_file = unit.command.file;
      unit.unit.failure = outcome.error;
      unit.out_of_time = outcome.out_of_time;
      return;
    }
    auto split = split_unit_facts(outcome.facts);
    if (!split) {
      unit.unit.main_file = unit.command.file;
      unit.unit.failure = "the worker's answer makes no sense: " + split.error().message;
      return;
    }
    name_tracked_content(side, split->unit);
    auto stored = store_.add(key_of(unit.command), *split);
    if (!stored) {
      if (!broken) broken = stored.error();
      return;
    }
    unit.id = stored->id;
    unit.content = stored->content;
    unit.unit = std::move(stored->unit);
  };
  PATCHGATE_CHECK(pool_.parse(jobs, take));
  if (broken) return tl::unexpected(*broken);
  return units;
}

}  // namespace patchgate
