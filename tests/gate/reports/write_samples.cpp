// write_samples FOLDER: the sample reports in all formats, and a report of each hostile text, for the real readers of
// these formats (ci/formats).
#include <cstdio>
#include <fstream>
#include <string>

#include "gate/reports/report.h"
#include "tests/gate/reports/sample_report.h"

namespace {

bool write_all(const std::string& folder, const std::string& name, const patchgate::Report& report) {
  for (const auto& writer : patchgate::writers()) {
    std::ofstream file(folder + "/" + name + "." + writer.name, std::ios::binary);
    file << writer.write(report, false);
    file.close();
    if (!file) return false;
  }
  return true;
}

/// report_of() without what no program writes: words that are none of a level, and rules of one name.
patchgate::Report hostile_report(const std::string& text) {
  auto report = patchgate::report_of(text);
  for (auto& symbol : report.symbols) symbol.impact = "high";
  report.impact.level = report.risk.level = "high";
  report.likelihood.level = report.revert = "unknown";
  for (std::size_t i = 0; i < report.verdict.rules.size(); ++i)
    report.verdict.rules[i].id = std::to_string(i) + text + std::to_string(i);
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: write_samples FOLDER\n", stderr);
    return 2;
  }
  using namespace patchgate;
  const std::string folder = argv[1];
  bool done = write_all(folder, "sample", sample_report()) && write_all(folder, "allow", allow_report()) &&
              write_all(folder, "none", none_report()) && write_all(folder, "proven", proven_report()) &&
              write_all(folder, "plain", hostile_report("plain"));
  int number = 0;
  for (const auto& hostile : hostile_texts()) {
    if (hostile.empty()) continue;  // says less, so its reports have another shape
    done = done && write_all(folder, "hostile-" + std::to_string(++number), hostile_report(hostile));
  }
  if (!done) std::perror(folder.c_str());
  return done ? 0 : 1;
}
