#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/data_at_risk.h"
#include "analyzers/sql/scan.h"

namespace patchgate {

/// Something that a statement does.
struct SqlAct {
  SqlEffectKind kind = SqlEffectKind::drop;
  std::string what;
  bool loses_data = false;
  Confidence confidence = Confidence::exact;
  friend bool operator==(const SqlAct&, const SqlAct&) = default;
};

/// The rows that a SELECT, UPDATE or DELETE goes for.
struct SqlRows {
  std::string verb;   ///< SELECT, UPDATE, DELETE
  std::string table;  ///< of several: with commas
  /// What must all hold, each in a canonical form; those that are always true are left out.
  std::vector<std::string> conditions;
  friend bool operator==(const SqlRows&, const SqlRows&) = default;
};

struct ReadStatement {
  std::string not_parsed;  ///< why; empty = it was parsed
  std::string not_seen{};  ///< why not all that it does stands in it: it runs a procedure or a text; empty = it does
  std::vector<SqlAct> acts{};
  std::vector<SqlRows>
      rows{};  ///< of the statement and those in it, in the order of the text; only where it was parsed
};

/// A statement longer than this is not parsed: the parser's tree grows with it, and so does its stack (120 bytes for
/// two bytes of text, measured).
inline constexpr std::size_t kLongestStatement = 32 * 1024;

/// Reads one statement. `open_end`: more may follow at run time that cannot be seen, so that a WHERE that is missing
/// may come yet. What cannot be parsed is read by its words (judge_words).
ReadStatement read_statement(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                             bool open_end);

/// By words alone, for other dialects, procedures and pieces: all acts are `possible`.
std::vector<SqlAct> judge_words(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                                bool open_end);

/// What a parse tree of pg_query_parse (JSON) says; none where it is no such tree or nests deeper than 500.
bool judge_tree(std::string_view json, bool open_end, ReadStatement& statement);

/// `base` had conditions that `head` has not, and nothing came in their place. Also: one became a part of an OR, `=`
/// became LIKE, <= or >=, a < became <=, an IN a longer IN.
bool covers_more(const SqlRows& base, const SqlRows& head);

}  // namespace patchgate
