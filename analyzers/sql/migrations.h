#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/data_at_risk.h"

namespace patchgate {

/// A file of the patch that is a step of a migration, in a layout that is known.
struct Migration {
  std::string layout;
  bool repeats = false;           ///< runs again whenever its text changes
  bool is_down = false;           ///< the whole file is the way back of another one
  std::size_t down_begin = npos;  ///< the offset at which the way back begins in the text; npos: not in this file
  MigrationFinding::Down down = MigrationFinding::Down::unknown;
  std::string why;
  std::vector<SqlFinding> by_words;  ///< what a migration in another language takes away (line, kind, what)
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// A name that only migrations have, or a file in a folder of them.
bool is_migration_step(const FileChange& change);

/// By its name, its text and the names of the other files of the patch that are on head. Layouts: Flyway,
/// golang-migrate, dbmate, goose, sql-migrate, sqitch, Liquibase, Alembic, Django, Rails; anything else is "plain",
/// which has no way back that could be known.
Migration read_migration(const FileChange& change, std::string_view text, const std::set<std::string>& other_files);

}  // namespace patchgate
