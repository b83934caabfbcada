#include "analyzers/clang/client/shell_words.h"

namespace patchgate {

std::optional<std::vector<std::string>> split_shell_words(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    if (quote == '\'') {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (quote == '"') {
      if (c == quote) {
        quote = 0;
      } else if (c == '\\' && !last && std::string_view("$`\"\\\n").find(line[i + 1]) != std::string_view::npos) {
        ++i;
        if (line[i] != '\n') word += line[i];
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      in_word = true;
    } else if (c == '\\' && !last) {
      ++i;
      if (line[i] == '\n') continue;
      word += line[i];
      in_word = true;
    } else if (kBlank.find(c) != std::string_view::npos) {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (quote != 0) return std::nullopt;
  if (in_word) words.push_back(std::move(word));
  return words;
}

}  // namespace patchgate
