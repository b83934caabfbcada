#include "analyzers/graph/graph.h"

#include <algorithm>
#include <numeric>

#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

std::string_view last_part(std::string_view name) {
  const auto colons = name.rfind("::");
  return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

/// `name` is `wanted` in some scope: `a::b` in `x::a::b`, not in `xa::b`; nor the type of a conversion operator
/// (`A::operator x::T` is no `T`).
bool ends_with_part(std::string_view name, std::string_view wanted) {
  if (name.size() < wanted.size() + 2 || !name.ends_with(wanted)) return false;
  const auto scope = name.substr(0, name.size() - wanted.size());
  return scope.ends_with("::") && scope.find("operator ") == std::string_view::npos;
}

std::uint32_t end_of(const Node& node) { return std::max(node.line, node.end_line); }

}  // namespace

std::vector<NodeId> Graph::find(std::uint64_t usr) const {
  const auto first = std::lower_bound(by_usr_.begin(), by_usr_.end(), usr,
                                      [&](NodeId id, std::uint64_t wanted) { return nodes_[id].usr < wanted; });
  auto last = first;
  while (last != by_usr_.end() && nodes_[*last].usr == usr) ++last;
  return {first, last};
}

NodeId Graph::find(std::uint64_t usr, std::string_view file) const {
  for (const NodeId id : find(usr)) {
    if (nodes_[id].file == file) return id;
  }
  return kNoNode;
}

// Sorted by the hash of the last part of the name: numbers sort faster than text, and both ways of naming a symbol
// share that part.
void Graph::index_names() {
  std::vector<std::pair<std::uint64_t, NodeId>> keys;
  keys.reserve(nodes_.size());
  for (NodeId id = 0; id < nodes_.size(); ++id) keys.emplace_back(hash64(last_part(nodes_[id].name)), id);
  std::sort(keys.begin(), keys.end());
  by_name_.clear();
  by_name_.reserve(keys.size());
  for (const auto& [hash, id] : keys) by_name_.push_back(id);
}

void Graph::make_columns() {
  in_project_.resize(nodes_.size());
  has_origin_.resize(nodes_.size());
  kinds_.resize(nodes_.size());
  flags_.resize(nodes_.size());
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    const Node& node = nodes_[id];
    in_project_[id] = node.in_project();
    has_origin_[id] = !node.origin.empty();
    kinds_[id] = node.kind;
    flags_[id] = node.flags;
  }
}

const UserLists& Graph::user_lists() const {
  if (!user_lists_) user_lists_ = std::make_shared<const UserLists>(user_lists_of(*this));
  return *user_lists_;
}

const WalkOrder& Graph::walk_order() const {
  if (!walk_order_) walk_order_ = std::make_shared<const WalkOrder>(walk_order_of(user_lists()));
  return *walk_order_;
}

std::vector<NodeId> Graph::first_of_files() const {
  std::vector<NodeId> firsts;
  const auto after = [&](std::size_t first) {
    // Strides that double find the end of a file in a few steps, whether it is long or short.
    const auto& file = nodes_[first].file;
    std::size_t low = first, stride = 1;
    while (low + stride < nodes_.size() && nodes_[low + stride].file == file) low += stride, stride *= 2;
    const auto high = std::min(low + stride, nodes_.size());
    return std::partition_point(nodes_.begin() + static_cast<std::ptrdiff_t>(low),
                                nodes_.begin() + static_cast<std::ptrdiff_t>(high),
                                [&](const Node& node) { return node.file == file; }) -
           nodes_.begin();
  };
  for (std::size_t first = 0; first < nodes_.size(); first = static_cast<std::size_t>(after(first)))
    firsts.push_back(static_cast<NodeId>(first));
  return firsts;
}

