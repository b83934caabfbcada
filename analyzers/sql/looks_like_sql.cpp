#include "analyzers/sql/looks_like_sql.h"

#include <algorithm>
#include <array>

namespace patchgate {

namespace {

enum class Place { message, sql, unclear };

std::string in_small(std::string_view name) {
  std::string small;
  for (const char c : name) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return small;
}

/// "log" in log_error, addLog, LOG, kLogText; not in catalog, dialog, login.
bool has_part(std::string_view name, std::string_view part) {
  const std::string small = in_small(name);
  for (std::size_t at = small.find(part); at != std::string::npos; at = small.find(part, at + 1)) {
    const std::size_t end = at + part.size();
    const bool begins = at == 0 || !(name[at - 1] >= 'a' && name[at - 1] <= 'z') ||
                        !(name[at] >= 'a' && name[at] <= 'z') || name[at - 1] == '_';
    const bool own_begin = begins && (at == 0 || name[at - 1] == '_' || (name[at] >= 'A' && name[at] <= 'Z'));
    const bool ends = end >= name.size() || !(name[end] >= 'a' && name[end] <= 'z');
    if (own_begin && ends) return true;
  }
  return false;
}

bool contains_any(const std::string& small, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](auto part) { return small.find(part) != std::string::npos; });
}

Place place_of(const std::string& name) {
  const std::string small = in_small(name);
  if (contains_any(small, {"sprintf", "format"})) return Place::unclear;
  constexpr auto kMessages = std::to_array<std::string_view>(
      {"log",     "warn",   "warning", "error",   "err",     "debug",         "trace",    "info",
       "message", "msg",    "usage",   "help",    "throw",   "exception",     "assert",   "expect",
       "print",   "cout",   "cerr",    "clog",    "puts",    "fatal",         "critical", "panic",
       "abort",   "die",    "perror",  "what",    "comment", "description",   "title",    "label",
       "tooltip", "printf", "fprintf", "vprintf", "fputs",   "static_assert", "todo",     "notice"});
  if (std::any_of(kMessages.begin(), kMessages.end(), [&](auto part) { return has_part(name, part); }))
    return Place::message;
  if (contains_any(small,
                   {"sql", "query", "queries", "exec", "prepare", "stmt", "statement", "ddl", "pqsend", "migrat"}))
    return Place::sql;
  return Place::unclear;
}

/// The nearest name that says something.
Place place_of(const std::vector<std::string>& around) {
  for (const auto& name : around)
    if (const Place place = place_of(name); place != Place::unclear) return place;
  return Place::unclear;
}

class Shape {
 public:
  Shape(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement)
      : text_(text), words_(words), first_(statement.first), last_(statement.last) {
    while (first_ < last_ && words_[first_].kind == SqlWord::hole) ++first_;
  }
  std::string_view word(std::size_t i) const {
    return first_ + i < last_ && words_[first_ + i].kind == SqlWord::name ? std::string_view(words_[first_ + i].word)
                                                                          : std::string_view();
  }
  bool is_there(std::size_t i) const { return first_ + i < last_; }
  bool has(std::string_view wanted) const {
    return std::any_of(begin(), end(), [&](const SqlWord& w) { return w.kind == SqlWord::name && w.word == wanted; });
  }
  bool has_sign(std::string_view signs) const {
    return std::any_of(begin(), end(), [&](const SqlWord& w) {
      return w.kind == SqlWord::sign && w.word.size() == 1 && signs.find(w.word) != std::string_view::npos;
    });
  }
  bool has_hole() const {
    return std::any_of(begin(), end(), [](const SqlWord& w) { return w.kind == SqlWord::hole; });
  }
  bool ends_in_semicolon() const {
    return last_ < words_.size() && words_[last_].kind == SqlWord::sign && words_[last_].word == ";";
  }
  std::size_t size() const { return last_ - first_; }
  /// As it is written: 1 = in capitals, -1 = in small letters, 0 = neither.
  int spelling(std::string_view wanted) const {
    for (auto w = begin(); w != end(); ++w) {
      if (w->kind != SqlWord::name || w->word != wanted) continue;
      const auto written = text_.substr(w->begin, w->end - w->begin);
      if (written == w->word) return 1;
      return in_small(written) == written ? -1 : 0;
    }
    return 0;
  }

 private:
  std::vector<SqlWord>::const_iterator begin() const { return words_.begin() + static_cast<std::ptrdiff_t>(first_); }
  std::vector<SqlWord>::const_iterator end() const { return words_.begin() + static_cast<std::ptrdiff_t>(last_); }
  std::string_view text_;
  const std::vector<SqlWord>& words_;
  std::size_t first_, last_;
};

constexpr auto kObjects = std::to_array<std::string_view>(
    {"TABLE",     "DATABASE", "SCHEMA", "INDEX",     "VIEW",       "MATERIALIZED", "TRIGGER",   "FUNCTION",
     "PROCEDURE", "SEQUENCE", "TYPE",   "EXTENSION", "TABLESPACE", "UNIQUE",       "TEMPORARY", "TEMP",
     "OR",        "DOMAIN",   "ROLE",   "USER",      "KEYSPACE",   "FOREIGN",      "VIRTUAL",   "UNLOGGED"});

/// The second word that makes a statement of the first one; empty: it makes none.
std::string_view partner_of(const Shape& shape) {
  const std::string_view verb = shape.word(0);
  const auto if_has = [&](std::string_view word) { return shape.has(word) ? word : std::string_view(); };
  if (verb == "SELECT" || verb == "DELETE") return shape.is_there(2) ? if_has("FROM") : "";
  if (verb == "UPDATE") return shape.is_there(3) ? if_has("SET") : "";
  if (verb == "INSERT" || verb == "REPLACE" || verb == "MERGE") return if_has("INTO");
  if (verb == "TRUNCATE") return shape.is_there(1) && shape.size() <= 8 ? verb : "";
  if (verb == "WITH") return if_has("AS");
  if (verb == "DROP" || verb == "ALTER" || verb == "CREATE") {
    const std::string_view object = shape.word(1);
    const bool known = std::find(kObjects.begin(), kObjects.end(), object) != kObjects.end();
    return known && shape.is_there(2) ? object : "";
  }
  return "";
}

/// Small letters, and nobody says that it is SQL: prose has the same words ("delete from the list").
bool is_marked(const Shape& shape) {
  const std::string_view verb = shape.word(0);
  if (verb == "SELECT" || verb == "WITH") return shape.has("WHERE") && shape.has_sign("=<>");
  if (verb == "TRUNCATE") return shape.word(1) == "TABLE";
  if (verb == "DROP" || verb == "ALTER") return true;
  return shape.has_sign("=*<>") || shape.has_hole() || shape.ends_in_semicolon();
}

}  // namespace

SqlLikeness looks_like_sql(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                           const std::vector<std::string>& around) {
  const Shape shape(text, words, statement);
  const std::string_view partner = partner_of(shape);
  if (partner.empty()) return SqlLikeness::no;
  const Place place = place_of(around);
  if (place == Place::message) return SqlLikeness::no;
  const int verb = shape.spelling(shape.word(0)), second = shape.spelling(partner);
  if (place == Place::sql) return verb == second ? SqlLikeness::yes : SqlLikeness::if_parsed;
  if (verb == 1 && second == 1) return SqlLikeness::yes;
  return verb == -1 && second == -1 && is_marked(shape) ? SqlLikeness::if_parsed : SqlLikeness::no;
}

}  // namespace patchgate
