#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyzers/clang/client/compile_database.h"
#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/git/repository.h"
#include "analyzers/graph/store.h"
#include "gate/pipeline/paths_now.h"
#include "gate/pipeline/sources.h"

namespace patchgate {

/// A unit of one side, with its facts in the store.
struct IndexedUnit {
  CompileCommand command;
  std::int64_t id = 0;  ///< in the store; 0 = nothing of it could be read
  Hash128 content{};    ///< see StoredUnit::content
  bool reused = false;
  bool out_of_time = false;  ///< was not read because the time for the check was over; `unit.failure` says so
  UnitFacts unit;            ///< without `files`; `failure` says why it counts as unread
};

/// Called now and then with (done, of) while units are parsed.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

/// Brings the units of one side into the store: those whose inputs are all unchanged are reused, the others parsed.
class Indexer {
 public:
  /// All references must outlive it.
  Indexer(Store& store, WorkerPool& pool, const Repository& repository, const Sides& sides);

  /// One entry a command, in their order. A unit that fails is an entry with a reason, never an error of the whole.
  Result<std::vector<IndexedUnit>> refresh(SourceSide side, const std::vector<CompileCommand>& commands,
                                           const Progress& progress = {});

  /// So that the next refresh() with these commands finds their heads in one piece. For all units of a base.
  void keep_heads(const std::vector<IndexedUnit>& units);

  /// What a unit with that command is stored under.
  UnitKey key_of(const CompileCommand& command) const;
  /// A file that the unit read and that is not the same on that side any more, or that was missing then; empty = none.
  std::string changed_input(SourceSide side, const UnitFacts& unit);

 private:
  bool still_valid(SourceSide side, const UnitFacts& unit);
  Hash128 heads_key(const std::vector<const CompileCommand*>& commands) const;
  std::vector<bool> take_known(SourceSide side, std::vector<IndexedUnit>& units);
  Hash128 hash_of(SourceSide side, const Dependency& dependency);
  const std::optional<Hash128>& tracked_content(SourceSide side, const std::string& path);
  void name_tracked_content(SourceSide side, UnitFacts& unit);

  Store& store_;
  WorkerPool& pool_;
  const Repository& repository_;
  const Sides& sides_;
  PathsNow paths_now_;
  std::unordered_map<std::string, Hash128> disk_hashes_[2];
  std::unordered_map<std::string, std::optional<Hash128>> tracked_contents_[2];  // hundreds of units read each header
  std::vector<Hash128> kept_heads_;  // the contents of those that were found in one piece
};

}  // namespace patchgate
