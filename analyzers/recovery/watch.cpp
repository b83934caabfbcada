#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "analyzers/recovery/emitted_strings.h"
#include "analyzers/recovery/recovery.h"
#include "analyzers/recovery/words.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostStrings = 8;
/// So many stand before what has to be counted, the others behind it: a card has few lines.
constexpr std::size_t kStringsFirst = 2;

const char* what_shows(EmitterKind kind) {
  switch (kind) {
    case EmitterKind::log:
      return "log";
    case EmitterKind::metric:
      return "metrics";
    case EmitterKind::http:
      break;
  }
  return "requests";
}

/// Functions on the way to a sink that is fed for certain.
std::set<std::string> ways_to_sinks(const std::vector<TouchedSymbol>& touched) {
  std::set<std::string> names;
  for (const TouchedSymbol& symbol : touched)
    for (const FedSink& sink : symbol.sinks)
      if (sink.confidence == Confidence::exact) names.insert(sink.path.begin(), sink.path.end());
  return names;
}

/// Commands that find what the touched code says, then the way to what it feeds, then its callees, then its callers.
std::vector<std::string> strings_to_watch(const Context& context, const Findings& findings) {
  const std::set<std::string> to_sinks = ways_to_sinks(findings.touched);
  const auto rank = [&](const BodyText& body) {
    if (body.relation == BodyText::Relation::touched) return 0;
    return to_sinks.contains(body.name) ? 1 : 2;
  };
  std::vector<std::string> lines;
  std::set<std::string> said;
  const auto say = [&](const BodyText& body) {
    for (const EmittedString& emitted : emitted_strings(body.text)) {
      const std::string word = shell_word(emitted.text);
      if (word.empty() || lines.size() == kMostStrings || !said.insert(emitted.text).second) continue;
      const Place at{body.at.file, body.at.line + emitted.line - 1, 0};
      lines.push_back(std::string(what_shows(emitted.kind)) + ": grep -F " + word + "  (" + body.name + ", " + at.file +
                      ":" + std::to_string(at.line) + ")");
    }
  };
  for (int wanted = 0; wanted <= 2; ++wanted)
    for (const BodyText& body : context.way_back.bodies)
      if (rank(body) == wanted && (wanted < 2 || body.relation != BodyText::Relation::beside)) say(body);
  return lines;
}

void run(const Context& context, Findings& findings) {
  auto& watch = findings.recovery_watch;
  const std::vector<std::string> strings = strings_to_watch(context, findings);
  const auto first = static_cast<std::ptrdiff_t>(std::min(kStringsFirst, strings.size()));
  watch.assign(strings.begin(), strings.begin() + first);
  for (const auto& sink : certain_sinks(findings.touched)) {
    watch.push_back(sink.kind + " by " + sink.name + ", called from " + listed(sink.callers) +
                    ": number, size and refusals, against the hour before the deploy");
  }
  std::vector<std::string> fields;
  for (const TouchedSymbol& symbol : findings.touched) {
    if (symbol.kind == SymbolKind::field && !symbol.in_test_code) fields.push_back(symbol.name);
  }
  if (!fields.empty()) watch.push_back("values of " + listed(fields) + ": how many are empty or zero");
  watch.insert(watch.end(), strings.begin() + first, strings.end());
}

}  // namespace

const Analyzer recovery_watch{"recovery/watch", "what to watch in the first minutes after the deploy", run};

}  // namespace patchgate
