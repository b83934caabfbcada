#pragma once

#include <cstddef>
#include <vector>

#include "analyzers/rollout/spelled_tokens.h"

namespace patchgate {

/// Where statements of C and C++ end, from tokens alone. Positions are token numbers; the number of all tokens stands
/// for what does not close.
class Statements {
 public:
  explicit Statements(const std::vector<SpelledToken>& tokens);

  /// Behind the bracket that closes the one at `open`.
  std::size_t behind(std::size_t open) const {
    return match_[open] == tokens_.size() ? tokens_.size() : match_[open] + 1;
  }
  /// Behind the statement that begins at `begin`.
  std::size_t end_of(std::size_t begin) const { return begin < end_.size() ? end_[begin] : tokens_.size(); }
  /// The `}` that closes the innermost block around `at`.
  std::size_t block_end(std::size_t at) const { return at < block_end_.size() ? block_end_[at] : tokens_.size(); }
  /// The first token of the last statement of the block that opens at `open`; `open` where it is empty.
  std::size_t last_in_block(std::size_t open) const;

 private:
  void match_brackets();
  void find_ends();
  bool is(std::size_t i, std::string_view spelling) const { return i < tokens_.size() && tokens_[i].is(spelling); }

  const std::vector<SpelledToken>& tokens_;
  std::vector<std::size_t> match_, block_end_, end_;
};

}  // namespace patchgate
