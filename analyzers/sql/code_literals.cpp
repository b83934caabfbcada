#include "analyzers/sql/code_literals.h"

#include <algorithm>
#include <array>

#include "analyzers/sql/code_tokens.h"
#include "analyzers/sql/scan.h"

namespace patchgate {

namespace {

constexpr std::size_t kLongestText = 64 * 1024;
/// As many tokens behind the literal are looked at for more text that its variable gets.
constexpr std::size_t kLookAhead = 400;
constexpr std::size_t kDeepestCalls = 6;

/// A name that only wraps a string: what it is made for stands further out.
bool only_wraps(std::string_view name) {
  constexpr auto kWrappers = std::to_array<std::string_view>(
      {"string", "string_view", "String", "QString", "QLatin1String", "QStringLiteral", "QByteArray", "wxString", "_T",
       "L", "StringPiece", "StrCat", "c_str", "move", ""});
  return std::find(kWrappers.begin(), kWrappers.end(), name) != kWrappers.end();
}

class Literals {
 public:
  explicit Literals(std::string_view source) : tokens_(code_tokens(source)) {}

  std::vector<CodeLiteral> run() {
    while (at_ < tokens_.size()) {
      if (tokens_[at_].kind == CodeToken::text) {
        take();
      } else {
        note(tokens_[at_]);
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  bool is_sign(std::size_t i, std::string_view value) const {
    return i < tokens_.size() && tokens_[i].kind == CodeToken::sign && tokens_[i].value == value;
  }
  bool is_text(std::size_t i) const { return i < tokens_.size() && tokens_[i].kind == CodeToken::text; }
  bool is_name(std::size_t i) const { return i < tokens_.size() && tokens_[i].kind == CodeToken::name; }

  /// Keeps up which calls are open and which name was read last.
  void note(const CodeToken& token) {
    if (token.kind == CodeToken::line_of_directive) {
      calls_.clear();
      names_.clear();
    } else if (token.kind == CodeToken::name) {
      names_.push_back(token.value);
      if (names_.size() > 2 * kDeepestCalls) names_.erase(names_.begin());
      last_ = token.value;
    } else if (token.kind == CodeToken::sign) {
      note_sign(token.value);
    }
  }
  void note_sign(const std::string& sign) {
    if (sign == "(") {
      calls_.push_back(last_);
      last_.clear();
    } else if (sign == ")") {
      if (!calls_.empty()) {
        last_ = calls_.back();
        calls_.pop_back();
      }
    } else if (sign == ";" || sign == "{" || sign == "}") {
      // A body between the parentheses of a call (a lambda) keeps the call open.
      names_.clear();
      last_.clear();
      if (sign == ";" && !calls_.empty() && calls_.back() != "for") calls_.clear();
    } else if (sign != "::" && sign != "." && sign != "->" && sign != "<" && sign != ">") {
      last_.clear();
    }
  }

  void take() {
    CodeLiteral literal;
    literal.line = tokens_[at_].line;
    literal.around = around();
    const std::size_t before = at_;
    join(literal);
    if (!calls_open()) literal.open_end = gets_more(before);
    found_.push_back(std::move(literal));
  }
  bool calls_open() const {
    return std::any_of(calls_.begin(), calls_.end(), [](const auto& c) { return !only_wraps(c); });
  }

  std::vector<std::string> around() const {
    std::vector<std::string> names;
    for (auto call = calls_.rbegin(); call != calls_.rend() && names.size() < kDeepestCalls; ++call)
      if (!only_wraps(*call)) names.push_back(*call);
    for (auto name = names_.rbegin(); name != names_.rend() && names.size() < 2 * kDeepestCalls; ++name)
      if (!only_wraps(*name) && std::find(names.begin(), names.end(), *name) == names.end()) names.push_back(*name);
    return names;
  }

  void append(CodeLiteral& literal, const CodeToken& token) {
    literal.pieces.push_back({literal.text.size(), token.line, token.raw});
    if (literal.text.size() < kLongestText) literal.text += token.value;
  }
  void append_hole(CodeLiteral& literal) {
    if (literal.text.size() < kLongestText && !literal.text.ends_with(kHole)) literal.text += kHole;
  }

  void join(CodeLiteral& literal) {
    // A hole before it: "x" in a + "x".
    if (at_ > 0 && is_sign(at_ - 1, "+")) append_hole(literal);
    append(literal, tokens_[at_++]);
    while (at_ < tokens_.size()) {
      if (is_text(at_)) {
        append(literal, tokens_[at_++]);
      } else if (is_name(at_) && at_ > 0 && is_text(at_ - 1)) {
        append_hole(literal);  // a macro between two literals
        ++at_;
        if (is_sign(at_, "(")) skip_parentheses();
      } else if (is_sign(at_, "+") || is_sign(at_, "<<")) {
        ++at_;
        join_operand(literal);
      } else if (is_sign(at_, ")") && !calls_.empty() && only_wraps(calls_.back()) &&
                 (is_sign(at_ + 1, "+") || is_sign(at_ + 1, "<<"))) {
        calls_.pop_back();  // std::string("a") + b
        ++at_;
      } else {
        return;
      }
    }
  }
  void join_operand(CodeLiteral& literal) {
    if (is_text(at_)) return append(literal, tokens_[at_++]);
    append_hole(literal);
    while (at_ < tokens_.size()) {
      const CodeToken& token = tokens_[at_];
      if (token.kind == CodeToken::line_of_directive) return;
      if (token.kind == CodeToken::text) return;  // a macro before a literal
      if (token.kind == CodeToken::sign) {
        if (token.value == "(" || token.value == "[") {
          skip_parentheses();
          continue;
        }
        for (const char* end : {"+", "<<", ";", ",", ")", "]", "{", "}", "?", ":", "=", "==", "&&", "||", "+="})
          if (token.value == end) return;
      }
      ++at_;
    }
  }
  void skip_parentheses() {
    int depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      if (is_sign(at_, ";") || is_sign(at_, "{")) return;
      if (is_sign(at_, "(") || is_sign(at_, "[")) ++depth;
      if ((is_sign(at_, ")") || is_sign(at_, "]")) && --depth == 0) {
        ++at_;
        return;
      }
    }
  }

  /// `sql = "..."` and later `sql +=`, `sql.append(`, `sql <<`, `strcat(sql`, `sql = sql +`.
  bool gets_more(std::size_t literal) const {
    std::string variable;
    for (std::size_t i = literal; i-- > 0 && literal - i < 8;) {
      if (is_name(i) && !only_wraps(tokens_[i].value)) {
        variable = tokens_[i].value;
        break;
      }
      if (is_sign(i, ";") || is_sign(i, "{") || is_sign(i, "}")) break;
    }
    if (variable.empty()) return false;
    for (std::size_t i = at_; i < tokens_.size() && i < at_ + kLookAhead; ++i) {
      if (!is_name(i) || tokens_[i].value != variable) continue;
      if (is_sign(i + 1, "+=") || is_sign(i + 1, "<<")) return true;
      if (is_sign(i + 1, ".") && is_name(i + 2) && (tokens_[i + 2].value == "append" || tokens_[i + 2].value == "arg"))
        return true;
      if (is_sign(i + 1, "=") && is_name(i + 2) && tokens_[i + 2].value == variable && is_sign(i + 3, "+")) return true;
      const bool joins = i >= 2 && is_sign(i - 1, "(") && is_name(i - 2) &&
                         (tokens_[i - 2].value == "strcat" || tokens_[i - 2].value == "strncat" ||
                          tokens_[i - 2].value == "append" || tokens_[i - 2].value == "StrAppend");
      if (joins) return true;
    }
    return false;
  }

  std::vector<CodeToken> tokens_;
  std::size_t at_ = 0;
  std::vector<std::string> calls_, names_;
  std::string last_;
  std::vector<CodeLiteral> found_;
};

}  // namespace

std::uint32_t CodeLiteral::line_at(std::size_t offset) const {
  const auto after = std::upper_bound(pieces.begin(), pieces.end(), offset,
                                      [](std::size_t wanted, const Piece& piece) { return wanted < piece.offset; });
  if (after == pieces.begin()) return line;
  const Piece& piece = *std::prev(after);
  if (!piece.raw) return piece.line;
  const std::size_t end = std::min(offset, text.size());
  const auto line_ends = std::count(text.begin() + static_cast<std::ptrdiff_t>(std::min(piece.offset, end)),
                                    text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  return piece.line + static_cast<std::uint32_t>(line_ends);
}

std::vector<CodeLiteral> code_literals(std::string_view source) { return Literals(source).run(); }

}  // namespace patchgate
