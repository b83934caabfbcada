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
                                      [&](NodeId id, std::uint64_t wanted) { return usr_of(id) < wanted; });
  auto last = first;
  while (last != by_usr_.end() && usr_of(*last) == usr) ++last;
  return {first, last};
}

NodeId Graph::find(std::uint64_t usr, std::string_view file) const {
  for (const NodeId id : find(usr)) {
    if (node(id).file == file) return id;
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
  std::vector<NodeId> ids;
  std::vector<std::uint32_t> hashes;
  ids.reserve(keys.size());
  hashes.reserve(keys.size());
  for (const auto& [hash, id] : keys) {
    ids.push_back(id);
    hashes.push_back(static_cast<std::uint32_t>(hash >> 32U));
  }
  by_name_ = Column<NodeId>(std::move(ids));
  name_hashes_ = Column<std::uint32_t>(std::move(hashes));
}

void Graph::make_columns() {
  edge_count_ = out_.size();
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
  note_files();
}

const UserLists& Graph::user_lists() const {
  if (!user_lists_) user_lists_ = std::make_shared<const UserLists>(user_lists_of(*this));
  return *user_lists_;
}

const WalkOrder& Graph::walk_order() const {
  if (!walk_order_) walk_order_ = std::make_shared<const WalkOrder>(walk_order_of(user_lists()));
  return *walk_order_;
}

void Graph::note_files() {
  std::vector<FileNodes> files;
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    if (files.empty() || files.back().file != nodes_[id].file) files.push_back({nodes_[id].file, id, id});
    files.back().end = id + 1;
  }
  first_with_file_ = !files.empty() && files.front().file.empty() ? files.front().end : 0;
  files_ = std::make_shared<const std::vector<FileNodes>>(std::move(files));
}

bool Graph::name_before(NodeId a, NodeId b) const {
  return stored_ ? name_ranks_[a] < name_ranks_[b] : nodes_[a].name < nodes_[b].name;
}

/// Those whose name's last part may have that hash.
std::span<const NodeId> Graph::with_hash(std::uint64_t hash) const {
  const auto [first, last] =
      std::equal_range(name_hashes_.begin(), name_hashes_.end(), static_cast<std::uint32_t>(hash >> 32U));
  return by_name_.span().subspan(static_cast<std::size_t>(first - name_hashes_.begin()),
                                 static_cast<std::size_t>(last - first));
}

std::vector<NodeId> Graph::find_last_part(std::string_view name) const {
  const auto part = last_part(name);
  std::vector<NodeId> found;
  for (const NodeId id : with_hash(hash64(part))) {
    if (last_part(node(id).name) == part) found.push_back(id);
  }
  return found;
}

std::vector<NodeId> Graph::find_name(std::string_view name) const {
  std::vector<NodeId> exact, scoped;
  for (const NodeId id : with_hash(hash64(last_part(name)))) {
    const std::string_view candidate = node(id).name;
    if (candidate == name) exact.push_back(id);
    if (ends_with_part(candidate, name)) scoped.push_back(id);
  }
  return exact.empty() ? scoped : exact;
}

std::vector<NodeId> Graph::find_line(std::string_view file, std::uint32_t line) const {
  const auto in_file =
      std::lower_bound(files_->begin(), files_->end(), file,
                       [](const FileNodes& one, std::string_view wanted) { return one.file < wanted; });
  if (in_file == files_->end() || in_file->file != file) return {};
  std::vector<NodeId> around;
  for (NodeId id = in_file->first; id < in_file->end && node(id).line <= line; ++id) {
    if (in_project(id) && line <= end_of(node(id))) around.push_back(id);
  }
  // From the last line upwards, short before long: whatever could lie inside of a symbol has then been seen before it.
  const auto extent = [&](NodeId id) { return std::pair(~node(id).line, end_of(node(id))); };
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
