#include <string>
#include <utility>
#include <vector>

#include "analyzers/impact/impact.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostPlaces = 20;

/// What the graph cannot show of such a change.
std::string unseen(const Context& context, const FileChange& file) {
  switch (file.build_role) {
    case BuildRole::none:
      break;
    case BuildRole::build: {
      const std::string what = "a build file changed: flags, units and what is linked may differ";
      if (!context.no_graph.empty()) return what;
      return what + "; base and head were both read with the flags of the compile database given";
    }
    case BuildRole::link:
      return "a link map changed: which symbols are seen from outside, or where they are put, may differ; it was not "
             "compared";
    case BuildRole::generator:
      return "a generator changed" + (file.run_by.empty() ? "" : " (run by " + file.run_by + ")") +
             ": what changes in the source that it makes was not compared";
  }
  return "";
}

void state(const Context& context, const char* name, BuildRole role, Facts& facts) {
  std::int64_t count = 0;
  std::vector<Place> from;
  for (const FileChange& file : context.patch->files) {
    if (file.build_role != role) continue;
    ++count;
    if (from.size() < kMostPlaces) from.push_back({file.path, 0, 0});
  }
  facts.set(name, count, std::move(from));
}

void run(const Context& context, Findings& findings) {
  state(context, "patch.build_files.count", BuildRole::build, findings.facts);
  state(context, "patch.link_files.count", BuildRole::link, findings.facts);
  state(context, "patch.generators.count", BuildRole::generator, findings.facts);
  for (const FileChange& file : context.patch->files) {
    if (auto what = unseen(context, file); !what.empty())
      findings.blind_spots.push_back(file.path + ": " + std::move(what));
  }
}

}  // namespace

const Analyzer impact_build_files{"impact/build_files",
                                  "files that decide what is built: what they change is in no graph", run};

}  // namespace patchgate
