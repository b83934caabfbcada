#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analyzers/model/symbol.h"

namespace patchgate {

class Graph;

/// How unsure an edge is: 0 is proven, then 1 + its rule.
inline constexpr unsigned kDoubts = 1 + kEdgeRules;

/// One who uses a node, in four bytes: all links between the two, as far as walks need to know them.
class UserLink {
 public:
  /// A node's number in a graph that has users: so many fit.
  static constexpr unsigned kNodeBits = 26;

  UserLink() = default;
  explicit UserLink(std::uint32_t bits) : bits_(bits) {}
  /// Of the links: the least doubt; the surest confidence, exact where there is no doubt; the surest step of a call
  /// (call_like.h), a Confidence, or kConfidences where none is one.
  UserLink(std::uint32_t node, unsigned doubt, Confidence surest, unsigned call)
      : bits_((((surest == Confidence::name ? 6U : 0U) + doubt) * 4U + call) << kNodeBits | (node & kNodeMask)) {}

  std::uint32_t node() const { return bits_ & kNodeMask; }
  bool is_exact() const { return bits_ >> (kNodeBits + 2) == 0; }
  unsigned doubt() const { return kOf[what()].doubt; }
  Confidence confidence() const { return static_cast<Confidence>(kOf[what()].confidence); }
  bool calls() const { return call_bits() != kConfidences; }
  Confidence call() const { return static_cast<Confidence>(call_bits()); }  ///< where it calls
  std::uint32_t bits() const { return bits_; }
  /// The bits beside those of the node.
  unsigned kind_bits() const { return bits_ >> kNodeBits; }

 private:
  static_assert(kConfidences == 3 && kEdgeRules == 6);
  static constexpr std::uint32_t kNodeMask = (1U << kNodeBits) - 1;
  struct Of {
    std::uint8_t doubt, confidence;
  };
  // Bits that no user has stand for something harmless.
  static constexpr Of kOf[16] = {{0, 0}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 1}, {1, 2},
                                 {2, 2}, {3, 2}, {4, 2}, {5, 2}, {6, 2}, {6, 2}, {6, 2}, {6, 2}};
  unsigned what() const { return bits_ >> (kNodeBits + 2); }
  unsigned call_bits() const { return bits_ >> kNodeBits & 3U; }
  std::uint32_t bits_ = 0;
};

/// The users of every node, each once, rising by node. A third of what the links take: walks over all of a graph read
/// nothing else.
class UserLists {
 public:
  UserLists() = default;
  /// begin: one more than there are nodes, rising from 0 to users.size().
  UserLists(std::vector<std::uint32_t> begin, std::vector<UserLink> users)
      : UserLists(std::move(begin), std::move(users), 0) {
    std::uint64_t kinds = 0;
    for (const UserLink user : users_) kinds |= 1ULL << user.kind_bits();
    *this = UserLists(std::move(begin_), std::move(users_), kinds);
  }
  /// kinds: a bit for each UserLink::kind_bits() that is there.
  UserLists(std::vector<std::uint32_t> begin, std::vector<UserLink> users, std::uint64_t kinds)
      : begin_(std::move(begin)), users_(std::move(users)) {
    for (unsigned kind = 0; kind < 64; ++kind) {
      if ((kinds >> kind & 1U) != 0) doubts_ |= 1U << UserLink(kind << UserLink::kNodeBits).doubt();
    }
  }

  std::span<const UserLink> of(std::uint32_t node) const {
    return {users_.data() + begin_[node], begin_[node + 1] - begin_[node]};
  }
  std::size_t nodes() const { return begin_.size() - 1; }
  std::span<const std::uint32_t> begin() const { return begin_; }
  std::span<const UserLink> users() const { return users_; }
  /// Which doubts some edge has, a bit for each.
  unsigned doubts() const { return doubts_; }

 private:
  std::vector<std::uint32_t> begin_{0};
  std::vector<UserLink> users_;
  unsigned doubts_ = 0;
};

UserLists user_lists_of(const Graph& graph);

}  // namespace patchgate
