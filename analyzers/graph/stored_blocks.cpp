#include "analyzers/graph/stored_blocks.h"

#include <algorithm>

#include "analyzers/model/bytes.h"

namespace patchgate {

namespace {

/// The most that a block may take when it is unpacked, whatever its frame says.
constexpr std::size_t kMostBytes = 1U << 28U;
static_assert(kEdgeKinds * kConfidences * kEdgeRules <= 256);

std::uint8_t how(const Link& link) {
  return static_cast<std::uint8_t>((static_cast<int>(link.rule) * kConfidences + static_cast<int>(link.confidence)) *
                                       kEdgeKinds +
                                   static_cast<int>(link.kind));
}

bool set_how(std::uint8_t code, Link& link) {
  link.kind = static_cast<EdgeKind>(code % kEdgeKinds);
  link.confidence = static_cast<Confidence>(code / kEdgeKinds % kConfidences);
  const int rule = code / kEdgeKinds / kConfidences;
  link.rule = static_cast<EdgeRule>(rule);
  return rule < kEdgeRules;
}

std::uint32_t zigzag(std::uint32_t difference) { return difference << 1U ^ (0U - (difference >> 31U)); }
std::uint32_t unzigzag(std::uint32_t number) { return number >> 1U ^ (0U - (number & 1U)); }

}  // namespace

/// LEB128 without the care of ByteReader about shortest forms: as fast as links are many.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : next_(bytes.data()), end_(next_ + bytes.size()) {}
  std::uint32_t next() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      if (next_ == end_) break;
      const auto byte = static_cast<unsigned char>(*next_++);
      value |= (byte & 0x7fU) << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  std::uint8_t byte() { return next_ == end_ ? (ok_ = false, std::uint8_t{0}) : static_cast<std::uint8_t>(*next_++); }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && next_ == end_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - next_); }

 private:
  const char* next_;
  const char* end_;
  bool ok_ = true;
};

std::string block_of_nodes(std::span<const Node* const> nodes) {
  ByteWriter out;
  for (const Node* node : nodes) out.number(zigzag(node->end_line - node->line));
  for (const Node* node : nodes) out.text(node->origin);
  for (const Node* node : nodes) out.text(node->name);
  return out.take();
}

// The other ends of users are those of the user lists: how many links each of them has says the rest.
std::string block_of_links(std::span<const std::span<const Link>> links, NodeId first, bool to_users,
                           std::span<const std::uint32_t> lines) {
  ByteWriter out;
  if (!to_users) {
    for (const auto& of_node : links) out.number(of_node.size());
  }
  NodeId node = first;
  for (const auto& of_node : links) {
    NodeId last = node++;
    std::size_t same = 0;
    for (std::size_t i = 0; i < of_node.size(); ++i) {
      if (!to_users) {
        out.number(zigzag(of_node[i].node - last));
        last = of_node[i].node;
        continue;
      }
      ++same;
      if (i + 1 < of_node.size() && of_node[i + 1].node == of_node[i].node) continue;
      out.number(same);
      same = 0;
    }
  }
  for (const auto& of_node : links)
    for (const Link& link : of_node) out.byte(how(link));
  node = first;
  for (const auto& of_node : links) {
    for (const Link& link : of_node) out.number(zigzag(link.line - lines[to_users ? link.node : node]));
    ++node;
  }
  return out.take();
}

StoredBlocks::StoredBlocks(std::shared_ptr<const std::string> owner, Known known, Frames of_nodes, Frames of_uses,
                           Frames of_users)
    : owner_(std::move(owner)),
      known_(std::move(known)),
      nodes_(known_.kinds.size()),
      of_nodes_(std::move(of_nodes)),
      of_uses_(std::move(of_uses)),
      of_users_(std::move(of_users)),
      read_((nodes_ + kNodes - 1) / kNodes),
      uses_(read_.size()),
      users_(read_.size()) {}

std::size_t StoredBlocks::nodes_in(std::size_t block) const { return std::min(kNodes, nodes_ - block * kNodes); }

std::string StoredBlocks::unpacked(const Frames& frames, std::size_t block) {
  const auto frame = frames.bytes.substr(frames.begin[block], frames.begin[block + 1] - frames.begin[block]);
  auto bytes = compressor_.unpack(frame, {}, kMostBytes);
  is_whole_ = is_whole_ && bytes;
  return bytes ? std::move(*bytes) : std::string();
}

