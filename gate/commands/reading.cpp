#include "gate/commands/reading.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "gate/pipeline/index_parts.h"
#include "gate/pipeline/progress.h"
#include "gate/pipeline/stored_notes.h"

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

/// Fills the graph and the units.
using Step = std::function<Result<void>(const OverlayInput&, Reading&)>;

Result<void> read_all(const OverlayInput& input, Reading& reading) {
  PATCHGATE_TRY(auto graph, graph_of_base(input));
  reading.ranked = std::move(graph.first);
  reading.units = std::move(graph.second);
  return {};
}

/// `damaged`: whether it failed because the index was found to be damaged.
Result<Reading> try_to_read(const std::optional<std::string>& repo, const std::optional<std::string>& rev,
                            GraphSource source, bool quiet, const std::optional<Shard>& shard, const Step& step,
                            bool& damaged) {
  Reading reading;
  PATCHGATE_TRY(auto repository, open_repository(repo, source));
  reading.repository.emplace(std::move(repository));
  PATCHGATE_TRY(reading.commit, commit_of(*reading.repository, rev));
  if (shard && !source.index) {
    source.index =
        (reading.repository->git_folder() / "patchgate" / fmt::format("part-{}-of-{}.db", shard->number, shard->of))
            .string();
  }
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
  const auto done = step({*reading.repository, sides, nothing, bench.commands, *bench.store, *bench.pool,
                          *bench.indexer, progress.callback(), &reading.seconds},
                         reading);
  damaged = bench.store->is_damaged();  // also where all went well without what is damaged: the file goes
  PATCHGATE_CHECK(done);
  progress.finish();
  reading.tree = std::move(sides.base);
  reading.index_file = bench.store->file();
  reading.worker_cpu_seconds = bench.pool->cpu_seconds();
  reading.worker_max_rss_kb = bench.pool->max_rss_kb();
  const bool no_units = shard && reading.units.empty();  // more shards than units
  if (!no_units &&
      std::all_of(reading.units.begin(), reading.units.end(), [](const auto& unit) { return unit.id == 0; })) {
    const auto why = reading.units.empty() ? "no file of the compile database is in this revision"
                                           : reading.units.front().unit.failure;
    return fail(Error::Kind::toolchain, "no unit could be read: " + why,
                "is the compile database of this project, and are its generated files built?");
  }
  return reading;
}

Result<Reading> read(const std::optional<std::string>& repo, const std::optional<std::string>& rev,
                     const GraphSource& source, bool quiet, const std::optional<Shard>& shard, const Step& step) {
  bool damaged = false;
  auto reading = try_to_read(repo, rev, source, quiet, shard, step, damaged);
  if (!damaged) return reading;
  reading = try_to_read(repo, rev, source, quiet, shard, step, damaged);
  if (reading) reading->warnings.emplace_back(kIndexWasDamaged);
  return reading;
}

}  // namespace

Result<Reading> read_graph(const std::optional<std::string>& repo, const std::optional<std::string>& rev,
                           const GraphSource& source, bool quiet) {
  return read(repo, rev, source, quiet, {}, read_all);
}

Result<Reading> read_for_index(const IndexOptions& options) {
  Step step = [](const OverlayInput& input, Reading& reading) -> Result<void> {
    PATCHGATE_CHECK(read_all(input, reading));
    note_recent_sizes(input.repository, reading.commit, input.store);
    return {};
  };
  if (options.shard) {
    step = [&](const OverlayInput& input, Reading& reading) -> Result<void> {
      PATCHGATE_TRY(reading.units, index_shard(input, *options.shard));
      return {};
    };
  } else if (!options.parts.empty()) {
    step = [&](const OverlayInput& input, Reading& reading) -> Result<void> {
      PATCHGATE_TRY(auto graph, graph_of_parts(input, {options.parts.begin(), options.parts.end()}));
      reading.ranked = std::move(graph.first);
      reading.units = std::move(graph.second);
      note_recent_sizes(input.repository, reading.commit, input.store);
      return {};
    };
  }
  return read(options.repo, options.rev, options.graph, options.quiet, options.shard, step);
}

}  // namespace patchgate
