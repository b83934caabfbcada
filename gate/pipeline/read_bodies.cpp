#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "analyzers/graph/call_like.h"
#include "analyzers/graph/touched_node.h"
#include "gate/pipeline/open_way_back.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostBodies = 60;
constexpr std::size_t kMostFiles = 24;
constexpr std::uint32_t kMostLines = 2000;  // of one function

using Relation = BodyText::Relation;

/// Which bodies are wanted, in the order of the report.
class Wanted {
 public:
  explicit Wanted(const Graph& graph) : graph_(graph) {}

  void add(NodeId id, Relation relation) {
    const auto& node = graph_.node(id);
    if (!node.in_project() || !is_callable(node.kind) || node.end_line < node.line || node.line == 0) return;
    if (classify(node.file) == FileClass::test || !seen_.insert(id).second) return;
    rows_.push_back({relation, node.name, node.file, node.line, std::min(node.end_line, node.line + kMostLines)});
  }
  /// What it calls, who calls it, and what those call.
  void add_around(NodeId id) {
    add_callees(id, Relation::callee);
    std::size_t callers = 0;
    for (const auto& link : graph_.users(id)) {
      if (!is_call_like(link.kind) || link.confidence != Confidence::exact) continue;
      around_.emplace_back(link.node, Relation::caller);
      if (callers++ < kMostBodies) add_callees(link.node, Relation::beside);
    }
  }
  void add_users(NodeId id) {
    for (const auto& link : graph_.users(id))
      if (link.confidence == Confidence::exact) around_.emplace_back(link.node, Relation::caller);
  }

  void add_callees(NodeId id, Relation relation) {
    for (const auto& link : graph_.uses(id))
      if (is_call_like(link.kind) && link.confidence == Confidence::exact) around_.emplace_back(link.node, relation);
  }

  struct Row {
    Relation relation;
    std::string name, file;
    std::uint32_t first, last;
    friend auto operator<=>(const Row&, const Row&) = default;
  };
  std::vector<Row> rows() {
    // Each as the nearest that it is.
    std::stable_sort(around_.begin(), around_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    for (const auto& [id, relation] : around_) add(id, relation);
    std::sort(rows_.begin(), rows_.end());
    return std::move(rows_);
  }

 private:
  const Graph& graph_;
  std::set<NodeId> seen_;
  std::vector<Row> rows_;
  std::vector<std::pair<NodeId, Relation>> around_;
};

/// Lines [first, last] of a text.
std::string lines_of(std::string_view text, std::uint32_t first, std::uint32_t last) {
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < first && begin != std::string_view::npos; ++line) {
    begin = text.find('\n', begin);
    if (begin != std::string_view::npos) ++begin;
  }
  if (begin == std::string_view::npos) return {};
  std::size_t end = begin;
  for (std::uint32_t line = first; line <= last && end < text.size(); ++line)
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  return std::string(text.substr(begin, end - begin));
}

}  // namespace

void read_bodies(const Repository& repository, const Snapshot& head, const TwoSides& sides, WayBack& way_back) {
  const Graph& graph = sides.head.graph;
  if (graph.nodes().empty()) return;
  Wanted wanted(graph);
  for (const auto& symbol : sides.touched.symbols) {
    const NodeId id = node_of(graph, symbol.head_usr, symbol.head_file);
    if (id == kNoNode || symbol.in_test_code) continue;
    wanted.add(id, Relation::touched);
    if (is_callable(symbol.kind)) wanted.add_around(id);
    if (symbol.kind == SymbolKind::type && symbol.change == ChangeKind::layout) wanted.add_users(id);
  }
  std::map<std::string, std::optional<std::string>> texts;
  for (const auto& row : wanted.rows()) {
    if (way_back.bodies.size() == kMostBodies) {
      way_back.bodies_cut = true;
      return;
    }
    auto text = texts.find(row.file);
    if (text == texts.end()) {
      if (texts.size() == kMostFiles) {
        way_back.bodies_cut = true;
        continue;
      }
      text = texts.emplace(row.file, read_file(repository, head, row.file).value_or(std::nullopt)).first;
    }
    if (!text->second) continue;
    way_back.bodies.push_back(
        {row.name, {row.file, row.first, 0}, row.relation, lines_of(*text->second, row.first, row.last)});
  }
}

}  // namespace patchgate
