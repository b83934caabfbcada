#include "analyzers/tests/live_code.h"

#include <algorithm>

#include "analyzers/tests/test_texts.h"

namespace patchgate {
namespace {

using Kind = SourceToken::Kind;

// Each costs a look at what it governs, and these may lie in each other.
constexpr int kMostConstants = 1000;  // conditions of one body

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class LiveReader {
 public:
  explicit LiveReader(std::vector<SourceToken> tokens)
      : tokens_(std::move(tokens)), closed_(tokens_.size(), tokens_.size()), dead_(tokens_.size()) {
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (sign(at, "(") || sign(at, "{") || sign(at, "[")) open.push_back(at);
      if ((sign(at, ")") || sign(at, "}") || sign(at, "]")) && !open.empty()) {
        closed_[open.back()] = at + 1;
        open.pop_back();
      }
    }
  }

  /// Where the first body begins, behind its brace; the number of tokens where there is none.
  std::size_t body() const {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (sign(at, "{")) return at + 1;
      if (sign(at, "(")) at = closed_[at] - 1;
    }
    return tokens_.size();
  }
  std::size_t end_of(std::size_t body) const { return closed_[body - 1] - (closed_[body - 1] > body ? 1 : 0); }
  std::size_t size() const { return tokens_.size(); }

  LiveCode read(std::size_t begin, std::size_t end) {
    mark_dead(begin, end);
    LiveCode code;
    code.found = true;
    for (auto at = begin; at < end; ++at) {
      if (dead_[at]) {
        if (is_call(at)) code.dead_calls.emplace(tokens_[at].spelling);
      } else {
        read_token(at, end, code);
      }
    }
    std::erase_if(code.dead_calls, [&](const auto& name) { return code.calls.contains(name); });
    return code;
  }