std::vector<NodeId> Graph::find_last_part(std::string_view name) const {
  const auto part = last_part(name);
  const auto hash = hash64(part);
  const auto hash_of_node = [&](NodeId id) { return hash64(last_part(nodes_[id].name)); };
  std::vector<NodeId> found;
  for (auto id = std::lower_bound(by_name_.begin(), by_name_.end(), hash,
                                  [&](NodeId node, std::uint64_t wanted) { return hash_of_node(node) < wanted; });
       id != by_name_.end() && hash_of_node(*id) == hash; ++id) {
    if (last_part(nodes_[*id].name) == part) found.push_back(*id);
  }
  return found;
}

std::vector<NodeId> Graph::find_name(std::string_view name) const {
  const auto hash = hash64(last_part(name));
  const auto hash_of_node = [&](NodeId id) { return hash64(last_part(nodes_[id].name)); };
  std::vector<NodeId> exact, scoped;
  for (auto id = std::lower_bound(by_name_.begin(), by_name_.end(), hash,
                                  [&](NodeId node, std::uint64_t wanted) { return hash_of_node(node) < wanted; });
       id != by_name_.end() && hash_of_node(*id) == hash; ++id) {
    const std::string_view candidate = nodes_[*id].name;
    if (candidate == name) exact.push_back(*id);
    if (ends_with_part(candidate, name)) scoped.push_back(*id);
  }
  return exact.empty() ? scoped : exact;
}

std::vector<NodeId> Graph::find_line(std::string_view file, std::uint32_t line) const {
  const auto first = std::lower_bound(nodes_.begin(), nodes_.end(), file,
                                      [](const Node& node, std::string_view wanted) { return node.file < wanted; });
  std::vector<NodeId> around;
  for (auto node = first; node != nodes_.end() && node->file == file && node->line <= line; ++node) {
    if (node->in_project() && line <= end_of(*node)) around.push_back(static_cast<NodeId>(node - nodes_.begin()));
  }
  // From the last line upwards, short before long: whatever could lie inside of a symbol has then been seen before it.
  const auto extent = [&](NodeId id) { return std::pair(~nodes_[id].line, end_of(nodes_[id])); };
  std::sort(around.begin(), around.end(), [&](NodeId a, NodeId b) { return extent(a) < extent(b); });
  std::vector<NodeId> innermost;
  std::uint32_t nearest_end = 0xffffffffU;
  for (std::size_t begin = 0, end = 0; begin < around.size(); begin = end) {
    while (end < around.size() && extent(around[end]) == extent(around[begin])) ++end;
    const std::uint32_t own_end = extent(around[begin]).second;
    if (begin == 0 || nearest_end > own_end) {
      innermost.insert(innermost.end(), around.begin() + static_cast<std::ptrdiff_t>(begin),
                       around.begin() + static_cast<std::ptrdiff_t>(end));
    }
    nearest_end = std::min(nearest_end, own_end);
  }
  std::sort(innermost.begin(), innermost.end());
  return innermost;
}

std::span<const Flow> Graph::flows_of_producer(NodeId id) const {
  const auto [first, last] = std::equal_range(flows_.begin(), flows_.end(), Flow{kNoNode, id, kNoNode, 0},
                                              [](const Flow& a, const Flow& b) { return a.producer < b.producer; });
  return {first, last};
}

std::span<const Entrance> Graph::entrances_of(NodeId id) const {
  const auto [first, last] =
      std::equal_range(entrances_.begin(), entrances_.end(), Entrance{id, {}},
                       [](const Entrance& a, const Entrance& b) { return a.function < b.function; });
  return {first, last};
}

std::span<const BlindSpot> Graph::blind_spots_of(NodeId id) const {
  const auto [first, last] = std::equal_range(blind_spots_.begin(), blind_spots_.end(), BlindSpot{id, {}, 0, {}, {}},
                                              [](const BlindSpot& a, const BlindSpot& b) { return a.in < b.in; });
  return {first, last};
}

std::span<const Literal> Graph::literals_of_caller(NodeId id) const {
  const auto [first, last] = std::equal_range(literals_.begin(), literals_.end(), Literal{id, kNoNode, 0, {}, 0},
                                              [](const Literal& a, const Literal& b) { return a.caller < b.caller; });
  return {first, last};
}

}  // namespace patchgate
