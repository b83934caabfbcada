#include <string>
#include <vector>

#include "analyzers/recovery/recovery.h"
#include "analyzers/recovery/words.h"

namespace patchgate {

namespace {

void run(const Context& /*context*/, Findings& findings) {
  auto& watch = findings.recovery_watch;
  for (const auto& sink : certain_sinks(findings.touched)) {
    watch.push_back(sink.kind + " by " + sink.name + ", called from " + listed(sink.callers) +
                    ": number, size and refusals, against the hour before the deploy");
  }
  std::vector<std::string> fields;
  for (const TouchedSymbol& symbol : findings.touched) {
    if (symbol.kind == SymbolKind::field && !symbol.in_test_code) fields.push_back(symbol.name);
  }
  if (!fields.empty()) watch.push_back("values of " + listed(fields) + ": how many are empty or zero");
}

}  // namespace

const Analyzer recovery_watch{"recovery/watch", "what to watch in the first minutes after the deploy", run};

}  // namespace patchgate
