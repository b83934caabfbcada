#include <algorithm>

#include "analyzers/sql/scan.h"

namespace patchgate {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == '\0'; }

/// Where a line begins and ends around a word.
bool alone_on_line(std::string_view text, const SqlWord& word) {
  for (std::size_t i = word.begin; i > 0 && text[i - 1] != '\n'; --i)
    if (!is_space(text[i - 1])) return false;
  for (std::size_t i = word.end; i < text.size() && text[i] != '\n'; ++i)
    if (!is_space(text[i])) return false;
  return true;
}

class Splitter {
 public:
  Splitter(std::string_view text, const std::vector<SqlWord>& words) : text_(text), words_(words) {}

  std::vector<SqlStretch> run() {
    for (std::size_t i = 0; i < words_.size();) i = step(i);
    close(words_.size());
    return std::move(found_);
  }

 private:
  std::size_t step(std::size_t i) {
    const SqlWord& word = words_[i];
    if (i == first_ && word.is("DELIMITER")) return take_delimiter(i);
    if (!delimiter_.empty()) {
      if (!text_.substr(word.begin).starts_with(delimiter_)) return i + 1;
      close(i);
      std::size_t next = i;
      while (next < words_.size() && words_[next].begin < word.begin + delimiter_.size()) ++next;
      first_ = next;
      return next;
    }
    if (word.is("GO") && alone_on_line(text_, word)) return end_at(i);
    if (in_body_) {
      if (word.is("BEGIN") || word.is("CASE")) ++blocks_;
      const bool block = i + 1 >= words_.size() || !(words_[i + 1].is("IF") || words_[i + 1].is("LOOP"));
      if (word.is("END") && block && --blocks_ <= 0) in_body_ = false;
      return i + 1;
    }
    if (word.is("BEGIN") && i != first_ && words_[first_].is("CREATE")) {
      in_body_ = true;
      blocks_ = 1;
      return i + 1;
    }
    if (!word.is_sign(';')) return i + 1;
    const bool copies = copies_data(i);
    const std::size_t next = end_at(i);
    return copies ? skip_data(i) : next;
  }
  std::size_t end_at(std::size_t i) {
    close(i);
    first_ = i + 1;
    return i + 1;
  }
  void close(std::size_t i) {
    if (i > first_) found_.push_back({first_, i});
    first_ = i;
  }
  std::size_t take_delimiter(std::size_t i) {
    std::size_t begin = words_[i].end;
    while (begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '\t')) ++begin;
    std::size_t end = begin;
    while (end < text_.size() && !is_space(text_[end])) ++end;
    delimiter_ = std::string(text_.substr(begin, end - begin));
    if (delimiter_ == ";") delimiter_.clear();
    std::size_t next = i + 1;
    while (next < words_.size() && words_[next].begin < end) ++next;
    return first_ = next;
  }
  bool copies_data(std::size_t end) const {
    return end > first_ && words_[first_].is("COPY") &&
           std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(first_),
                       words_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const SqlWord& word) { return word.is("STDIN"); });
  }
  std::size_t skip_data(std::size_t semicolon) {
    if (!data_ends_) return semicolon + 1;
    const auto end = text_.find("\n\\.", words_[semicolon].end);
    if (end == std::string_view::npos) {
      data_ends_ = false;
      return semicolon + 1;
    }
    std::size_t next = semicolon + 1;
    while (next < words_.size() && words_[next].begin < end + 3) ++next;
    return first_ = next;
  }

  std::string_view text_;
  const std::vector<SqlWord>& words_;
  std::vector<SqlStretch> found_;
  std::size_t first_ = 0;
  std::string delimiter_;
  bool in_body_ = false;
  bool data_ends_ = true;  ///< somewhere in the rest
  int blocks_ = 0;
};

}  // namespace

std::vector<SqlStretch> sql_statements(std::string_view text, const std::vector<SqlWord>& words) {
  return Splitter(text, words).run();
}

}  // namespace patchgate
