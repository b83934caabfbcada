#include "analyzers/sinks/sql_text.h"

#include <algorithm>
#include <array>
#include <string>

namespace patchgate {

namespace {

constexpr std::array<std::string_view, 18> kReads{"SELECT",   "PRAGMA",    "EXPLAIN", "SHOW",   "VALUES",   "TABLE",
                                                  "DESCRIBE", "BEGIN",     "START",   "COMMIT", "ROLLBACK", "END",
                                                  "ABORT",    "SAVEPOINT", "RELEASE", "SET",    "FETCH",    "LISTEN"};
constexpr std::array<std::string_view, 5> kWritesInside{"INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE"};

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Walks over words and semicolons; quoted text and comments are neither.
class SqlWords {
 public:
  explicit SqlWords(std::string_view text) : text_(text) {}

  /// The next word in capitals, ";", or "" at the end.
  std::string next() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\'' || c == '"' || c == '`') {
        skip_past(std::string_view(&text_[at_], 1), 1);
      } else if (text_.substr(at_).starts_with("--")) {
        skip_past("\n", 2);
      } else if (text_.substr(at_).starts_with("/*")) {
        skip_past("*/", 2);
      } else if (c == ';') {
        ++at_;
        return ";";
      } else if (is_letter(c)) {
        return word();
      } else {
        ++at_;
      }
    }
    return {};
  }

 private:
  void skip_past(std::string_view end, std::size_t from) {
    const auto found = text_.find(end, at_ + from);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }
  std::string word() {
    std::string word;
    for (; at_ < text_.size() && (is_letter(text_[at_]) || (text_[at_] >= '0' && text_[at_] <= '9')); ++at_) {
      const char c = text_[at_];
      word += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return word;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

SqlEffect sql_effect(std::string_view text, std::size_t longest) {
  SqlWords words(text);
  bool starts_statement = true;
  bool in_with = false;
  bool any = false;
  for (std::string word = words.next(); !word.empty(); word = words.next()) {
    if (word == ";") {
      starts_statement = true;
      in_with = false;
      continue;
    }
    if (starts_statement) {
      any = true;
      starts_statement = false;
      // EXPLAIN ANALYZE runs the statement.
      in_with = word == "WITH" || word == "EXPLAIN";
      if (!in_with && !is_one_of(word, kReads)) return SqlEffect::writes;
    } else if (in_with && is_one_of(word, kWritesInside)) {
      return SqlEffect::writes;
    }
  }
  return any && text.size() < longest ? SqlEffect::reads : SqlEffect::unclear;
}

}  // namespace patchgate
