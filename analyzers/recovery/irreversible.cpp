#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/recovery/recovery.h"
#include "analyzers/recovery/words.h"

namespace patchgate {

namespace {

using Down = MigrationFinding::Down;

/// Why a kind of file says nothing about what it does; empty = all were looked into.
std::string not_looked_into(const Context& context) {
  if (!context.unread.empty()) return context.unread.front().at.file + " could not be read";
  if (!context.way_back.formats_unread.empty()) return context.way_back.formats_unread.front() + " could not be read";
  if (!context.sql.unread.empty()) return context.sql.unread.front().first + " could not be read";
  for (const FileChange& file : context.patch->files) {
    const bool runs = file.file_class == FileClass::source || file.file_class == FileClass::config ||
                      file.file_class == FileClass::migration;
    const bool only_moved = !file.base_blob.empty() && file.base_blob == file.head_blob;
    if (!runs || file.c_family || only_moved) continue;
    const bool format = std::any_of(context.way_back.formats.begin(), context.way_back.formats.end(),
                                    [&](const FormatText& text) { return text.path == file.path; });
    const bool sql = std::any_of(context.sql.sources.begin(), context.sql.sources.end(),
                                 [&](const SqlSource& source) { return source.change->path == file.path; });
    const bool rollout = std::any_of(context.rollouts.begin(), context.rollouts.end(),
                                     [&](const EvidenceFile& manifest) { return manifest.path == file.path; });
    if (!format && !sql && !rollout) return file.path + " is of a kind that is not analysed";
  }
  return {};
}

/// A zero is only as good as the search for what is counted.
std::string not_found_out(const Facts& facts) {
  // Statements that the budget left out; one that is told only by its words is counted.
  const Fact sql = facts.get("sql.unparsed.count");
  if (const auto* unknown = std::get_if<Unknown>(&sql.value)) return "SQL is not known: " + unknown->why;
  const Fact sinks = facts.get("sinks.unaudited.count");
  if (const auto* unknown = std::get_if<Unknown>(&sinks.value)) return "data sinks are not known: " + unknown->why;
  return {};
}

/// Why it is not known whether there is more; empty = it is known.
std::string doubt(const Context& context, const Findings& findings) {
  if (std::string why = not_looked_into(context); !why.empty()) return why;
  if (std::string why = not_found_out(findings.facts); !why.empty()) return why;
  for (const MigrationFinding& migration : findings.data_at_risk.migrations)
    if (migration.down == Down::unknown) return migration.at.file + ": " + migration.why;
  for (const TouchedSymbol& symbol : findings.touched)
    for (const FedSink& sink : symbol.sinks)
      if (sink.confidence != Confidence::exact && sink.audit.empty())
        return symbol.name + " may feed " + sink.kind + " (" + sink.name + "), for which no audit source is declared";
  return {};
}

/// Of a migration without a way back one thing is said: what its SQL takes, or else that there is none.
void add_migrations(Findings& findings) {
  for (const MigrationFinding& migration : findings.data_at_risk.migrations) {
    if (migration.down != Down::no && migration.down != Down::empty) continue;
    const bool said = std::any_of(findings.irreversible.begin(), findings.irreversible.end(),
                                  [&](const Irreversible& one) { return one.at.file == migration.at.file; });
    if (said) continue;
    findings.irreversible.push_back({"the migration has no step back: " + migration.why, migration.at,
                                     "a step back, written and tried before the deploy"});
  }
}

/// What was written through a sink stays written; where an audit source is declared, it can be put back.
void add_sinks(Findings& findings) {
  std::int64_t named = 0;
  for (const WatchedSink& sink : certain_sinks(findings.touched)) {
    if (std::find(sink.audits.begin(), sink.audits.end(), "") == sink.audits.end()) continue;
    findings.irreversible.push_back({"what was written: " + sink.kind + " by " + sink.name, sink.at,
                                     "no audit source is declared (`audits` in .patchgate/sinks.json)"});
    ++named;
  }
  // Of each symbol only the first sinks are listed.
  const Fact all = findings.facts.get("sinks.unaudited.count");
  const auto* count = std::get_if<std::int64_t>(&all.value);
  const auto* unknown = std::get_if<Unknown>(&all.value);
  std::int64_t known = 0;
  if (count != nullptr) known = *count;
  if (unknown != nullptr) known = unknown->at_least;
  for (; named < known; ++named)
    findings.irreversible.push_back({"what was written through a further data sink", {}, ""});
}

void run(const Context& context, Findings& findings) {
  add_migrations(findings);
  add_sinks(findings);
  std::vector<Place> from;
  std::vector<std::string> details;
  for (const auto& found : findings.irreversible) {
    if (!found.at.file.empty()) from.push_back(found.at);
    details.push_back(found.what);
  }
  const auto count = static_cast<std::int64_t>(findings.irreversible.size());
  Value value = count;
  if (std::string why = doubt(context, findings); !why.empty()) value = Unknown{std::move(why), count};
  findings.facts.set("recovery.irreversible.count", std::move(value), std::move(from), std::move(details));
}

}  // namespace

const Analyzer recovery_irreversible{"recovery/irreversible", "what a revert of the code does not take back", run};

}  // namespace patchgate
