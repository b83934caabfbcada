#include "analyzers/rollout/cmake_words.h"

#include <algorithm>

namespace patchgate {

namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class CMakeScanner {
 public:
  explicit CMakeScanner(std::string_view text) : text_(text) {}

  std::vector<CMakeCommand> read() {
    std::vector<CMakeCommand> commands;
    while (skip_blank()) {
      CMakeCommand command;
      command.line = line_;
      while (at_ < text_.size() && is_word(text_[at_])) command.name += small(text_[at_++]);
      if (command.name.empty() || !skip_blank() || text_[at_] != '(') break;
      ++at_;
      if (!read_words(command.words)) break;
      commands.push_back(std::move(command));
    }
    return commands;
  }

 private:
  static char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

  void step() {
    if (text_[at_] == '\n') ++line_;
    ++at_;
  }

  /// Over white space and comments; false at the end.
  bool skip_blank() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        step();
      } else if (text_[at_] == '#') {
        if (!skip_bracket(at_ + 1)) {
          while (at_ < text_.size() && text_[at_] != '\n') ++at_;
        }
      } else {
        return true;
      }
    }
    return false;
  }

  /// `[[ … ]]`, `[==[ … ]==]` at `begin`; passes it where there is one.
  bool skip_bracket(std::size_t begin) {
    std::size_t open = begin;
    if (open >= text_.size() || text_[open] != '[') return false;
    ++open;
    const std::size_t signs = open;
    while (open < text_.size() && text_[open] == '=') ++open;
    if (open >= text_.size() || text_[open] != '[') return false;
    const std::string close = "]" + std::string(open - signs, '=') + "]";
    const auto end = std::min(text_.find(close, open), text_.size());
    while (at_ < end) step();
    at_ = std::min(end + close.size(), text_.size());
    return true;
  }

  static void add(std::string_view word, std::vector<std::string>& words) {
    while (!word.empty()) {
      const auto end = std::min(word.find(';'), word.size());
      if (end != 0) words.emplace_back(word.substr(0, end));
      word.remove_prefix(std::min(end + 1, word.size()));
    }
  }

  /// Up to the `)` that closes the command.
  bool read_words(std::vector<std::string>& words) {
    std::size_t depth = 1;
    while (skip_blank()) {
      const char c = text_[at_];
      if (c == '(' || c == ')') {
        ++at_;
        depth = c == '(' ? depth + 1 : depth - 1;
        if (depth == 0) return true;
      } else if (c == '"') {
        read_quoted(words);
      } else if (!skip_bracket(at_)) {
        const std::size_t begin = at_;
        while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '(' && text_[at_] != ')' &&
               text_[at_] != '"' && text_[at_] != '#') {
          ++at_;
        }
        add(text_.substr(begin, at_ - begin), words);
      }
    }
    return false;
  }

  void read_quoted(std::vector<std::string>& words) {
    ++at_;
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) step();
      step();
    }
    at_ = std::min(at_, text_.size());
    add(text_.substr(begin, at_ - begin), words);
    if (at_ < text_.size()) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

std::vector<CMakeCommand> cmake_commands(std::string_view text) { return CMakeScanner(text).read(); }

}  // namespace patchgate
