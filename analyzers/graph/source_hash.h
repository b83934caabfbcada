#pragma once

#include <string_view>

namespace patchgate {

/// Hexadecimal SHA-256 of the sources that make a graph of stored units (analyzers/model, analyzers/graph), as they
/// were when this was built. In every key of what is worked out from units: what other sources made is not found.
std::string_view graph_source_hash();

}  // namespace patchgate
