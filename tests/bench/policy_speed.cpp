// policy_speed: how long a policy of 500 rules takes over 10 000 touched symbols. Prints milliseconds, the best and the
// median of 11 runs; exit code 1 where the median is above 50 ms, so that ci/full policy
// notices.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "policies/engine/evaluate.h"
#include "policies/engine/load.h"

namespace {

using namespace patchgate;

constexpr int kRules = 500;
constexpr int kSymbols = 10'000;
constexpr int kRuns = 11;
constexpr double kLimit = 50;

/// As teams write them: half look at every touched symbol, the others at facts of the patch.
std::string policy_text() {
  std::string text = R"({"policy": 1, "rules": [)";
  for (int i = 0; i < kRules; ++i) {
    const std::string id =
        (i == 0 ? "" : ",") + std::string("{\"id\": \"r") + std::to_string(i) + "\", \"level\": \"warn\", ";
    switch (i % 4) {
      case 0:
        text +=
            id +
            R"("require": {"every": "symbols.touched", "where": {"all": [{"field": "impact", "at_least": "high"}, {"field": "path", "matches": "src/part)" +
            std::to_string(i % 10) + R"(/**"}]}, "has": {"field": "tests.reaching", "at_least": )" +
            std::to_string(1 + i % 3) + "}}}";
        break;
      case 1:
        text +=
            id +
            R"("when": {"fact": "risk.level", "at_least": "high"}, "require": {"fact": "patch.files.count", "at_most": )" +
            std::to_string(i) + "}}";
        break;
      case 2:
        text +=
            id +
            R"("require": {"every": "symbols.touched", "where": {"field": "impact", "is": "critical"}, "has": {"any": [{"field": "tests.reaching", "at_least": 1}, {"field": "change", "is": "added"}]}}})";
        break;
      default:
        text +=
            id + R"("paths": ["src/part)" + std::to_string(i % 10) +
            R"(/**"], "require": {"all": [{"fact": "rollout.level", "at_least": "staged"}, {"fact": "analysis.unread.count", "at_most": 0}]}})";
    }
  }
  return text + "]}";
}

Facts facts() {
  const char* levels[] = {"low", "moderate", "high", "critical"};
  const char* changes[] = {"body", "signature", "added", "removed"};
  Facts facts;
  facts.set("risk.level", std::string("high"));
  facts.set("patch.files.count", std::int64_t{100});
  facts.set("rollout.level", std::string("none"));
  facts.set("analysis.unread.count", std::int64_t{0});
  std::vector<Row> rows;
  for (int i = 0; i < kSymbols; ++i) {
    Row row{"part" + std::to_string(i % 10) + "::symbol" + std::to_string(i),
            {"src/part" + std::to_string(i % 10) + "/file" + std::to_string(i % 97) + ".cpp",
             static_cast<std::uint32_t>(i), 0},
            {}};
    row.fields["name"] = row.label;
    row.fields["path"] = row.at.file;
    row.fields["change"] = std::string(changes[i % 7 % 4]);
    row.fields["impact"] = std::string(levels[i % 13 % 4]);
    row.fields["tests.reaching"] = std::int64_t{i % 5};
    row.fields["sinks.count"] = std::int64_t{i % 3};
    rows.push_back(std::move(row));
  }
  facts.set_list("symbols.touched", std::move(rows));
  return facts;
}

}  // namespace

int main() {
  const auto loaded = load_policy({"policy.json", policy_text()}, {});
  if (!loaded.policy) {
    for (const auto& error : loaded.errors) std::fprintf(stderr, "%s\n", to_string(error).c_str());
    return 2;
  }
  const auto seen = facts();
  std::vector<std::string> paths;
  for (int i = 0; i < 970; ++i)
    paths.push_back("src/part" + std::to_string(i % 10) + "/file" + std::to_string(i % 97) + ".cpp");
  std::vector<double> times;
  for (int run = 0; run < kRuns; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    const auto verdict = evaluate(*loaded.policy, seen, paths);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    if (verdict.rules.size() != kRules) return 2;
    times.push_back(took.count());
  }
  std::sort(times.begin(), times.end());
  const auto median = times[times.size() / 2];
  std::printf("%d rules over %d touched symbols: best %.1f ms, median %.1f ms of %d runs; at most %.0f ms\n", kRules,
              kSymbols, times.front(), median, kRuns, kLimit);
  return median <= kLimit ? 0 : 1;
}
