#include <algorithm>
#include <array>
#include <string_view>

#include "analyzers/sql/statement.h"

namespace patchgate {

namespace {

class Words {
 public:
  Words(std::string_view text, const std::vector<SqlWord>& words, SqlStretch stretch)
      : text_(text), words_(words), stretch_(stretch) {}

  std::size_t size() const { return stretch_.last - stretch_.first; }
  std::string_view at(std::size_t i) const {
    if (i >= size()) return "";
    const SqlWord& word = words_[stretch_.first + i];
    return word.kind == SqlWord::name ? std::string_view(word.word) : std::string_view();
  }
  /// The name that begins there, qualified; as written.
  std::string name(std::size_t i) const {
    std::string text;
    for (; i < size(); ++i) {
      const SqlWord& word = words_[stretch_.first + i];
      if (word.kind == SqlWord::hole) return "(a name)";
      if (word.kind == SqlWord::name) text += text_.substr(word.begin, word.end - word.begin);
      if (word.kind == SqlWord::quoted) text += word.word;
      if (word.kind == SqlWord::text) text += text_.substr(word.begin, word.end - word.begin);
      const bool dot = i + 1 < size() && words_[stretch_.first + i + 1].word == ".";
      if (!dot) break;
      text += '.';
      ++i;
    }
    return text.empty() ? "(a name)" : text;
  }
  /// Outside of parentheses, from `from` on; size() where it is not there.
  std::size_t find(std::string_view wanted, std::size_t from = 0) const {
    int depth = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      const SqlWord& word = words_[stretch_.first + i];
      if (word.kind == SqlWord::sign && word.word == "(") ++depth;
      if (word.kind == SqlWord::sign && word.word == ")") --depth;
      if (depth <= 0 && i >= from && at(i) == wanted) return i;
    }
    return size();
  }
  bool has(std::string_view wanted) const { return find(wanted) < size(); }

