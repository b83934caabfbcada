#include "analyzers/recovery/emitted_strings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace patchgate {

namespace {

constexpr std::size_t kShortest = 4;
constexpr std::size_t kLongest = 80;
constexpr std::size_t kDeepest = 64;  // calls in calls
constexpr std::size_t kLongestPlaceholder = 18;
constexpr std::size_t kLongestRawStart = 18;  // the quote, 16 characters as the standard has it, the parenthesis

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':'; }

bool begins_with_method(std::string_view text) {
  constexpr std::array<std::string_view, 7> kStarts{"GET /",    "POST /",  "PUT /",   "PATCH /",
                                                    "DELETE /", "http://", "https://"};
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// The end of a format specifier of printf that begins at `at`, or of a placeholder in braces; `at` where there is
/// none.
std::size_t end_of_specifier(std::string_view text, std::size_t at) {
  if (text[at] == '{') {
    const auto close = text.substr(at, kLongestPlaceholder).find_first_of("} ");
    return close != std::string_view::npos && text[at + close] == '}' ? at + close + 1 : at;
  }
  std::size_t end = at + 1;
  while (end < text.size() && std::string_view("-+ #0123456789.*hlLqjzt").find(text[end]) != std::string_view::npos)
    ++end;
  return std::min(end + 1, text.size());
}

/// The longest piece that stands in what is printed as it stands here. `text` is between the quotes, not unescaped.
std::string stable_part(std::string_view text) {
  std::string best, piece;
  const auto finish = [&] {
    const auto part = trimmed(piece);
    if (part.size() > best.size()) best = std::string(part);
    piece.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      const char escaped = text[i + 1];
      if (escaped == '"' || escaped == '\'' || escaped == '\\')
        piece += escaped;
      else
        finish();
      i += 2;
      continue;
    }
    if (text.substr(i, 2) == "%%") {
      piece += '%';
      i += 2;
      continue;
    }
    const auto end = c == '%' || c == '{' ? end_of_specifier(text, i) : i;
    if (end != i) {
      finish();
      i = end;
      continue;
    }
    piece += c;
    ++i;
  }
  finish();
  if (best.size() > kLongest) best.resize(kLongest);
  return std::string(trimmed(best));
}

bool tells(std::string_view text) {
  const auto letters =
      std::count_if(text.begin(), text.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
  return text.size() >= kShortest && letters >= 3;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<EmittedString> run() {
    while (at_ < text_.size()) step();
    flush();
    return std::move(found_);
  }

 private:
  using Kind = std::optional<EmitterKind>;

  void step() {
    const char c = text_[at_];
    if (skip_comment()) return;
    if (c == '"') return literal();
    if (c == '\'') return skip_quoted();
    if (is_word(c)) return word();
    if (std::isspace(static_cast<unsigned char>(c)) == 0) sign(c);
    if (c == '\n') ++line_;
    ++at_;
  }

  bool skip_comment() {
    const auto two = text_.substr(at_, 2);
    if (two != "//" && two != "/*") return false;
    const auto end = two == "//" ? text_.find('\n', at_) : text_.find("*/", at_ + 2);
    move_to(end == std::string_view::npos ? text_.size() : end + (two == "/*" ? 2 : 0));
    return true;
  }

  void move_to(std::size_t end) {
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
  }

  std::size_t end_of_quoted() const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != text_[at_] && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    return std::min(end, text_.size());
  }

  void skip_quoted() {
    flush();
    move_to(std::min(end_of_quoted() + 1, text_.size()));
  }

  void literal() {
    std::string_view inside;
    const std::uint32_t line = line_;
    if (before_ == "R" || before_ == "u8R" || before_ == "LR") {
      auto open = text_.substr(at_, kLongestRawStart).find('(');
      if (open == std::string_view::npos) return skip_quoted();
      open += at_;
      const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
      const auto end = text_.find(close, open);
      inside = text_.substr(open + 1, end == std::string_view::npos ? std::string_view::npos : end - open - 1);
      move_to(end == std::string_view::npos ? text_.size() : end + close.size());
      inside = inside.substr(0, inside.find('\n'));
    } else {
      const auto end = end_of_quoted();
      inside = text_.substr(at_ + 1, end - at_ - 1);
      move_to(std::min(end + 1, text_.size()));
    }
    if (pending_.empty()) pending_line_ = line;
    // Literals side by side are one.
    pending_ += inside;
    has_pending_ = true;
    before_ = {};
  }

  void word() {
    flush();
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    before_ = text_.substr(at_, end - at_);
    EmitterKind kind{};
    // A stream that is written to, or a file that is: `cerr <<`, `fprintf(stderr,`.
    if (is_emitter(before_, kind)) statement_ = kind;
    if ((before_ == "stderr" || before_ == "stdout") && !calls_.empty()) calls_.back() = EmitterKind::log;
    at_ = end;
  }

  void sign(char c) {
    flush();
    if (c == '(') {
      EmitterKind kind{};
      const bool emits = is_emitter(before_, kind);
      if (calls_.size() < kDeepest) calls_.push_back(emits ? Kind(kind) : Kind());
    } else if (c == ')') {
      if (!calls_.empty()) calls_.pop_back();
    } else if (c == ';' || c == '{' || c == '}') {
      calls_.clear();
      statement_.reset();
    } else if (c == '<' && text_.substr(at_, 2) == "<<") {
      streams_ = true;
    }
    if (c != '<') streams_ = false;
    before_ = {};
  }

  /// What was collected of literals side by side is whole.
  void flush() {
    if (!has_pending_) return;
    has_pending_ = false;
    const std::string inside = std::exchange(pending_, {});
    Kind kind;
    for (const Kind& call : calls_)
      if (call) kind = call;
    if (!kind && streams_) kind = statement_;
    if (begins_with_method(inside)) kind = EmitterKind::http;
    if (kind == EmitterKind::http && inside.find('/') == std::string::npos) kind.reset();
    std::string part = stable_part(inside);
    if (kind && tells(part)) found_.push_back({*kind, std::move(part), pending_line_});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::string_view before_;  // the word in front
  std::vector<Kind> calls_;  // that are open: what each does with a string
  Kind statement_;           // what a word of this statement does
  bool streams_ = false;     // behind a `<<`
  std::string pending_;
  bool has_pending_ = false;
  std::uint32_t pending_line_ = 0;
  std::vector<EmittedString> found_;
};

}  // namespace

std::vector<EmittedString> emitted_strings(std::string_view text) { return Scanner(text).run(); }

}  // namespace patchgate
