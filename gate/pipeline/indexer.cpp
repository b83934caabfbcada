#include "gate/pipeline/indexer.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

Hash128 hash_of_disk_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return {};
  const std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return fast_hash(content);
}

}  // namespace

Indexer::Indexer(Store& store, WorkerPool& pool, const Repository& repository, const Sides& sides,
                 std::filesystem::path disk_root)
    : store_(store), pool_(pool), repository_(repository), sides_(sides), disk_root_(std::move(disk_root)) {}

const std::unordered_set<std::uint64_t>& Indexer::tracked(SourceSide side) {
  auto& set = tracked_[static_cast<int>(side)];
  if (set.empty())
    for (const auto& entry : sides_.of(side).entries()) set.insert(hash64(entry.path));
  return set;
}

/// A tracked file's content is named by its git id: no need to read it to know that it is the same. Through links: the
/// id of a link says where it leads, not what is there.
std::optional<Hash128> Indexer::tracked_content(SourceSide side, const std::string& path) const {
  const auto entry = find_through_links(repository_, sides_.of(side), path);
  if (!entry || *entry == nullptr) return std::nullopt;
  return hash_of_digits((*entry)->blob);
}

Hash128 Indexer::hash_of(SourceSide side, const Dependency& dependency) {
  if (dependency.in_repository) {
    if (const auto content = tracked_content(side, dependency.path)) return *content;
    if (sides_.knows(dependency.path) || disk_root_.empty()) return {};
  }
  const auto path = dependency.in_repository ? (disk_root_ / dependency.path).string() : dependency.path;
  const auto [at, fresh] = disk_hashes_.try_emplace(path);
  if (fresh) at->second = hash_of_disk_file(path);
  return at->second;
}

std::string Indexer::changed_input(SourceSide side, const UnitFacts& unit) {
  for (const auto& dependency : unit.dependencies)
    if (hash_of(side, dependency) != dependency.hash) return dependency.path;
  const auto& known = tracked(side);
  const bool same =
      std::none_of(unit.missing.begin(), unit.missing.end(), [&](std::uint64_t path) { return known.contains(path); });
  return same ? "" : "set of files";
}

bool Indexer::still_valid(SourceSide side, const UnitFacts& unit) {
  // What was missing may be there now.
  return unit.failure.empty() && changed_input(side, unit).empty();
}

UnitKey Indexer::key_of(const CompileCommand& command) const {
  return {command.file, strong_hash(command.hash, Hash128{0, pool_.tool_hash()})};
}

void Indexer::name_tracked_content(SourceSide side, UnitFacts& unit) const {
  for (auto& dependency : unit.dependencies) {
    if (!dependency.in_repository) continue;
    if (const auto content = tracked_content(side, dependency.path)) dependency.hash = *content;
  }
}

Result<std::vector<IndexedUnit>> Indexer::refresh(SourceSide side, const std::vector<CompileCommand>& commands,
                                                  const Progress& progress) {
  std::vector<IndexedUnit> units(commands.size());
  std::vector<ParseJob> jobs;
  std::vector<std::size_t> unit_of_job;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    units[i].command = commands[i];
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
