#include "gate/pipeline/suspicious_places.h"

#include "analyzers/patch/suspicious_text.h"

namespace patchgate {

Result<std::vector<Place>> suspicious_places(const Repository& repository, const Patch& patch) {
  std::vector<Place> places;
  for (const auto& change : patch.files) {
    if (change.head_blob.empty() || change.hunks.empty()) continue;
    PATCHGATE_TRY(const auto text, repository.blob(change.head_blob));
    for (const auto line : suspicious_lines(text, change.hunks)) places.push_back({change.path, line, 0});
  }
  return places;
}

}  // namespace patchgate
