#include "policies/engine/positions.h"

#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "analyzers/model/text_place.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kLargestText = std::size_t{1} << 20U;
constexpr int kDeepest = 64;
constexpr double kLargestExactInteger = 9007199254740991.0;  // 2^53 - 1

/// Recursive descent over the bytes; the first structural error stops it.
class Scanner {
 public:
  Scanner(const std::string& file, std::string_view text, std::vector<Error>& errors)
      : file_(file), text_(text), errors_(errors) {}

  Positions run() {
    if (text_.size() > kLargestText) return stop(0, "the file is larger than 1 MiB"), positions_;
    if (text_.starts_with("\xEF\xBB\xBF")) {
      return stop(0, "the file starts with a byte order mark; save it as UTF-8 without one"), positions_;
    }
    if (const auto nul = text_.find('\0'); nul != std::string_view::npos) {
      return stop(nul, "there is a NUL byte in the file"), positions_;
    }
    skip_blank();
    if (at_end()) stop(next_, "the file is empty");
    if (!stopped_) value("", {}, 0);
    if (!stopped_) skip_blank();
    if (!stopped_ && !at_end()) stop(next_, "there is text after the end of the JSON value");
    return std::move(positions_);
  }

 private:
  bool at_end() const { return next_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[next_]; }

  void stop(std::size_t offset, std::string message) {
    stopped_ = true;
    report(place_of(file_, text_, offset), std::move(message));
  }

  void report(Place at, std::string message) {
    errors_.push_back(Error{Error::Kind::config, std::move(message), std::move(at), {}, {}});
  }

  /// The place of the next byte; only ever asked for in rising order, so the whole text is walked once.
  Place here() {
    for (; walked_ < next_; ++walked_) {
      if (text_[walked_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(text_[walked_]) & 0xC0U) != 0x80U) {
        ++column_;
      }
    }
    return {file_, line_, column_};
  }

  void skip_blank() {
    while (!at_end()) {
      if (text_.substr(next_, 2) == "//") {
        next_ = std::min(text_.find('\n', next_), text_.size());
      } else if (text_.substr(next_, 2) == "/*") {
        const auto end = text_.find("*/", next_ + 2);
        if (end == std::string_view::npos) return stop(next_, "this comment has no end");
        next_ = end + 2;
      } else if (std::string_view(" \t\r\n").find(peek()) != std::string_view::npos) {
        ++next_;
      } else {
        return;
      }
    }
  }

  void value(const std::string& pointer, std::optional<Place> key, int depth) {
    const Place at = here();
    positions_.by_pointer[pointer] = {key.value_or(at), at};
    if (depth > kDeepest) return stop(next_, "nested deeper than 64");
    switch (peek()) {
      case '{':
        return object(pointer, depth);
      case '[':
        return array(pointer, depth);
      case '"':
        string();
        return;
      default:
        return word();
    }
  }

  /// After a member or an element: true where another one follows.
  bool another(char close, const char* expected) {
    skip_blank();
    if (stopped_) return false;
    if (peek() == close) return ++next_, false;
    if (peek() != ',') return stop(next_, at_end() ? "the file ends here, too early" : expected), false;
    ++next_;
    skip_blank();
    return !stopped_;
  }

  void object(const std::string& pointer, int depth) {
    std::map<std::string, Place> keys;
    ++next_;
    skip_blank();
    if (!stopped_ && peek() == '}') return void(++next_);
    while (!stopped_) {
      if (peek() != '"')
        return stop(next_, at_end() ? "the file ends here, too early" : "expected a key in quotes here");
      const Place at = here();
      const std::string key = string();
      if (stopped_) return;
      const auto [first, is_new] = keys.emplace(key, at);
      if (!is_new) {
        report(at, "duplicate key " + in_quotes(key) + "; it was given in line " + std::to_string(first->second.line));
      }
      skip_blank();
      if (stopped_) return;
      if (peek() != ':') return stop(next_, "expected ':' here");
      ++next_;
      skip_blank();
      if (!stopped_) value(child_pointer(pointer, key), at, depth + 1);
      if (stopped_ || !another('}', "expected ',' or '}' here")) return;
    }
  }

  void array(const std::string& pointer, int depth) {
    ++next_;
    skip_blank();
    if (!stopped_ && peek() == ']') return void(++next_);
    for (std::size_t i = 0; !stopped_; ++i) {
      value(pointer + "/" + std::to_string(i), std::nullopt, depth + 1);
      if (stopped_ || !another(']', "expected ',' or ']' here")) return;
    }
  }

  std::string string() {
    const std::size_t begin = next_;
    bool escapes = false;
    for (++next_; peek() != '"'; ++next_) {
      if (peek() == '\\') {
        escapes = true;
        ++next_;
      }
      if (at_end() || peek() == '\n') return stop(begin, "this string has no end"), std::string();
    }
    ++next_;
    const auto spelt = text_.substr(begin, next_ - begin);
    if (!escapes) return std::string(spelt.substr(1, spelt.size() - 2));
    const auto decoded = nlohmann::json::parse(spelt, nullptr, false);
    return decoded.is_string() ? decoded.get<std::string>() : std::string(spelt);
  }

  void word() {
    const std::size_t begin = next_;
    while (!at_end() && std::string_view(" \t\r\n,:[]{}\"/").find(peek()) == std::string_view::npos) ++next_;
    const auto spelt = text_.substr(begin, next_ - begin);
    if (spelt == "true" || spelt == "false" || spelt == "null") return;
    double number = 0;
    const auto read = std::from_chars(spelt.data(), spelt.data() + spelt.size(), number);
    if (at_end() && spelt.empty()) return stop(begin, "the file ends here, too early");
    if (read.ec == std::errc::result_out_of_range)
      return stop(begin, in_quotes(spelt) + " is too large or too small for a number");
    const bool whole = read.ptr == spelt.data() + spelt.size();
    if (read.ec != std::errc() || !whole || !std::isfinite(number)) return stop(begin, "expected a value here");
    const bool integer = spelt.find_first_of(".eE") == std::string_view::npos;
    if (integer && std::abs(number) > kLargestExactInteger) {
      stop(begin, "the number " + in_quotes(spelt) + " is too large to be exact");
    }
  }

  const std::string& file_;
  std::string_view text_;
  std::vector<Error>& errors_;
  Positions positions_;
  std::size_t next_ = 0;
  bool stopped_ = false;
  std::size_t walked_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
};

}  // namespace

const Positions::At* Positions::find(std::string_view pointer) const {
  while (true) {
    const auto found = by_pointer.find(pointer);
    if (found != by_pointer.end()) return &found->second;
    if (pointer.empty()) return nullptr;
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

Place Positions::key(std::string_view pointer) const {
  const auto* at = find(pointer);
  return at == nullptr ? Place{} : at->key;
}

Place Positions::value(std::string_view pointer) const {
  const auto* at = find(pointer);
  return at == nullptr ? Place{} : at->value;
}

std::string child_pointer(const std::string& pointer, std::string_view key) {
  std::string child = pointer + "/";
  for (const char c : key) {
    if (c == '~') {
      child += "~0";
    } else if (c == '/') {
      child += "~1";
    } else {
      child += c;
    }
  }
  return child;
}

Positions scan_positions(const std::string& file, std::string_view text, std::vector<Error>& errors) {
  return Scanner(file, text, errors).run();
}

}  // namespace patchgate