 private:
  bool sign(std::size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].kind == Kind::sign && tokens_[at].spelling == text;
  }
  bool word(std::size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].kind == Kind::word && tokens_[at].spelling == text;
  }
  bool is_call(std::size_t at) const {
    return tokens_[at].kind == Kind::word && sign(at + 1, "(") &&
           !is_one_of(tokens_[at].spelling, {"if", "while", "for", "switch", "return", "sizeof", "catch"});
  }
  bool begins_statement(std::size_t at, std::size_t begin) const {
    return at == begin || sign(at - 1, ";") || sign(at - 1, "{") || sign(at - 1, "}");
  }

  /// Behind the statement that begins there.
  std::size_t statement_end(std::size_t at, std::size_t end) const {
    if (sign(at, "{")) return std::min(closed_[at], end);
    for (; at < end && !sign(at, ";"); ++at)
      if (sign(at, "(") || sign(at, "{") || sign(at, "[")) at = std::min(closed_[at], end) - 1;
    return std::min(at + 1, end);
  }

  /// The value of a condition that is a constant, or begins with `false &&`.
  enum class Constant { none, never, always };
  Constant condition(std::size_t open) const {
    const auto first = open + 1, close = closed_[open] - 1;
    const bool alone = close == first + 1;
    if (word(first, "false") || word(first, "FALSE") || (first < close && tokens_[first].spelling == "0"))
      return alone || sign(first + 1, "&") || sign(first + 1, "&&") ? Constant::never : Constant::none;
    if (close == first + 2 && sign(first, "!") && is_one_of(tokens_[first + 1].spelling, {"true", "TRUE", "1"}))
      return Constant::never;
    if (alone && is_one_of(tokens_[first].spelling, {"true", "TRUE", "1"})) return Constant::always;
    return Constant::none;
  }

  void kill(std::size_t begin, std::size_t end) {
    for (auto at = begin; at < end; ++at) dead_[at] = true;
  }

  void mark_dead(std::size_t begin, std::size_t end) {
    int depth = 0, constants = 0;
    for (auto at = begin; at < end; ++at) {
      if (sign(at, "{")) ++depth;
      if (sign(at, "}")) --depth;
      const bool asks = word(at, "if") || word(at, "while");
      const auto open = asks && word(at + 1, "constexpr") ? at + 2 : at + 1;
      const auto value = asks && !dead_[at] && sign(open, "(") && closed_[open] < end && constants < kMostConstants
                             ? condition(open)
                             : Constant::none;
      if (value != Constant::none) {
        ++constants;
        const auto then_end = statement_end(closed_[open], end);
        // Of `do … while (false);` the statement is empty.
        if (value == Constant::never) kill(closed_[open], then_end);
        if (value == Constant::always && word(at, "if") && word(then_end, "else"))
          kill(then_end, statement_end(then_end + 1, end));
      }
      if (depth == 0 && word(at, "return") && begins_statement(at, begin) && !dead_[at])
        return kill(statement_end(at, end), end);
      if (depth == 0 && word(at, "GTEST_SKIP") && begins_statement(at, begin)) skips_ = true;
    }
  }

  /// Whether what is given to an assertion of a framework can be one thing or the other.
  bool compares(std::size_t name) const {
    const auto open = name + 1, close = closed_[open] - 1;
    const auto spelling = tokens_[name].spelling;
    const bool upper = std::none_of(spelling.begin(), spelling.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (close <= open + 1 || !(upper || spelling == "assert")) return true;
    std::vector<std::string> sides(1);
    bool says_something = false;
    int depth = 0;
    for (auto at = open + 1; at < close; ++at) {
      if (sign(at, "(") || sign(at, "{") || sign(at, "[")) ++depth;
      if (sign(at, ")") || sign(at, "}") || sign(at, "]")) --depth;
      const bool equals = sign(at, "=") && sign(at + 1, "=");
      if (equals) ++at;
      if (depth == 0 && (equals || sign(at, ",") || sign(at, "=="))) {
        sides.emplace_back();
      } else {
        sides.back().append(tokens_[at].spelling).append(" ");
        says_something = says_something || is_thing(tokens_[at]);
      }
    }
    return says_something && !(sides.size() == 2 && sides[0] == sides[1]);
  }
  static bool is_thing(const SourceToken& token) {
    return token.kind == Kind::word &&
           !is_one_of(token.spelling, {"true", "false", "TRUE", "FALSE", "nullptr", "NULL"});
  }

  bool is_success(std::size_t at) const {
    return is_one_of(tokens_[at].spelling, {"0", "EXIT_SUCCESS", "true", "TRUE"});
  }

  void read_token(std::size_t at, std::size_t end, LiveCode& code) const {
    const auto& token = tokens_[at];
    if (sign(at, "==") || sign(at, "?") || (sign(at, "!") && sign(at + 1, "=")) || sign(at, "!=")) code.decides = true;
    if (token.kind != Kind::word) return;
    const auto name = token.spelling;
    if (name == "throw") code.asserts = true;
    if (is_one_of(name, {"if", "while", "switch"}) && sign(at + 1, "(") && condition(at + 1) == Constant::none)
      code.decides = true;
    if (name == "return" && at + 1 < end && !sign(at + 1, ";") && !(is_success(at + 1) && sign(at + 2, ";")))
      code.asserts = true;
    if (!is_call(at)) return;
    code.calls.emplace(name);
    if (is_one_of(name, {"abort", "terminate", "raise", "longjmp", "__builtin_trap", "__builtin_abort"}))
      code.asserts = true;
    if (is_one_of(name, {"exit", "_exit", "_Exit", "quick_exit"}) &&
        !(at + 3 < end && is_success(at + 2) && sign(at + 3, ")")))
      code.asserts = true;
    if (name != "static_assert" && is_assertion_name(name) && compares(at)) code.asserts = true;
  }

 public:
  bool skips() const { return skips_; }

 private:
  std::vector<SourceToken> tokens_;
  std::vector<std::size_t> closed_;
  std::vector<bool> dead_;
  bool skips_ = false;
};

}  // namespace

LiveCode live_code(const std::vector<SourceToken>& code, std::uint32_t first, std::uint32_t last) {
  const auto by_line = [](const SourceToken& token, std::uint32_t line) { return token.line < line; };
  const auto begin = std::lower_bound(code.begin(), code.end(), first, by_line);
  const auto end = std::lower_bound(begin, code.end(), last + 1, by_line);
  LiveReader reader(std::vector<SourceToken>(begin, end));
  const auto body = reader.body();
  if (body == reader.size()) return {};
  auto found = reader.read(body, reader.end_of(body));
  found.skips = reader.skips();
  return found;
}

LiveCode live_code(const std::vector<SourceToken>& tokens) {
  LiveReader reader(tokens);
  return reader.read(0, reader.size());
}

}  // namespace patchgate
