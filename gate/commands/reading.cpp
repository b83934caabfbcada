#include "gate/commands/reading.h"

#include <algorithm>

#include "gate/pipeline/progress.h"

namespace patchgate {
namespace {

Result<Oid> commit_of(const Repository& repository, const std::optional<std::string>& rev) {
  PATCHGATE_TRY(const auto head, repository.resolve(rev.value_or("HEAD")));
  if (rev) return head.commit;
  const auto ref = repository.default_base_ref();
  if (ref.empty()) return head.commit;
  const auto base = repository.resolve(ref);
  if (!base) return head.commit;
  const auto merge_base = repository.merge_base(base->commit, head.commit);
  return merge_base ? *merge_base : head.commit;
}

}  // namespace

Result<Reading> read_graph(const std::optional<std::string>& repo, const std::optional<std::string>& rev,
                           const GraphSource& source, bool quiet) {
  Reading reading;
  PATCHGATE_TRY(auto repository, open_repository(repo, source));
  reading.repository.emplace(std::move(repository));
  PATCHGATE_TRY(reading.commit, commit_of(*reading.repository, rev));
  Sides sides;
  PATCHGATE_TRY(sides.base, reading.repository->snapshot(reading.commit));
  sides.head = sides.base;
  PATCHGATE_TRY(auto bench, open_workbench(*reading.repository, sides, source));
  if (!bench.can_read()) {
    return fail(
        Error::Kind::io, bench.no_commands,
        "make one (CMake: -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, make: bear -- make) or name it with --compile-commands");
  }
  reading.warnings = bench.warnings;
  reading.warnings.insert(reading.warnings.end(), bench.notes.begin(), bench.notes.end());
  const Patch nothing;
  ProgressLine progress("reading units", !quiet);
  PATCHGATE_TRY(auto graph, graph_of_base({*reading.repository, sides, nothing, bench.commands, *bench.store,
                                           *bench.pool, *bench.indexer, progress.callback(), &reading.seconds}));
  progress.finish();
  reading.ranked = std::move(graph.first);
  reading.units = std::move(graph.second);
  reading.tree = std::move(sides.base);
  reading.index_file = bench.store->file();
  reading.worker_cpu_seconds = bench.pool->cpu_seconds();
  reading.worker_max_rss_kb = bench.pool->max_rss_kb();
  if (std::all_of(reading.units.begin(), reading.units.end(), [](const auto& unit) { return unit.id == 0; })) {
    const auto why = reading.units.empty() ? "no file of the compile database is in this revision"
                                           : reading.units.front().unit.failure;
    return fail(Error::Kind::toolchain, "no unit could be read: " + why,
                "is the compile database of this project, and are its generated files built?");
  }
  return reading;
}

}  // namespace patchgate
