#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analyzers/model/symbol.h"

namespace patchgate {

class Graph;

/// One who uses a node, in four bytes: all links between the two, as far as walks need to know them.
class User {
 public:
  /// Of a graph with users: nodes that have a larger number than any graph in memory has are cut off.
  static constexpr unsigned kNodeBits = 28;
  static constexpr std::uint32_t kNoCall = 3;

  User() = default;
  explicit User(std::uint32_t bits) : bits_(bits) {}
  /// `call`: a Confidence, or kNoCall.
  User(std::uint32_t node, Confidence surest, std::uint32_t call)
      : bits_(static_cast<std::uint32_t>(surest) << 30U | call << kNodeBits | (node & kNodeMask)) {}

  std::uint32_t node() const { return bits_ & kNodeMask; }
  Confidence confidence() const { return static_cast<Confidence>(bits_ >> 30U); }  ///< of the surest link
  bool is_exact() const { return bits_ >> 30U == 0; }
  bool calls() const { return call_bits() != kNoCall; }
  /// The surest step of a call (call_like.h), where there is one.
  Confidence call() const { return static_cast<Confidence>(call_bits()); }
  std::uint32_t bits() const { return bits_; }

 private:
  static constexpr std::uint32_t kNodeMask = (1U << kNodeBits) - 1;
  std::uint32_t call_bits() const { return bits_ >> kNodeBits & 3U; }
  std::uint32_t bits_ = 0;
};

/// The users of every node, each once, rising by node. A third of what the links take: walks over all of a graph read
/// nothing else.
class UserLists {
 public:
  UserLists() = default;
  /// begin: one more than there are nodes, rising from 0 to users.size().
  UserLists(std::vector<std::uint32_t> begin, std::vector<User> users)
      : begin_(std::move(begin)), users_(std::move(users)) {}

  std::span<const User> of(std::uint32_t node) const {
    return {users_.data() + begin_[node], begin_[node + 1] - begin_[node]};
  }
  std::size_t nodes() const { return begin_.size() - 1; }
  std::span<const std::uint32_t> begin() const { return begin_; }
  std::span<const User> users() const { return users_; }

 private:
  std::vector<std::uint32_t> begin_{0};
  std::vector<User> users_;
};

UserLists user_lists_of(const Graph& graph);

}  // namespace patchgate
