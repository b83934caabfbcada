#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/recovery/recovery.h"

namespace patchgate {

namespace {

/// Why it is not known whether there is more; empty = it is known.
std::string doubt(const Context& context, const Findings& findings) {
  const Patch& patch = *context.patch;
  if (std::any_of(patch.files.begin(), patch.files.end(),
                  [](const FileChange& file) { return file.file_class == FileClass::migration; })) {
    return "migrations are changed, and they are not looked into";
  }
  if (!context.unread.empty()) return context.unread.front().at.file + " could not be read";
  if (!context.way_back.formats_unread.empty()) return context.way_back.formats_unread.front() + " could not be read";
  for (const TouchedSymbol& symbol : findings.touched) {
    if (!symbol.sinks.empty()) return "whether the data that " + symbol.name + " feeds can be restored is not seen";
  }
  // A zero is only as good as the search for sinks.
  const Fact sinks = findings.facts.get("sinks.count");
  if (const auto* unknown = std::get_if<Unknown>(&sinks.value)) return "data sinks are not known: " + unknown->why;
  for (const FileChange& file : patch.files) {
    const bool runs = file.file_class == FileClass::source || file.file_class == FileClass::config;
    const bool looked_into = std::any_of(context.way_back.formats.begin(), context.way_back.formats.end(),
                                         [&](const FormatText& format) { return format.path == file.path; });
    if (runs && !file.c_family && !looked_into) return file.path + " is of a kind that is not analysed";
  }
  return {};
}

void run(const Context& context, Findings& findings) {
  std::vector<Place> from;
  std::vector<std::string> details;
  for (const auto& found : findings.irreversible) {
    from.push_back(found.at);
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
