#include "analyzers/recovery/schema_fields.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

namespace patchgate {

namespace {

struct Word {
  std::string_view text;
  std::uint32_t line = 0;
};

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-'; }

/// Words and signs; comments of all four languages are left out, a string is one word with its quotes.
std::vector<Word> words_of(std::string_view text, bool hash_comments) {
  std::vector<Word> words;
  std::uint32_t line = 1;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    std::size_t end = i + 1;
    bool keep = false;
    if (text.substr(i, 2) == "//" || (hash_comments && c == '#')) {
      end = std::min(text.find('\n', i), text.size());
    } else if (text.substr(i, 2) == "/*") {
      const auto close = text.find("*/", i + 2);
      end = close == std::string_view::npos ? text.size() : close + 2;
    } else if (c == '"' || c == '\'') {
      while (end < text.size() && text[end] != c && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, text.size());
      keep = true;
    } else if (is_name(c)) {
      while (end < text.size() && is_name(text[end])) ++end;
      keep = true;
    } else {
      keep = std::isspace(static_cast<unsigned char>(c)) == 0;
    }
    const auto piece = text.substr(i, end - i);
    if (keep) words.push_back({piece, line});
    line += static_cast<std::uint32_t>(std::count(piece.begin(), piece.end(), '\n'));
    i = end;
  }
  return words;
}

bool is_number(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string joined(const std::vector<Word>& words, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += (i == begin ? "" : " ") + std::string(words[i].text);
  return text;
}

/// Reads statements: words up to `;`, `{` or `}` (in Thrift also `,`), with the scope that they stand in.
class Reader {
 public:
  enum class Language { proto, thrift, flatbuffers };
  Reader(Language language, std::vector<Word> words) : language_(language), words_(std::move(words)) {}

  SchemaFile read() {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const auto text = words_[i].text;
      if (text == "{" && i > begin && words_[i - 1].text == "=") {
        i = end_of_value(i);
        continue;
      }
      if (text == "{") {
        open(begin, i);
      } else if (text == "}") {
        statement(begin, i);
        close();
      } else if (text == ";" || (text == "," && language_ == Language::thrift && depth_of_angles(begin, i) == 0)) {
        statement(begin, i);
      } else {
        continue;
      }
      begin = i + 1;
    }
    return std::move(file_);
  }

 private:
  struct Scope {
    std::string name;
    bool holds_fields = false;
    std::size_t position = 0;
  };

  int depth_of_angles(std::size_t begin, std::size_t end) const {
    int depth = 0;
    for (std::size_t i = begin; i < end; ++i) depth += words_[i].text == "<" ? 1 : words_[i].text == ">" ? -1 : 0;
    return depth;
  }

  /// The `}` that ends a value: a default, an option.
  std::size_t end_of_value(std::size_t at) const {
    for (int depth = 0; at < words_.size(); ++at) {
      depth += words_[at].text == "{" ? 1 : words_[at].text == "}" ? -1 : 0;
      if (depth == 0) return at;
    }
    return words_.size() - 1;
  }

  void open(std::size_t begin, std::size_t end) {
    constexpr std::string_view kHolders[] = {"message", "struct", "table", "exception", "union", "group"};
    Scope scope{scopes_.empty() ? std::string() : scopes_.back().name, false, 0};
    if (end > begin) {
      const bool holder = std::find(std::begin(kHolders), std::end(kHolders), words_[begin].text) != std::end(kHolders);
      // A oneof lends its fields to the message around it.
      scope.holds_fields = holder || (words_[begin].text == "oneof" && !scopes_.empty());
      if (holder && end > begin + 1) {
        scope.name += (scope.name.empty() ? "" : ".") + std::string(words_[begin + 1].text);
      }
    }
    scopes_.push_back(std::move(scope));
  }
  void close() {
    if (!scopes_.empty()) scopes_.pop_back();
  }

  void statement(std::size_t begin, std::size_t end) {
    if (begin >= end || scopes_.empty() || !scopes_.back().holds_fields) return;
    if (words_[begin].text == "reserved") return reserve(begin + 1, end);
    if (words_[begin].text == "option" || words_[begin].text == "extensions") return;
    if (language_ == Language::proto) return proto_field(begin, end);
    if (language_ == Language::thrift) return thrift_field(begin, end);
    flatbuffers_field(begin, end);
  }

  void reserve(std::size_t begin, std::size_t end) {
    auto& list = file_.reserved[scopes_.back().name];
    for (std::size_t i = begin; i < end; ++i) {
      std::string word(words_[i].text);
      if (word == ",") continue;
      if (word == "to" && i > begin && i + 1 < end) {
        list.back() += "-" + std::string(words_[++i].text);
        continue;
      }
      word.erase(std::remove(word.begin(), word.end(), '"'), word.end());
      list.push_back(std::move(word));
    }
  }

  void proto_field(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin + 2; i + 1 < end; ++i) {
      if (words_[i].text != "=" || !is_number(words_[i + 1].text)) continue;
      add(words_[i - 1], std::string(words_[i + 1].text), joined(words_, begin, i - 1));
      return;
    }
  }
  void thrift_field(std::size_t begin, std::size_t end) {
    if (end - begin < 4 || !is_number(words_[begin].text) || words_[begin + 1].text != ":") return;
    std::size_t last = begin + 2;  // the name: the last word before a default or an annotation
    while (last + 1 < end && words_[last + 1].text != "=" && words_[last + 1].text != "(") ++last;
    add(words_[last], std::string(words_[begin].text), joined(words_, begin + 2, last));
  }
  void flatbuffers_field(std::size_t begin, std::size_t end) {
    if (end - begin < 3 || words_[begin + 1].text != ":") return;
    std::size_t last = begin + 2;
    std::string number = std::to_string(scopes_.back().position++);
    while (last < end && words_[last].text != "=" && words_[last].text != "(") ++last;
    for (std::size_t i = last; i + 2 < end; ++i) {
      if (words_[i].text == "id" && words_[i + 1].text == ":") number = words_[i + 2].text;
    }
    add(words_[begin], std::move(number), joined(words_, begin + 2, last));
  }
  void add(const Word& name, std::string number, std::string type) {
    file_.fields.push_back(
        {scopes_.back().name, std::string(name.text), std::move(number), std::move(type), name.line});
  }

