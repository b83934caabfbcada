#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// The SQL of the patch: in strings of touched C and C++ code and in changed files of SQL, both sides.
///
/// - `sql.destructive.count`: statements of head that take or overwrite rows, tables, columns or types without a
/// choice:
///   DELETE and UPDATE without a WHERE, DROP, TRUNCATE, ALTER ... DROP COLUMN, ALTER ... TYPE. In C and C++ all that
///   stand in touched symbols; in a file of SQL those that the patch adds or changes. A migration's way down is left
///   out. It is unknown ("at least") where a statement can only be told by its words.
/// - `sql.where_weakened.count`: statements that go for more rows than they did on the base.
/// - `sql.unparsed.count`: added or changed statements that PostgreSQL's parser does not take.
/// - Findings::data_at_risk lists all of them with places, and the migrations with their step back;
///   Findings::irreversible gets what no revert brings back.
extern const Analyzer sql_statements_of_patch;

}  // namespace patchgate
