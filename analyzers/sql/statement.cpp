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

}  // namespace

ReadStatement read_statement(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                             bool open_end) {
  ReadStatement read;
  open_end = open_end || ends_in_hole(words, statement);
  const std::string sql = for_postgresql(text, words, statement);
  if (sql.size() > kLongestStatement) {
    read.not_parsed = "longer than " + std::to_string(kLongestStatement / 1024) + " KiB";
  } else {
    const ParseResult parsed(sql);
    if (parsed.result.error != nullptr) {
      read.not_parsed = std::string("not PostgreSQL's SQL: ") + parsed.result.error->message;
    } else if (!judge_tree(parsed.result.parse_tree, open_end, read)) {
      read.not_parsed = "nested too deep";
    } else {
      return read;
    }
  }
  read.rows.clear();
  read.acts = judge_words(text, words, statement, open_end);
  return read;
}

}  // namespace patchgate
