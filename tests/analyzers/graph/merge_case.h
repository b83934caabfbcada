#pragma once

namespace patchgate {

/// Facts (see graph_text.h), and the nodes and edges that they become.
struct MergeCase {
  const char* name;
  const char* facts;
  const char* nodes;
  const char* edges;
};

}  // namespace patchgate
