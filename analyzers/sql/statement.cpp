#include "analyzers/sql/statement.h"

#include <memory>

#include <pg_query.h>

namespace patchgate {

namespace {

struct ParseResult {
  explicit ParseResult(const std::string& text) : result(pg_query_parse(text.c_str())) {}
  ParseResult(const ParseResult&) = delete;
  ParseResult& operator=(const ParseResult&) = delete;
  ~ParseResult() { pg_query_free_parse_result(result); }
  PgQueryParseResult result;
};

/// What follows is a name, so that a hole there is one too and nothing that could hold a WHERE.
bool wants_name(const SqlWord& before) {
  for (const char* word : {"FROM", "UPDATE", "TABLE", "EXISTS", "INTO", "ONLY", "DATABASE", "SCHEMA", "TRUNCATE",
                           "VIEW", "INDEX", "COLUMN", "JOIN"})
    if (before.kind == SqlWord::name && before.word == word) return true;
  return before.kind == SqlWord::sign && before.word == ".";
}

/// The last thing in it is put in at run time, and need not be a single name or value.
bool ends_in_hole(const std::vector<SqlWord>& words, SqlStretch statement) {
  if (statement.last - statement.first < 2) return false;
  const SqlWord& last = words[statement.last - 1];
  const SqlWord& before = words[statement.last - 2];
  if (last.kind != SqlWord::hole) return false;
  const bool value = before.kind == SqlWord::sign && before.word != ")";
  return before.end == last.begin ? !value : !value && !wants_name(before);
}

constexpr std::string_view kCutOff = "at end of input";

/// Why it could not be parsed; empty = it was, and `read` says what it does.
std::string parse(const std::string& sql, bool open_end, ReadStatement& read) {
  const ParseResult parsed(sql);
  if (parsed.result.error != nullptr) return std::string("not PostgreSQL's SQL: ") + parsed.result.error->message;
  return judge_tree(parsed.result.parse_tree, open_end, read) ? "" : "nested too deep";
}

}  // namespace

ReadStatement read_statement(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                             bool open_end) {
  ReadStatement read;
  open_end = open_end || ends_in_hole(words, statement);
  const std::string sql = for_postgresql(text, words, statement);
  if (sql.size() > kLongestStatement) {
    read.not_parsed = "longer than " + std::to_string(kLongestStatement / 1024) + " KiB";
  } else {
    read.not_parsed = parse(sql, open_end, read);
    if (read.not_parsed.empty()) return read;
    // What is put in may be a clause, WHERE too.
    const std::string plain = for_postgresql(text, words, statement, true);
    if (plain != sql && parse(plain, true, read).empty()) {
      read.not_parsed.clear();
      return read;
    }
  }
  read.rows.clear();
  read.acts = judge_words(text, words, statement, open_end);
  if (read.not_parsed.ends_with(kCutOff)) {
    // Whatever comes behind it, a WHERE may be in it.
    read.not_parsed = "a piece of a statement";
    std::erase_if(read.acts, [](const SqlAct& act) {
      return act.kind == SqlEffectKind::delete_all || act.kind == SqlEffectKind::update_all;
    });
  }
  return read;
}

}  // namespace patchgate
