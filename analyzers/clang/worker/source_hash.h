#pragma once

#include <string_view>

namespace patchgate {

/// Hexadecimal SHA-256 of the sources that make facts of a unit (analyzers/model, analyzers/clang/protocol and worker),
/// as they were when this was built. In the key of every stored unit: what other sources saw is not found.
std::string_view worker_source_hash();

}  // namespace patchgate
