#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/clang/client/compile_database.h"
#include "analyzers/clang/client/worker_pool.h"
#include "analyzers/graph/store.h"
#include "gate/cli/options.h"
#include "gate/pipeline/indexer.h"
#include "gate/pipeline/sources.h"

namespace patchgate {

/// Everything that reading code needs, opened. Refers to the repository and sides that it was made with.
struct Workbench {
  CompileDatabase commands;
  std::string no_commands;  ///< why there is no compile database; then `pool` is not started
  std::unique_ptr<Store> store;
  std::unique_ptr<WorkerPool> pool;
  std::unique_ptr<Indexer> indexer;
  std::vector<std::filesystem::path> build_folders;  ///< of the databases: units may read what lies there
  std::vector<std::string> notes;                    ///< that change what was seen: belong into the report
  std::vector<std::string> warnings;                 ///< of the cache and the like: for standard error only

  bool can_read() const { return pool != nullptr; }
};

/// build*/compile_commands.json (in order of name) and compile_commands.json below `folder`: those that exist.
std::vector<std::filesystem::path> find_compile_databases(const std::filesystem::path& folder);

/// The repository at `folder` (default: around the current one), as the options want it opened.
Result<Repository> open_repository(const std::optional<std::string>& folder, const GraphSource& source);

/// The index, as the options want it. One that cannot be opened is no error unless it was named: it is in memory then,
/// as with --no-cache, and `warnings` say so.
Result<std::unique_ptr<Store>> open_store(const Repository& repository, const GraphSource& source,
                                          std::vector<std::string>& warnings);

/// Said where Store::is_damaged() made another try with a new index necessary.
inline constexpr const char* kIndexWasDamaged =
    "the index was found to be damaged: moved aside to its name with .damaged, made anew";

/// A missing database is no error (`no_commands` says so) unless it was named. Opens the index, too, where `store` is
/// none.
Result<Workbench> open_workbench(const Repository& repository, const Sides& sides, const GraphSource& source,
                                 std::unique_ptr<Store> store = nullptr);

}  // namespace patchgate
