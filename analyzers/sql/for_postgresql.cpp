#include "analyzers/model/utf8.h"
#include "analyzers/sql/scan.h"

namespace patchgate {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string twice_quoted(std::string_view name) {
  std::string twice;
  for (const char c : name) twice.append(c == '"' ? 2 : 1, c);
  return twice;
}

void add_valid(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (point.valid && text[at] != '\0') {
      out += text.substr(at, point.length);
    } else {
      out += '?';
    }
    at += point.length;
  }
}

bool is_dialect_verb(const SqlWord& word) { return word.is("INSERT") || word.is("UPDATE"); }

/// GLOBAL before TEMP (the parser says that it is out of date, which takes it a while), IGNORE of MySQL's INSERT.
bool is_left_out(const SqlWord& word, const SqlWord* before, const SqlWord* after, std::size_t index) {
  if (word.is("GLOBAL")) return after != nullptr && (after->is("TEMP") || after->is("TEMPORARY"));
  return word.is("IGNORE") && index == 1 && is_dialect_verb(*before);
}

/// SQLite takes 'name' for a name where one has to stand.
bool is_name_in_text_quotes(std::string_view text, const SqlWord& word, const SqlWord* before, const SqlWord* after) {
  if (word.kind != SqlWord::text || text[word.begin] != '\'' || word.end - word.begin < 2 || before == nullptr)
    return false;
  for (const char* name : {"FROM", "INTO", "UPDATE", "TABLE", "JOIN"})
    if (before->is(name)) return true;
  return before->is_sign('.') || (after != nullptr && after->is_sign('.'));
}

/// A name, a value or a parenthesis ends here, so that a hole behind it is a clause.
bool ends_something(const SqlWord& word) {
  if (word.kind != SqlWord::name) return word.kind != SqlWord::sign || word.word == ")" || is_digit(word.word.front());
  for (const char* more :
       {"FROM",   "INTO", "UPDATE", "TABLE", "JOIN",  "ON",  "EXISTS", "WHERE", "AND",  "OR",   "SET",  "VALUES",
        "SELECT", "BY",   "COLUMN", "INDEX", "LIMIT", "NOT", "IN",     "AS",    "LIKE", "ONLY", "USING"})
    if (word.word == more) return false;
  return true;
}

}  // namespace

std::string for_postgresql(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                           bool without_clauses) {
  std::string out;
  const auto at = [&](std::size_t i) -> const SqlWord* {
    return i >= statement.first && i < statement.last ? &words[i] : nullptr;
  };
  for (std::size_t i = statement.first; i < statement.last; ++i) {
    const SqlWord& word = words[i];
    const SqlWord* before = at(i - 1);
    const SqlWord* after = at(i + 1);
    if (is_left_out(word, before, after, i - statement.first)) continue;
    if (word.is("OR") && i == statement.first + 1 && is_dialect_verb(words[statement.first])) {
      ++i;  // INSERT OR IGNORE
      continue;
    }
    if (word.kind == SqlWord::hole) {
      // {schema}"name" is one name.
      const bool begins_name = after != nullptr && after->kind == SqlWord::quoted && after->begin == word.end;
      if (begins_name || (without_clauses && before != nullptr && ends_something(*before))) continue;
    }
    const bool mark_before = before != nullptr && before->kind == SqlWord::hole && text[before->begin] == '?';
    if (before != nullptr && (before->end != word.begin || mark_before)) out += ' ';
    if (word.kind == SqlWord::hole) {
      out += kHoleName;
    } else if (i == statement.first && word.is("REPLACE")) {
      out += "INSERT";
    } else if (word.kind == SqlWord::quoted || is_name_in_text_quotes(text, word, before, after)) {
      const std::string name = word.kind == SqlWord::quoted
                                   ? word.word
                                   : std::string(text.substr(word.begin + 1, word.end - word.begin - 2));
      out += '"';
      add_valid(name.empty() ? std::string(kHoleName) : twice_quoted(name), out);
      out += '"';
    } else {
      add_valid(text.substr(word.begin, word.end - word.begin), out);
    }
  }
  return out;
}

}  // namespace patchgate
