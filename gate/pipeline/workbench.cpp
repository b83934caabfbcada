#include "gate/pipeline/workbench.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <thread>

#include "gate/pipeline/files.h"
#include "gate/pipeline/report_paths.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabase = "compile_commands.json";

Result<std::vector<fs::path>> named_databases(const std::vector<std::string>& named, const fs::path& repository) {
  std::vector<fs::path> files;
  for (const fs::path path : named) {
    std::error_code error;
    auto file = fs::is_directory(path, error) ? path / kDatabase : path;
    if (!fs::exists(file, error)) {
      return fail(Error::Kind::io, "there is no compile database at " + name_in_message(file, repository),
                  "make one: cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, meson, or bear -- make");
    }
    files.push_back(fs::absolute(file, error));
  }
  return files;
}

/// An error about a database, which is called as the user called it, or relative to the repository.
Error as_named(Error error, const std::vector<fs::path>& databases, const std::vector<std::string>& named,
               const Repository& repository) {
  for (std::size_t i = 0; error.at && i < databases.size(); ++i) {
    if (error.at->file != databases[i].string()) continue;
    const fs::path given = i < named.size() ? fs::path(named[i]) : databases[i];
    std::error_code ignored;
    const auto file = fs::is_directory(given, ignored) ? given / kDatabase : given;
    error.at->file = name_in_message(file, repository.work_folder());
    break;
  }
  return error;
}

/// Folders outside of the repository that units may read: those of the compile databases.
std::vector<fs::path> folders_of(const std::vector<fs::path>& databases) {
  std::vector<fs::path> folders;
  for (const auto& file : databases) folders.push_back(file.parent_path());
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

/// The first of the usual places, unless the patch itself brings it along: it does not say how it is to be read.
std::vector<fs::path> usual_databases(const fs::path& folder, const Sides& sides, std::vector<std::string>& warnings) {
  std::vector<fs::path> usable;
  for (const auto& file : find_compile_databases(folder)) {
    const auto path = file.lexically_relative(folder).generic_string();
    const auto* on_head = sides.head.find(path);
    const auto* on_base = sides.base.find(path);
    if (on_head != nullptr && (on_base == nullptr || on_base->blob != on_head->blob)) {
      warnings.push_back(path + " is left out: the patch brings it along");
    } else if (usable.empty()) {
      usable.push_back(file);
    } else {
      warnings.push_back(path + " is left out: " + usable.front().lexically_relative(folder).generic_string() +
                         " came first; name both with --compile-commands to use both");
    }
  }
  return usable;
}

}  // namespace

std::vector<fs::path> find_compile_databases(const fs::path& folder) {
  std::vector<fs::path> builds;
  std::error_code error;
  for (fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && it != end; it.increment(error)) {
    if (it->path().filename().string().starts_with("build")) builds.push_back(it->path() / kDatabase);
  }
  std::sort(builds.begin(), builds.end());
  builds.push_back(folder / kDatabase);
  std::erase_if(builds, [&](const fs::path& file) { return !fs::exists(file, error); });
  return builds;
}

Result<Repository> open_repository(const std::optional<std::string>& folder, const GraphSource& source) {
  return Repository::open(folder.value_or("."), {},
                          source.trust_repo_owner ? Ownership::trusted : Ownership::must_match);
}

Result<std::unique_ptr<Store>> open_store(const Repository& repository, const GraphSource& source,
                                          std::vector<std::string>& warnings) {
  std::string note;
  const auto take = [&](Result<Store> store) -> Result<std::unique_ptr<Store>> {
    if (!store) return tl::unexpected(store.error());
    if (!note.empty()) warnings.push_back(note);
    return std::make_unique<Store>(std::move(*store));
  };
  if (source.no_cache) return take(Store::open({}, &note));
  if (source.index) return take(Store::open(*source.index, &note));
  const auto folder = repository.git_folder() / "patchgate";
  std::error_code error;
  fs::create_directories(folder, error);
  auto store = Store::open(folder / "index.db", &note);
  if (store) return take(std::move(store));
  warnings.push_back("the index is kept in memory only: " + store.error().message);
  note.clear();
  return take(Store::open({}, &note));
}

Result<Workbench> open_workbench(const Repository& repository, const Sides& sides, const GraphSource& source,
                                 std::unique_ptr<Store> store) {
  Workbench bench;
  std::vector<fs::path> databases;
  if (!source.compile_commands.empty()) {
    PATCHGATE_TRY(databases, named_databases(source.compile_commands, repository.work_folder()));
  } else if (!repository.work_folder().empty()) {
    databases = usual_databases(repository.work_folder(), sides, bench.warnings);
  }
  if (databases.empty()) {
    bench.no_commands = "no compile_commands.json was found";
    return bench;
  }
  auto commands = load_compile_databases(databases, repository.work_folder(),
                                         [&](std::string_view path) { return sides.knows(path); });
  if (!commands) return tl::unexpected(as_named(commands.error(), databases, source.compile_commands, repository));
  bench.commands = std::move(*commands);
  for (const auto& note : bench.commands.notes) bench.notes.push_back(note);
  for (const auto& [flag, times] : bench.commands.dropped_flags)
    bench.notes.push_back("compiler flag left out: " + flag + " (" + std::to_string(times) + " times)");

  bench.store = std::move(store);
  if (!bench.store) {
    PATCHGATE_TRY(bench.store, open_store(repository, source, bench.warnings));
  }
  WorkerOptions worker;
  PATCHGATE_TRY(worker.worker, find_worker());
  worker.root = bench.commands.root;
  worker.disk_root = repository.work_folder();
  worker.extra_roots = bench.build_folders = folders_of(databases);
  worker.jobs = source.jobs ? *source.jobs : std::max(1U, std::thread::hardware_concurrency());
  worker.sandbox = source.sandbox;
  // For comparisons in tests: what is found is the same.
  worker.every_body = std::getenv("PATCHGATE_EVERY_BODY") != nullptr;
  worker.shared_starts = std::getenv("PATCHGATE_UNSHARED_STARTS") == nullptr;
  PATCHGATE_TRY(auto pool, WorkerPool::start(worker, source_reader(repository, sides)));
  if (pool.sandbox() == "off") bench.notes.push_back("the code was parsed without a sandbox");
  bench.pool = std::make_unique<WorkerPool>(std::move(pool));
  bench.indexer = std::make_unique<Indexer>(*bench.store, *bench.pool, repository, sides);
  return bench;
}

}  // namespace patchgate
