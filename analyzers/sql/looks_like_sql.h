#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/sql/scan.h"

namespace patchgate {

/// How sure it is that a string of code is SQL.
enum class SqlLikeness {
  no,
  if_parsed,  ///< in small letters and with nothing that says where it goes: prose, unless PostgreSQL takes it
  yes,
};

/// By its words and their spelling, and by the names around it (CodeLiteral::around): what goes to a call or variable
/// named like SQL (exec, query, kSql) is taken sooner, what goes to one named like a message (log, error, print, throw)
/// is not taken at all.
SqlLikeness looks_like_sql(std::string_view text, const std::vector<SqlWord>& words, SqlStretch statement,
                           const std::vector<std::string>& around);

}  // namespace patchgate
