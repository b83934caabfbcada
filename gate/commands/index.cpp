#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "analyzers/graph/pack_index.h"
#include "gate/commands/commands.h"
#include "gate/commands/reading.h"
#include "gate/commands/say.h"
#include "gate/commands/stats.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/workbench.h"

namespace patchgate {
namespace {

constexpr std::size_t kFailuresShown = 20;

std::string summary(const Reading& reading, const Stats& stats, bool part) {
  std::string text = fmt::format("{}: {} units, {} parsed, {} reused", reading.commit.substr(0, 12),
                                 reading.units.size(), stats.units_parsed, stats.units_reused);
  std::size_t failed = 0;
  std::string failures;
  for (const auto& unit : reading.units) {
    if (unit.unit.failure.empty()) continue;
    if (++failed <= kFailuresShown) failures += fmt::format("  unread {}: {}\n", unit.command.file, unit.unit.failure);
  }
  text += fmt::format(", {} unread", failed);
  if (!part) text += fmt::format("; {} symbols, {} edges", stats.symbols, stats.edges);
  text += "\n" + failures;
  if (failed > kFailuresShown) text += fmt::format("  and {} more\n", failed - kFailuresShown);
  return text;
}

Result<Packing> packed_index_of(const Reading& reading) {
  return reading.index_file.empty() ? Packing::done : pack_index(reading.index_file);
}

}  // namespace

int run_index(const IndexOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  auto reading = read_for_index(options);
  if (!reading) return say_errors({reading.error()});
  auto packed = packed_index_of(*reading);
  if (packed && *packed == Packing::damaged) {
    // What nobody reads may be damaged and not be noticed earlier.
    reading = read_for_index(options);
    if (!reading) return say_errors({reading.error()});
    reading->warnings.emplace_back(kIndexWasDamaged);
    packed = packed_index_of(*reading);
  }
  if (!options.quiet)
    for (const auto& warning : reading->warnings) say("patchgate: " + warning);
  if (!reading->index_file.empty()) {
    // Without it the index is as good. The parts of shards are merged to be the same to the byte.
    if (!packed && !options.parts.empty()) return say_errors({packed.error()});
    if (!packed) say("patchgate: " + to_string(packed.error()));
    if (packed && *packed == Packing::in_use)
      say("patchgate: the index is in use by another run, so it was not packed: it is larger, and not the same to the "
          "byte as one of a single run");
  }
  Stats stats;
  stats.seconds = reading->seconds;
  stats.worker_cpu_seconds = reading->worker_cpu_seconds;
  stats.worker_max_rss_kb = reading->worker_max_rss_kb;
  for (const auto& unit : reading->units) ++(unit.reused ? stats.units_reused : stats.units_parsed);
  stats.symbols = reading->ranked.graph.nodes().size();
  stats.edges = reading->ranked.graph.edge_count();
  stats.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!options.quiet) {
    if (const auto done = print(summary(*reading, stats, options.shard.has_value())); !done)
      return say_errors({done.error()});
  }
  if (options.stats) {
    if (const auto done = write_output_file(*options.stats, to_json(stats)); !done) return say_errors({done.error()});
  }
  return 0;
}

}  // namespace patchgate
