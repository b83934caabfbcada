#include "gate/commands/stats.h"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <sys/resource.h>

namespace patchgate {

std::string to_json(const Stats& stats) {
  rusage own{};
  getrusage(RUSAGE_SELF, &own);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  nlohmann::ordered_json phases = nlohmann::ordered_json::object();
  for (const char* name : {"diff", "parse", "graph", "bodies", "evidence", "policy", "report"}) {
    const auto at = stats.seconds.find(name);
    phases[name] = at == stats.seconds.end() ? 0.0 : at->second;
  }
  const nlohmann::ordered_json json{
      {"wall_s", stats.wall_seconds},
      {"cpu_s", seconds(own.ru_utime) + seconds(own.ru_stime) + stats.worker_cpu_seconds},
      {"max_rss_kb", std::max(static_cast<std::uint64_t>(own.ru_maxrss), stats.worker_max_rss_kb)},
      {"phases", phases},
      {"units_parsed", stats.units_parsed},
      {"units_reused", stats.units_reused},
      {"symbols", stats.symbols},
      {"edges", stats.edges},
      {"parent_max_rss_kb", own.ru_maxrss},
      {"worker_max_rss_kb", stats.worker_max_rss_kb},
  };
  return json.dump(2) + "\n";
}

}  // namespace patchgate
