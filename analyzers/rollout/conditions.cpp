#include "analyzers/rollout/conditions.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <vector>

namespace patchgate {

namespace {

constexpr int kMostLevels = 100;

using Tokens = std::vector<std::string_view>;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  for (std::size_t at = 0; at < text.size();) {
    const char first = text[at];
    std::size_t end = at + 1;
    if (std::isspace(static_cast<unsigned char>(first)) != 0) {
      at = end;
      continue;
    }
    if (first == '"' || first == '\'' || first == '`') {
      while (end < text.size() && text[end] != first) end += text[end] == '\\' && first != '`' ? 2 : 1;
      end = std::min(end + 1, text.size());
    } else if (is_word(first)) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (end < text.size() && (text[end] == '=' || ((first == '|' || first == '&') && text[end] == first))) {
      ++end;
    }
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

std::optional<double> number_in(std::string_view token) {
  if (token.front() != '.' && std::isdigit(static_cast<unsigned char>(token.front())) == 0) return std::nullopt;
  double number = 0;
  const auto end = std::from_chars(token.data(), token.data() + token.size(), number);
  if (end.ec != std::errc() || end.ptr != token.data() + token.size()) return std::nullopt;
  return number;
}

ConditionKind known(bool holds) { return holds ? ConditionKind::always : ConditionKind::never; }

ConditionKind compared(std::string_view left, std::string_view by, std::string_view right) {
  const auto a = number_in(left), b = number_in(right);
  if (a && b) {
    if (by == "==") return known(*a == *b);
    if (by == "!=") return known(*a != *b);
    if (by == "<") return known(*a < *b);
    if (by == "<=") return known(*a <= *b);
    if (by == ">") return known(*a > *b);
    if (by == ">=") return known(*a >= *b);
  }
  const auto literal = [](std::string_view token) {
    return token.front() == '"' || token.front() == '\'' || token == "true" || token == "false";
  };
  if (literal(left) && literal(right)) {
    if (by == "==") return known(left == right);
    if (by == "!=") return known(left != right);
  }
  return ConditionKind::measured;
}

class Reader {
 public:
  explicit Reader(const Tokens& tokens) : tokens_(tokens) {}

  ConditionKind read() {
    const ConditionKind kind = either(0);
    return at_ == tokens_.size() ? kind : ConditionKind::measured;
  }

 private:
  bool next_is(std::string_view sign, std::string_view word) const {
    return at_ < tokens_.size() && (tokens_[at_] == sign || tokens_[at_] == word);
  }

  ConditionKind either(int level) {
    ConditionKind kind = both(level);
    while (next_is("||", "or")) {
      ++at_;
      const ConditionKind other = both(level);
      if (kind == ConditionKind::always || other == ConditionKind::always) {
        kind = ConditionKind::always;
      } else if (kind == ConditionKind::never) {
        kind = other;
      }
    }
    return kind;
  }

  ConditionKind both(int level) {
    ConditionKind kind = one(level);
    while (next_is("&&", "and")) {
      ++at_;
      const ConditionKind other = one(level);
      if (kind == ConditionKind::never || other == ConditionKind::never) {
        kind = ConditionKind::never;
      } else if (kind == ConditionKind::always) {
        kind = other;
      }
    }
    return kind;
  }

  ConditionKind one(int level) {
    bool negated = false;
    for (; next_is("!", "not"); ++at_) negated = !negated;
    const ConditionKind kind = operand(level);
    if (!negated || kind == ConditionKind::measured) return kind;
    return known(kind == ConditionKind::never);
  }

  /// Up to the next `||`, `&&` or closing bracket outside of brackets of its own.
  ConditionKind operand(int level) {
    const std::size_t start = at_;
    if (next_is("(", "(") && level < kMostLevels) {
      ++at_;
      const ConditionKind inner = either(level + 1);
      if (next_is(")", ")")) ++at_;
      if (ends_here()) return inner;
    }
    std::size_t depth = 0;
    for (at_ = std::max(at_, start); at_ < tokens_.size(); ++at_) {
      const char first = tokens_[at_].front();
      if (first == '(' || first == '[' || first == '{') ++depth;
      if (depth == 0 && ends_here()) break;
      if (depth > 0 && (first == ')' || first == ']' || first == '}')) --depth;
    }
    if (at_ - start == 1 && (tokens_[start] == "true" || tokens_[start] == "false")) {
      return known(tokens_[start] == "true");
    }
    if (at_ - start == 3) return compared(tokens_[start], tokens_[start + 1], tokens_[start + 2]);
    return ConditionKind::measured;
  }

  bool ends_here() const {
    return at_ == tokens_.size() || next_is("||", "or") || next_is("&&", "and") || next_is(")", "]") ||
           next_is("}", "}");
  }

  const Tokens& tokens_;
  std::size_t at_ = 0;
};

}  // namespace

ConditionKind kind_of_condition(std::string_view condition) { return Reader(tokens_of(condition)).read(); }

bool mentions(std::string_view condition, std::string_view name) {
  const Tokens tokens = tokens_of(condition);
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](std::string_view token) { return token.substr(0, token.find('.')) == name; });
}

}  // namespace patchgate
