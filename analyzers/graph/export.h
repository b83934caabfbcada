#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/graph.h"
#include "analyzers/model/result.h"

namespace patchgate {

enum class TableFormat {
  tsv,   ///< a header line, then one row a line; names through printable()
  json,  ///< an array of objects, one a line, with the columns as keys; lines and counts are numbers
};

/// Which edges are wanted; all by default.
struct EdgeFilter {
  std::array<bool, kEdgeKinds> kinds;
  std::array<bool, kConfidences> confidences;
  bool rules = false;  ///< two more columns: `rule`, how each edge was found, and `line`, that of its first use
  EdgeFilter() {
    kinds.fill(true);
    confidences.fill(true);
  }
  bool wants(EdgeKind kind, Confidence confidence) const {
    return kinds[static_cast<std::size_t>(kind)] && confidences[static_cast<std::size_t>(confidence)];
  }
};

/// From lists of the contract's words, separated by commas ("call,virtual", "exact"); an empty list wants all. Error
/// (usage): a word that is none of them.
Result<EdgeFilter> parse_edge_filter(std::string_view kinds, std::string_view confidences);

/// Takes the text in pieces: a graph's may be large.
using TextSink = std::function<void(std::string_view)>;

/// All edges, with the columns caller, caller_file, caller_line, callee, callee_file, callee_line, kind, confidence
/// (and rule, line; an include edge has line 0). Rows are sorted as text, byte by byte (`LC_ALL=C sort`), also in JSON.
/// The names of an include edge are the files.
void export_edges(const Graph& graph, const EdgeFilter& filter, TableFormat format, const TextSink& out);

/// The same columns for the edges into (callers) or out of (callees) any of `symbols`.
void export_callers(const Graph& graph, std::span<const NodeId> symbols, const EdgeFilter& filter, TableFormat format,
                    const TextSink& out);
void export_callees(const Graph& graph, std::span<const NodeId> symbols, const EdgeFilter& filter, TableFormat format,
                    const TextSink& out);

/// What the table of fan-in is sorted by. Direct: what people of the project write every day is on top. Transitive:
/// what lies at the bottom of the program.
enum class FanInOrder { direct, transitive };

struct FanInWanted {
  FanInOrder order = FanInOrder::direct;
  std::size_t top = 20;
  std::vector<SymbolKind> only;  ///< symbols of these kinds; empty = all
  bool vendored = false;         ///< with what is_vendored() says
};

/// The `top` project symbols by lower fan-in in that order, ties by the other one, then by name, file and line: rank,
/// name, kind, file, line, direct_lower, direct_upper, transitive_lower, transitive_upper, percentile. `rank`: 1 + the
/// number of wanted symbols of any kind with a higher one in that order; `percentile` is among those of its kind, cut
/// off (never rounded up) after two decimals in tsv and four in JSON. Symbols that are not wanted take no rank. Returns
/// how many were left out as vendored.
std::size_t export_fan_in(const Graph& graph, const FanInRanks& ranks, const FanInWanted& wanted, TableFormat format,
                          const TextSink& out);

}  // namespace patchgate
