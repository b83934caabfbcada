// scale make EDGES INDEX: merges a synthetic project of so many edges and keeps its graph in the index file INDEX.
// scale ask EDGES INDEX: what a warm check does with that graph: takes it from the index, then who uses ten touched
// symbols, which tests reach them, which sinks they reach.
// Each prints one line: names and values, tab-separated. Times are of the processor, but for wall_ms.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>

#include <sys/resource.h>
#include <time.h>

#include "analyzers/graph/context.h"
#include "analyzers/graph/derived.h"
#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/store.h"
#include "analyzers/impact/impact.h"
#include "analyzers/sinks/sinks.h"
#include "analyzers/tests/tests.h"
#include "synthetic_project.h"

namespace patchgate {
namespace {

const Hash128 kKey = strong_hash("synthetic");

/// Of the processor: other programs on the machine do not count.
double now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds(const std::function<void()>& work) {
  const double start = now();
  work();
  return now() - start;
}

long max_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void say(const char* name, double value) { std::printf("%s\t%.1f\t", name, value); }

int make(const SyntheticProject& project, Store& store) {
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < project.files(); ++i) builder.add(project.file(i));
  std::optional<Graph> graph;
  say("merge_ms", milliseconds([&] { graph.emplace(std::move(builder).build()); }));
  say("merge_mb", static_cast<double>(max_megabytes()));
  std::optional<FanInRanks> ranks;
  say("ranks_ms", milliseconds([&] { ranks.emplace(*graph); }));
  say("ranks_mb", static_cast<double>(max_megabytes()));
  if (auto kept = store.put_derived(kKey, encode_derived(*graph, *ranks)); !kept) {
    std::fprintf(stderr, "%s\n", to_string(kept.error()).c_str());
    return 1;
  }
  say("make_mb", static_cast<double>(max_megabytes()));
  say("edges", static_cast<double>(graph->edge_count()));
  say("symbols", static_cast<double>(graph->nodes().size()));
  return 0;
}

int ask(const SyntheticProject& project, Store& store) {
  const auto start = std::chrono::steady_clock::now();
  std::optional<DerivedGraph> derived;
  std::optional<FanInRanks> ranks;
  const double load = milliseconds([&] {
    if (auto bytes = store.derived(kKey)) {
      if (auto found = decode_derived(std::move(*bytes))) derived.emplace(std::move(*found));
    }
    if (derived) ranks.emplace(derived->graph, std::move(derived->lower));
  });
  if (!derived) {
    std::fprintf(stderr, "the graph is not in the index\n");
    return 1;
  }
  Context context;
  const Patch patch;
  context.patch = &patch;
  context.base = context.head = &derived->graph;
  context.base_ranks = context.head_ranks = &*ranks;
  context.sink_catalogues.emplace_back("built-in sinks", std::string(builtin_sink_catalogue()));
  Findings findings;
  for (const UnitSymbol& symbol : project.touched()) {
    TouchedSymbol touched;
    touched.name = symbol.name;
    touched.kind = symbol.kind;
    touched.base_usr = touched.head_usr = symbol.usr;
    touched.base_file = touched.head_file = symbol.file;
    touched.at = {symbol.file, symbol.line, 0};
    findings.touched.push_back(std::move(touched));
  }
  say("load_ms", load);
  double all = load;
  for (const auto& [name, analyzer] : {std::pair("sinks_ms", &sinks_feeds), std::pair("fan_in_ms", &impact_fan_in),
                                       std::pair("tests_ms", &tests_reaching)}) {
    const double taken = milliseconds([&] { analyzer->run(context, findings); });
    say(name, taken);
    all += taken;
  }
  say("all_ms", all);
  say("wall_ms", std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  say("ask_mb", static_cast<double>(max_megabytes()));
  std::size_t sinks = 0, tests = 0, users = 0;
  for (const auto& symbol : findings.touched) {
    sinks += symbol.sinks_total;
    tests += symbol.tests_total;
    users += symbol.transitive.lower;
  }
  say("users", static_cast<double>(users));
  say("tests", static_cast<double>(tests));
  say("sinks", static_cast<double>(sinks));
  return 0;
}

}  // namespace
}  // namespace patchgate

int main(int count, char** words) {
  using namespace patchgate;
  if (count != 4) return std::fprintf(stderr, "scale make|ask EDGES INDEX\n"), 2;
  const SyntheticProject project(std::stoull(words[2]));
  auto store = Store::open(words[3], nullptr);
  if (!store) return std::fprintf(stderr, "%s\n", to_string(store.error()).c_str()), 2;
  const int code = std::strcmp(words[1], "make") == 0 ? make(project, *store) : ask(project, *store);
  std::printf("\n");
  return code;
}
