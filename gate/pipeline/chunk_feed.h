#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/store.h"

namespace patchgate {

/// Gives a GraphBuilder what stored units saw, one chunk at a time, so that never more than one of them is in memory:
/// piece by piece while something else is waited for, the rest when it is needed.
class ChunkFeed {
 public:
  /// `store` must outlive it. Chunks of the files `without` are left out.
  ChunkFeed(Store& store, std::vector<std::int64_t> units, std::set<std::string> without);
  /// One piece, less than a few milliseconds; false when nothing is left to do.
  bool step();
  /// With everything in it. Error (io) as Store::chunks.
  Result<GraphBuilder> take() &&;

 private:
  Store& store_;
  std::vector<std::int64_t> units_;
  std::set<std::string> without_;
  std::size_t listed_ = 0;
  std::set<std::int64_t> seen_;
  std::vector<ChunkPlace> places_;
  std::size_t added_ = 0;
  bool damaged_ = false;
  GraphBuilder builder_;
};

}  // namespace patchgate
