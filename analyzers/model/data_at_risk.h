#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"
#include "analyzers/model/symbol.h"

namespace patchgate {

/// A changed file in which SQL may stand: both sides' texts, empty where the file is not on that side.
struct SqlSource {
  const FileChange* change = nullptr;
  std::string base, head;
};

/// What is to be read for SQL. Filled by the pipeline: C and C++ files that are no tests, files of SQL, migrations.
struct SqlInput {
  std::vector<SqlSource> sources;                             ///< in the order of the patch
  std::vector<std::pair<std::string, std::string>> unread{};  ///< path, why
};

/// What a statement does that is worth a person's look.
enum class SqlEffectKind {
  delete_all,      ///< DELETE without a WHERE, or with one that is always true
  update_all,      ///< UPDATE likewise
  drop,            ///< DROP of anything
  truncate,        ///< TRUNCATE
  drop_column,     ///< ALTER ... DROP COLUMN
  change_type,     ///< ALTER ... TYPE of a column
  where_weakened,  ///< a WHERE lost a condition, or all of them, between base and head
  not_judged,      ///< could not be parsed, and shows no word that destroys
};

/// Against the base. A statement that the patch leaves alone counts where it stands in touched code.
enum class SqlChange { added, changed, unchanged };

struct SqlFinding {
  SqlEffectKind kind = SqlEffectKind::not_judged;
  std::string what;  ///< "DELETE FROM sessions has no WHERE"
  std::string text;  ///< of the statement, in one line, at most 160 bytes
  Place at;          ///< on head
  std::string was;   ///< the base's text of it, where it differs; else empty
  Place was_at{};    ///< on the base
  std::string in{};  ///< the touched symbol that holds it; empty in a file of SQL
  SqlChange change = SqlChange::added;
  Confidence confidence = Confidence::exact;  ///< possible: told by its words, not by its syntax
  bool loses_data = false;                    ///< no revert brings back what it takes
};

/// Whether a migration can be taken back.
struct MigrationFinding {
  std::string layout;  ///< "Flyway", "golang-migrate", …; "plain" where no framework is recognised
  Place at;
  enum class Down { yes, no, empty, unknown } down = Down::unknown;
  std::string why;      ///< the file or marker that was looked for, or why it is not known
  bool edited = false;  ///< it was on the base already: where it has run, it will not run again
};

/// What the patch says in SQL.
struct DataAtRisk {
  std::vector<SqlFinding> sql;               ///< by place
  std::vector<MigrationFinding> migrations;  ///< by place
};

/// "delete_all", "where_weakened", …; "added", …; "yes", …
const char* name_of(SqlEffectKind kind);
const char* name_of(SqlChange change);
const char* name_of(MigrationFinding::Down down);
/// All kinds but where_weakened and not_judged.
bool is_destructive(SqlEffectKind kind);

}  // namespace patchgate
