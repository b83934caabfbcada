#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// Stands in a text for something that is put there at run time: what is concatenated, a macro.
inline constexpr char kHole = '\x01';

/// A word of SQL. Comments and white space are none.
struct SqlWord {
  enum Kind {
    name,    ///< `word` in capitals; a keyword or a name
    quoted,  ///< "name", `name`
    text,    ///< 'text', E'text', $tag$text$tag$
    hole,    ///< put in at run time: ? ?1 $name :name @name %s {} {name} ${name} #{name} {{ name }} and kHole
    sign,    ///< one character; a number is a sign too
  };
  Kind kind = sign;
  std::string word;
  std::size_t begin = 0, end = 0;  ///< bytes of the text

  bool is(std::string_view keyword) const { return kind == name && word == keyword; }
  bool is_sign(char c) const { return kind == sign && word.size() == 1 && word.front() == c; }
};

/// All dialects at once: what stands between quotes, comments and dollar quotes is never a word, and quotes without an
/// end take the rest. Linear.
std::vector<SqlWord> sql_words(std::string_view text);

/// One statement: words [first, last) of the text.
struct SqlStretch {
  std::size_t first = 0, last = 0;
};

/// Cut at `;`, at a DELIMITER of MySQL's client, at GO alone on its line; data after COPY ... FROM stdin is none, nor
/// is a command of psql (`\connect`). BEGIN ATOMIC ... END and the body of a trigger (CREATE ... BEGIN ... END) stay
/// whole. Empty ones are left out.
std::vector<SqlStretch> sql_statements(std::string_view text, const std::vector<SqlWord>& words);

/// The statement as PostgreSQL would write it: what is put in at run time is a name, `a` is "a" (as is 'a' where a
/// table has to stand), INSERT OR IGNORE and REPLACE are INSERT, TEMP is never GLOBAL, bytes that are no UTF-8 are `?`,
/// comments are blank. `without_clauses`: what is put in where no name and no value can stand is left out.
std::string for_postgresql(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                           bool without_clauses = false);

/// What stands for a hole in that text.
inline constexpr std::string_view kHoleName = "put_in";

}  // namespace patchgate