  Language language_;
  std::vector<Word> words_;
  std::vector<Scope> scopes_;
  SchemaFile file_;
};

/// Avro: objects with "name" and "type" inside a list that is called "fields". Read as words, so that a damaged file
/// costs nothing but its own fields.
SchemaFile avro_fields(const std::vector<Word>& words) {
  struct Level {
    bool is_fields = false;
    std::string scope, name, type;
    std::uint32_t line = 0;
  };
  SchemaFile file;
  std::vector<Level> levels;
  const auto unquoted = [](std::string_view text) {
    return text.size() >= 2 && text.front() == '"' ? std::string(text.substr(1, text.size() - 2)) : std::string(text);
  };
  std::string key;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto text = words[i].text;
    if (text == "{" || text == "[") {
      Level level;
      level.is_fields = text == "[" && key == "fields";
      if (!levels.empty()) level.scope = levels.back().name.empty() ? levels.back().scope : levels.back().name;
      if (!levels.empty() && key == "type" && levels.back().type.empty()) levels.back().type = "nested";
      levels.push_back(std::move(level));
      key.clear();
    } else if (text == "}" || text == "]") {
      if (levels.empty()) break;
      const Level done = std::move(levels.back());
      levels.pop_back();
      const bool in_fields = !levels.empty() && levels.back().is_fields;
      if (text == "}" && in_fields && !done.name.empty()) {
        file.fields.push_back({levels.back().scope, done.name, "", done.type, done.line});
      }
      key.clear();
    } else if (i + 1 < words.size() && words[i + 1].text == ":") {
      key = unquoted(text);
      ++i;
    } else if (text != "," && !levels.empty()) {
      if (key == "name") {
        levels.back().name = unquoted(text);
        levels.back().line = words[i].line;
      }
      if (key == "type") levels.back().type = unquoted(text);
      key.clear();
    }
  }
  return file;
}

}  // namespace

SchemaFile schema_fields(std::string_view path, std::string_view text) {
  const bool thrift = path.ends_with(".thrift");
  auto words = words_of(text, thrift);
  if (path.ends_with(".avsc")) return avro_fields(words);
  const auto language = thrift                   ? Reader::Language::thrift
                        : path.ends_with(".fbs") ? Reader::Language::flatbuffers
                                                 : Reader::Language::proto;
  return Reader(language, std::move(words)).read();
}

}  // namespace patchgate
