#include <map>

#include "analyzers/unseen/unseen.h"

namespace patchgate {
namespace {

const char* many(BlindSpotKind kind) {
  switch (kind) {
    case BlindSpotKind::pointer_call:
      return "calls through pointers for which no target is known";
    case BlindSpotKind::dependent_call:
      return "calls in templates that nobody instantiates";
    case BlindSpotKind::assembler:
      return "assembler statements";
    case BlindSpotKind::name_lookup:
      return "lookups of functions by a name made at run time";
    case BlindSpotKind::loaded_code:
      return "places that load code at run time";
  }
  return "";
}

}  // namespace

std::string what_is_unseen(const BlindSpot& spot) {
  switch (spot.kind) {
    case BlindSpotKind::pointer_call:
      return "calls through a pointer for which no target is known";
    case BlindSpotKind::dependent_call:
      return spot.text.empty() ? "calls what a template argument decides, and nobody instantiates it"
                               : "calls " + spot.text + " of a template argument, and nobody instantiates it";
    case BlindSpotKind::assembler:
      return "holds assembler: what that calls or writes is not seen";
    case BlindSpotKind::name_lookup:
      return "looks up a function by a name made at run time (" + spot.text + ")";
    case BlindSpotKind::loaded_code:
      return "loads code at run time (" + spot.text + ")";
  }
  return "";
}

std::vector<std::string> blind_spots_of_project(const Graph& graph) {
  struct Found {
    std::size_t count = 0;
    const BlindSpot* first = nullptr;
  };
  std::map<BlindSpotKind, Found> kinds;
  for (const auto& spot : graph.blind_spots()) {
    auto& found = kinds[spot.kind];
    if (found.count++ == 0) found.first = &spot;
  }
  std::vector<std::string> lines;
  for (const auto& [kind, found] : kinds) {
    lines.push_back(std::string(many(kind)) + ", in the whole project: " + std::to_string(found.count) +
                    (found.count == 1 ? ", at " : ", the first at ") + found.first->file + ":" +
                    std::to_string(found.first->line));
  }
  return lines;
}

}  // namespace patchgate
