#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/graph/compress.h"
#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/graph.h"
#include "analyzers/model/hash.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// A merged graph and the numbers of its FanInRanks, as they lie in the index, so that a check need not merge again.
struct DerivedGraph {
  Graph graph;
  std::vector<std::uint32_t> lower;  ///< for FanInRanks(graph, lower)
};

/// Behind a mark (Compressor::kMark: not worth compressing again) and a checksum: what walks read, as arrays of
/// numbers, little-endian; names and links in compressed blocks that are read when somebody asks (stored_blocks.h).
/// Equal graphs have equal bytes, packed at the same level. `fast`: for what will be read once or twice.
std::string encode_derived(const Graph& graph, const FanInRanks& ranks,
                           Compressor::Level level = Compressor::Level::small);

/// The inverse; the graph keeps the bytes. Whatever they are, it is safe to ask; error (io) when they are damaged or of
/// another format. Bytes that were not damaged but made up may pass; Graph::is_whole() says what then is found out.
Result<DerivedGraph> decode_derived(std::string bytes);

/// Names what a graph was merged from, for Store::derived: the contents of stored units (StoredUnit::content), in any
/// order, and, in `salt`, whatever else it depends on. A strong hash: the salt names paths of the patch, and a patch
/// must not be judged by the graph of another one.
Hash128 derived_key(std::vector<Hash128> units, const Hash128& salt = {});

}  // namespace patchgate
