#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace patchgate {

/// Strongly connected components of nodes 0 to n - 1, numbered so that whoever leads to a component has a smaller
/// number than it.
struct StrongComponents {
  std::vector<std::uint32_t> of;  ///< of each node
  std::uint32_t count = 0;
};

/// Tarjan's algorithm (SIAM J. Comput. 1972) with a stack of its own: chains of real programs are deeper than ours may
/// be. `next(node, cursor, target)` gives the next node that `node` leads to and moves the cursor, which starts at 0;
/// false at the end.
template <class Next>
class ComponentSearch {
 public:
  ComponentSearch(std::size_t nodes, Next next) : next_(std::move(next)), index_(nodes, kNone), low_(nodes) {
    found_.of.assign(nodes, kNone);
  }

  StrongComponents run() {
    for (std::uint32_t start = 0; start < index_.size(); ++start) {
      if (index_[start] == kNone) walk(start);
    }
    // Tarjan closes what is led to first; turned round, it comes last.
    for (auto& component : found_.of) component = found_.count - 1 - component;
    return std::move(found_);
  }

 private:
  static constexpr std::uint32_t kNone = 0xffffffffU;
  struct Frame {
    std::uint32_t node;
    std::size_t cursor;
  };

  void open(std::uint32_t node) {
    index_[node] = low_[node] = next_index_++;
    stack_.push_back(node);
    frames_.push_back({node, 0});
  }

  void walk(std::uint32_t start) {
    open(start);
    while (!frames_.empty()) {
      const std::uint32_t node = frames_.back().node;
      std::uint32_t target = 0;
      bool went_down = false;
      while (!went_down && next_(node, frames_.back().cursor, target)) {
        if (index_[target] == kNone) {
          open(target);
          went_down = true;
        } else if (found_.of[target] == kNone) {
          low_[node] = std::min(low_[node], index_[target]);
        }
      }
      if (!went_down) close(node);
    }
  }

  void close(std::uint32_t node) {
    frames_.pop_back();
    if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
    if (low_[node] != index_[node]) return;
    std::uint32_t member = kNone;
    do {
      member = stack_.back();
      stack_.pop_back();
      found_.of[member] = found_.count;
    } while (member != node);
    ++found_.count;
  }

  Next next_;
  std::vector<std::uint32_t> index_, low_;
  std::vector<std::uint32_t> stack_;
  std::vector<Frame> frames_;
  std::uint32_t next_index_ = 0;
  StrongComponents found_;
};

template <class Next>
StrongComponents strong_components(std::size_t nodes, Next next) {
  return ComponentSearch<Next>(nodes, std::move(next)).run();
}

}  // namespace patchgate
