#pragma once

#include <optional>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// Why a function runs although nothing in the project has to call it.
enum class EntryKind : std::uint8_t {
  main,
  from_outside,    ///< handed to code outside, which calls it: see Graph::entrances_of
  exported,        ///< has a visibility attribute or dllexport
  runs_by_itself,  ///< before or after main
  never_used,      ///< callable, visible outside of its file, and nobody who was read uses it
};

/// "main", "entered from outside", "exported", "runs by itself", "nobody uses it".
const char* name_of(EntryKind kind);

/// The first of the kinds that fits; none for all that is called from the project alone.
std::optional<EntryKind> entry_kind(const Graph& graph, NodeId id);

}  // namespace patchgate