/// Which nodes the links lead to.
bool StoredBlocks::read_ends(Numbers& in, std::size_t block, bool to_users, Links& found) const {
  const auto first = static_cast<NodeId>(block * kNodes);
  const std::size_t count = nodes_in(block);
  found.begin.assign(count + 1, 0);
  if (to_users) {
    std::size_t users = 0;
    for (std::size_t i = 0; i < count; ++i) users += known_.users->of(first + static_cast<NodeId>(i)).size();
    found.links.reserve(users);
    for (std::size_t i = 0; i < count; ++i) {
      for (const UserLink user : known_.users->of(first + static_cast<NodeId>(i))) {
        const auto links = in.next();
        if (links > in.left() || found.links.size() + links > in.left()) return false;
        found.links.insert(found.links.end(), links, Link{user.node()});
      }
      found.begin[i + 1] = static_cast<std::uint32_t>(found.links.size());
    }
    return in.ok();
  }
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < count; ++i) found.begin[i + 1] = static_cast<std::uint32_t>(all += in.next());
  if (!in.ok() || all > in.left()) return false;
  found.links.resize(all);
  bool in_range = true;
  for (std::size_t i = 0; i < count; ++i) {
    NodeId last = first + static_cast<NodeId>(i);
    for (auto link = found.begin[i]; link < found.begin[i + 1]; ++link) {
      last += unzigzag(in.next());
      found.links[link].node = last;
      in_range = in_range && last < nodes_;
    }
  }
  return in_range;
}

std::unique_ptr<StoredBlocks::Links> StoredBlocks::read_links(const Frames& frames, std::size_t block, bool to_users) {
  const std::string bytes = unpacked(frames, block);
  Numbers in(bytes);
  auto found = std::make_unique<Links>();
  bool good = read_ends(in, block, to_users, *found);
  if (good) {
    for (auto& link : found->links) good = set_how(in.byte(), link) && good;
    for (std::size_t i = 0; i + 1 < found->begin.size(); ++i) {
      for (auto link = found->begin[i]; link < found->begin[i + 1]; ++link) {
        auto& one = found->links[link];
        one.line = known_.lines[to_users ? one.node : block * kNodes + i] + unzigzag(in.next());
      }
    }
    good = good && in.at_end();
  }
  if (!good) {
    is_whole_ = false;
    found->links.clear();
    found->begin.assign(nodes_in(block) + 1, 0);
  }
  return found;
}

std::span<const Link> StoredBlocks::links(std::vector<std::unique_ptr<Links>>& blocks, const Frames& frames, NodeId id,
                                          bool to_users) {
  auto& block = blocks[id / kNodes];
  if (!block) block = read_links(frames, id / kNodes, to_users);
  const auto begin = block->begin[id % kNodes];
  return {block->links.data() + begin, block->begin[id % kNodes + 1] - begin};
}

std::unique_ptr<std::vector<Node>> StoredBlocks::read_nodes(std::size_t block) {
  const std::string bytes = unpacked(of_nodes_, block);
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  auto nodes = std::make_unique<std::vector<Node>>(nodes_in(block));
  const auto first = static_cast<NodeId>(block * kNodes);
  auto file = std::partition_point(known_.files->begin(), known_.files->end(),
                                   [&](const FileNodes& one) { return one.end <= first; });
  for (NodeId id = first; id < first + nodes->size(); ++id) {
    Node& node = (*nodes)[id - first];
    while (file->end <= id) ++file;
    node.usr = known_.usr[id];
    node.kind = known_.kinds[id];
    node.flags = known_.flags[id];
    node.file = file->file;
    node.line = known_.lines[id];
    node.end_line = node.line + unzigzag(in.number32());
  }
  for (auto& node : *nodes) node.origin = in.text();
  for (auto& node : *nodes) node.name = in.text();
  is_whole_ = is_whole_ && in.ok() && in.left() == 0;
  return nodes;
}

const Node& StoredBlocks::node(NodeId id) {
  auto& block = read_[id / kNodes];
  if (!block) block = read_nodes(id / kNodes);
  return (*block)[id % kNodes];
}

}  // namespace patchgate
