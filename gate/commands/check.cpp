#include <chrono>

#include "gate/cli/exit_code.h"
#include "gate/commands/commands.h"
#include "gate/commands/environment.h"
#include "gate/commands/say.h"
#include "gate/commands/stats.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/judge.h"

namespace patchgate {
namespace {

const Writer* find_writer(const std::string& name) {
  for (const auto& writer : writers())
    if (name == writer.name) return &writer;
  return nullptr;
}

/// Writes every report that was asked for, also when one of them fails. Files come first: who reads the standard output
/// may be gone before its end, and that ends the program.
std::vector<Error> write_reports(const CheckOptions& options, const Report& report) {
  std::vector<Error> errors;
  for (const bool to_screen : {false, true}) {
    for (const auto& request : options.reports) {
      if (request.file.empty() != to_screen) continue;
      const auto text = find_writer(request.format)->write(report, to_screen && !options.no_color && wants_color());
      const auto done = to_screen ? print(text) : write_output_file(request.file, text);
      if (!done) errors.push_back(done.error());
    }
  }
  return errors;
}

}  // namespace

int run_check(const CheckOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  auto judgement = judge_patch(options, ci_environment());
  if (!options.quiet)
    for (const auto& warning : judgement.warnings) say("patchgate: " + warning);
  const auto code = judgement.errors.empty() ? exit_code(judgement.report.verdict.decision, options.warn_exit)
                                             : say_errors(judgement.errors);
  const auto writing = std::chrono::steady_clock::now();
  auto unwritten = write_reports(options, judgement.report);
  const auto end = std::chrono::steady_clock::now();
  if (options.stats) {
    Stats stats;
    stats.seconds = judgement.seconds;
    stats.seconds["report"] = std::chrono::duration<double>(end - writing).count();
    stats.wall_seconds = std::chrono::duration<double>(end - start).count();
    stats.worker_cpu_seconds = judgement.worker_cpu_seconds;
    stats.worker_max_rss_kb = judgement.worker_max_rss_kb;
    stats.units_parsed = judgement.units_parsed;
    stats.units_reused = judgement.units_reused;
    stats.symbols = judgement.symbols;
    stats.edges = judgement.edges;
    if (const auto done = write_output_file(*options.stats, to_json(stats)); !done) unwritten.push_back(done.error());
  }
  if (!unwritten.empty()) return say_errors(unwritten);
  return code;
}

}  // namespace patchgate