 private:
  std::string_view text_;
  const std::vector<SqlWord>& words_;
  SqlStretch stretch_;
};

using Acts = std::vector<SqlAct>;

void add(Acts& acts, SqlEffectKind kind, std::string what, bool loses_data) {
  acts.push_back({kind, std::move(what), loses_data, Confidence::possible});
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto kDropped = std::to_array<std::string_view>(
    {"TABLE",    "DATABASE",  "SCHEMA",    "INDEX", "VIEW",       "MATERIALIZED", "COLUMN",  "TRIGGER",
     "FUNCTION", "PROCEDURE", "SEQUENCE",  "TYPE",  "KEYSPACE",   "COLLECTION",   "USER",    "ROLE",
     "EVENT",    "PARTITION", "TEMPORARY", "TEMP",  "TABLESPACE", "UNIQUE",       "SYNONYM", "PACKAGE"});
constexpr auto kHoldData = std::to_array<std::string_view>(
    {"TABLE", "DATABASE", "SCHEMA", "SEQUENCE", "KEYSPACE", "COLLECTION", "PARTITION", "TABLESPACE", "USER"});
// What ALTER TABLE drops that is no column.
constexpr auto kNoColumn = std::to_array<std::string_view>(
    {"CONSTRAINT", "INDEX", "KEY", "PRIMARY", "FOREIGN", "CHECK", "DEFAULT", "NOT", "EXPRESSION", "IDENTITY"});

/// Of one ALTER TABLE; and as many words of one statement are looked at.
constexpr int kMostDropped = 100;
constexpr std::size_t kMostWords = 20000;

void judge_alter(const Words& words, Acts& acts) {
  if (words.at(1) != "TABLE") return;
  std::size_t table = 2;
  while (words.at(table) == "IF" || words.at(table) == "EXISTS" || words.at(table) == "ONLY") ++table;
  const std::string name = words.name(table);
  int most = kMostDropped;
  for (std::size_t i = words.find("DROP"); i < words.size() && most-- > 0; i = words.find("DROP", i + 1)) {
    if (words.at(i + 1) == "PARTITION") {
      add(acts, SqlEffectKind::drop, "ALTER TABLE " + name + " DROP PARTITION", true);
    } else if (!is_one_of(words.at(i + 1), kNoColumn)) {
      std::size_t column = i + 1;
      while (words.at(column) == "COLUMN" || words.at(column) == "IF" || words.at(column) == "EXISTS") ++column;
      add(acts, SqlEffectKind::drop_column, "ALTER TABLE " + name + " DROP COLUMN " + words.name(column), true);
    }
  }
  for (const char* verb : {"MODIFY", "CHANGE", "TYPE"}) {
    if (words.has(verb)) {
      add(acts, SqlEffectKind::change_type, "ALTER TABLE " + name + " may change the type of a column", true);
      return;
    }
  }
  const std::size_t alter = words.find("ALTER", 1);
  // T-SQL: ALTER COLUMN name type.
  if (alter < words.size() && words.at(alter + 1) == "COLUMN" && !words.has("SET") && !words.has("DROP"))
    add(acts, SqlEffectKind::change_type, "ALTER TABLE " + name + " may change the type of a column", true);
}

void judge_rows(const Words& words, std::size_t verb, bool open_end, Acts& acts) {
  const bool deletes = words.at(verb) == "DELETE";
  if (words.find("WHERE", verb) < words.size() || words.find("LIMIT", verb) < words.size()) return;
  std::size_t table = verb + 1;
  if (deletes) {
    const std::size_t from = words.find("FROM", verb);
    if (from == words.size()) return;
    table = from + 1;
  } else {
    if (words.find("SET", verb) == words.size()) return;
    for (const std::string_view word : {"OR", "ROLLBACK", "ABORT", "REPLACE", "FAIL", "IGNORE", "LOW_PRIORITY", "ONLY"})
      if (words.at(table) == word) ++table;
  }
  add(acts, deletes ? SqlEffectKind::delete_all : SqlEffectKind::update_all,
      (deletes ? "DELETE FROM " : "UPDATE ") + words.name(table) + " has no WHERE" +
          (open_end ? " that can be seen" : ""),
      true);
}

/// The first word that says what is done: behind EXPLAIN, WITH ..., BEGIN, IF ... THEN of a procedure.
std::size_t verb_of(const Words& words) {
  constexpr auto kVerbs = std::to_array<std::string_view>({"DELETE", "UPDATE", "DROP", "TRUNCATE", "ALTER"});
  if (is_one_of(words.at(0), kVerbs)) return 0;
  const bool leads = words.at(0) == "WITH" || words.at(0) == "EXPLAIN";
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!is_one_of(words.at(i), kVerbs)) continue;
    const std::string_view before = words.at(i - 1);
    if (leads || before == "BEGIN" || before == "THEN" || before == "ELSE" || before == "LOOP" || before == "DO")
      return i;
  }
  return words.size();
}

}  // namespace

std::vector<SqlAct> judge_words(std::string_view text, const std::vector<SqlWord>& all, SqlStretch statement,
                                bool open_end) {
  Acts acts;
  statement.last = std::min(statement.last, statement.first + kMostWords);
  const Words whole(text, all, statement);
  const std::size_t verb = verb_of(whole);
  if (verb == whole.size()) return acts;
  const Words words(text, all, {statement.first + verb, statement.last});
  if (words.at(0) == "DELETE" || words.at(0) == "UPDATE") {
    judge_rows(words, 0, open_end, acts);
  } else if (words.at(0) == "TRUNCATE") {
    add(acts, SqlEffectKind::truncate, "TRUNCATE " + words.name(words.at(1) == "TABLE" ? 2 : 1), true);
  } else if (words.at(0) == "ALTER") {
    judge_alter(words, acts);
  } else if (is_one_of(words.at(1), kDropped)) {
    std::size_t name = 2;
    while (words.at(name) == "IF" || words.at(name) == "EXISTS") ++name;
    const bool temporary = words.at(1) == "TEMPORARY" || words.at(1) == "TEMP";
    add(acts, SqlEffectKind::drop, "DROP " + std::string(words.at(1)) + " " + words.name(name),
        !temporary && is_one_of(words.at(1), kHoldData));
  }
  return acts;
}

}  // namespace patchgate
