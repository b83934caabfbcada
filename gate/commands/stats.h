#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace patchgate {

/// What a run cost: for --stats. No part of any report.
struct Stats {
  std::map<std::string, double> seconds;  ///< by phase
  double wall_seconds = 0;
  double worker_cpu_seconds = 0;
  std::uint64_t worker_max_rss_kb = 0;
  std::size_t units_parsed = 0, units_reused = 0, symbols = 0, edges = 0;
};

/// With the CPU time and memory of this process added.
std::string to_json(const Stats& stats);

}  // namespace patchgate
