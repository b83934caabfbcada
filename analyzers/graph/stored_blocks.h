#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/graph/column.h"
#include "analyzers/graph/compress.h"
#include "analyzers/graph/node.h"
#include "analyzers/graph/user_lists.h"

namespace patchgate {

/// What is seldom asked of most nodes (names, links), as it lies in the index: in compressed blocks of kNodes nodes,
/// which are read when somebody asks first. What was read once stays where it is. Not for use by several threads at a
/// time.
class StoredBlocks {
 public:
  static constexpr std::size_t kNodes = 256;

  /// Frames one after the other; begin: where each starts, and the end.
  struct Frames {
    std::vector<std::uint64_t> begin;
    std::string_view bytes;
  };
  /// What each node has besides.
  struct Known {
    Column<std::uint64_t> usr;
    std::vector<SymbolKind> kinds;
    std::vector<std::uint16_t> flags;
    std::vector<std::uint32_t> lines;
    std::shared_ptr<const UserLists> users;
    std::shared_ptr<const std::vector<FileNodes>> files;
  };

  /// `owner` keeps the bytes; as many frames of each as those nodes need.
  StoredBlocks(std::shared_ptr<const std::string> owner, Known known, Frames of_nodes, Frames of_uses, Frames of_users);

  const Node& node(NodeId id);
  std::span<const Link> uses(NodeId id) { return links(uses_, of_uses_, id, false); }
  std::span<const Link> users(NodeId id) { return links(users_, of_users_, id, true); }
  /// False once a block was read that is none: then its nodes have no names, its links are none.
  bool is_whole() const { return is_whole_; }

 private:
  struct Links {
    std::vector<std::uint32_t> begin;
    std::vector<Link> links;
  };
  std::span<const Link> links(std::vector<std::unique_ptr<Links>>& blocks, const Frames& frames, NodeId id,
                              bool to_users);
  std::unique_ptr<Links> read_links(const Frames& frames, std::size_t block, bool to_users);
  bool read_ends(class Numbers& in, std::size_t block, bool to_users, Links& found) const;
  std::unique_ptr<std::vector<Node>> read_nodes(std::size_t block);
  std::string unpacked(const Frames& frames, std::size_t block);
  std::size_t nodes_in(std::size_t block) const;

  std::shared_ptr<const std::string> owner_;
  Known known_;
  std::size_t nodes_;
  Frames of_nodes_, of_uses_, of_users_;
  std::vector<std::unique_ptr<std::vector<Node>>> read_;
  std::vector<std::unique_ptr<Links>> uses_, users_;
  Compressor compressor_;
  bool is_whole_ = true;
};

/// A block before it is compressed.
std::string block_of_nodes(std::span<const Node* const> nodes);
/// `links`: of each node of the block, the first of which is `first`; to_users: who uses them. `lines`: of all nodes.
std::string block_of_links(std::span<const std::span<const Link>> links, NodeId first, bool to_users,
                           std::span<const std::uint32_t> lines);

}  // namespace patchgate
