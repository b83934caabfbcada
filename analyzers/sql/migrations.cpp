#include "analyzers/sql/migrations.h"

#include <algorithm>
#include <array>

#include "analyzers/sql/scan.h"

namespace patchgate {

namespace {

using Down = MigrationFinding::Down;

std::string in_small(std::string_view text) {
  std::string small(text);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }
std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}
bool has_folder(const std::string& path, std::string_view name) {
  return in_small("/" + path).find("/" + std::string(name) + "/") != std::string::npos;
}
bool starts_with_number(std::string_view name) {
  const auto digits = name.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits >= 3 &&
         std::string_view("_-.").find(name[digits]) != std::string_view::npos;
}

/// V1__add.sql, V1.2_3__add.sql → "1", "1.2_3"; the letter in `kind`.
std::string flyway_version(const std::string& name, char kind) {
  if (name.size() < 2 || name.front() != kind || !name.ends_with(".sql")) return "";
  const auto end = name.find("__");
  if (end == std::string::npos || end == 1) return "";
  const std::string version = name.substr(1, end - 1);
  return version.find_first_not_of("0123456789._") == std::string::npos ? version : "";
}

bool has_statement(std::string_view sql) { return !sql_statements(sql, sql_words(sql)).empty(); }

/// look(line, its offset, its number) for each line until one returns false.
template <class Look>
void each_line(std::string_view text, Look look) {
  std::uint32_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const auto end = std::min(text.find('\n', begin), text.size());
    if (!look(text.substr(begin, end - begin), begin, number)) return;
    begin = end + 1;
  }
}

/// The line is a comment of SQL that begins with `marker`.
bool is_marked(std::string_view line, std::string_view marker) {
  const auto dashes = line.find_first_not_of(" \t");
  if (dashes == std::string_view::npos || !line.substr(dashes).starts_with("--")) return false;
  const auto first = line.find_first_not_of(" \t-", dashes);
  return first != std::string_view::npos && line.substr(first).starts_with(marker);
}

/// The offset of the first such line; npos.
std::size_t find_marker(const std::string& small, std::string_view marker) {
  std::size_t found = Migration::npos;
  each_line(small, [&](std::string_view line, std::size_t begin, std::uint32_t) {
    if (is_marked(line, marker)) found = begin;
    return found == Migration::npos;
  });
  return found;
}

std::size_t count_markers(const std::string& small, std::string_view marker) {
  std::size_t count = 0;
  each_line(small, [&](std::string_view line, std::size_t, std::uint32_t) {
    count += is_marked(line, marker) ? 1 : 0;
    return true;
  });
  return count;
}

void read_markers(std::string_view text, const std::string& small, const char* layout, std::string_view down,
                  Migration& migration) {
  migration.layout = layout;
  migration.down_begin = find_marker(small, down);
  if (migration.down_begin == Migration::npos) {
    migration.down = Down::no;
    migration.why = "no `-- " + std::string(down) + "` in it";
  } else {
    const bool filled = has_statement(text.substr(migration.down_begin));  // the marker is a comment
    migration.down = filled ? Down::yes : Down::empty;
    migration.why = std::string("`-- ") + std::string(down) + (filled ? "`" : "` with nothing behind it");
  }
}

void expect_file(const std::string& wanted, const std::set<std::string>& others, Migration& migration) {
  const bool there = others.contains(wanted);
  migration.down = there ? Down::yes : Down::no;
  migration.why = there ? wanted : "the patch has no " + wanted;
}

struct Taken {
  const char* word;
  SqlEffectKind kind;
  const char* what;
};

/// Words at which a migration in another language takes something away, in the part before `end`.
template <std::size_t N>
void find_taken(std::string_view text, std::size_t end, const std::array<Taken, N>& taken, Migration& migration) {
  constexpr std::size_t kMost = 50;
  constexpr std::size_t kShown = 160;
  each_line(text.substr(0, std::min(end, text.size())), [&](std::string_view line, std::size_t, std::uint32_t number) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with("#") || line.starts_with("//")) return true;
    for (const Taken& one : taken) {
      if (line.find(one.word) == std::string_view::npos) continue;
      SqlFinding finding;
      finding.kind = one.kind;
      finding.what = one.what;
      finding.text = std::string(line.substr(0, kShown));
      finding.at.line = number;
      finding.confidence = Confidence::possible;
      finding.loses_data = is_destructive(one.kind);
      migration.by_words.push_back(std::move(finding));
    }
    return migration.by_words.size() < kMost;
  });
}

constexpr std::array<Taken, 4> kAlembic{{{"op.drop_table(", SqlEffectKind::drop, "drops a table"},
                                         {"drop_column(", SqlEffectKind::drop_column, "drops a column"},
                                         {"type_=", SqlEffectKind::change_type, "changes the type of a column"},
                                         {"op.execute(", SqlEffectKind::not_judged, "runs SQL of its own"}}};
constexpr std::array<Taken, 5> kDjango{
    {{"migrations.DeleteModel(", SqlEffectKind::drop, "drops a table"},
     {"migrations.RemoveField(", SqlEffectKind::drop_column, "drops a column"},
     {"migrations.AlterField(", SqlEffectKind::change_type, "may change the type of a column"},
     {"migrations.RunSQL(", SqlEffectKind::not_judged, "runs SQL of its own"},
     {"migrations.RunPython(", SqlEffectKind::not_judged, "runs code of its own"}}};
constexpr std::array<Taken, 4> kRails{{{"drop_table ", SqlEffectKind::drop, "drops a table"},
                                       {"remove_column", SqlEffectKind::drop_column, "drops a column"},
                                       {"change_column ", SqlEffectKind::change_type, "changes the type of a column"},
                                       {"execute", SqlEffectKind::not_judged, "runs SQL of its own"}}};
constexpr std::array<Taken, 4> kLiquibase{
    {{"dropTable", SqlEffectKind::drop, "drops a table"},
     {"dropColumn", SqlEffectKind::drop_column, "drops a column"},
     {"modifyDataType", SqlEffectKind::change_type, "changes the type of a column"},
     {"dropAllForeignKeyConstraints", SqlEffectKind::drop, "drops constraints"}}};

/// The body of a Python function, `at` being its `def`: whether it does anything.
bool python_does_something(std::string_view text, std::size_t at) {
  std::size_t line = text.find('\n', at);
  bool in_text = false;
  while (line != std::string_view::npos && line + 1 < text.size()) {
    const std::size_t begin = line + 1;
    line = text.find('\n', begin);
    const std::string_view whole = text.substr(begin, line == std::string_view::npos ? text.npos : line - begin);
    const auto first = whole.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    if (first == 0 && !in_text) return false;
    const std::string_view code = whole.substr(first);
    const bool quotes = code.starts_with("\"\"\"") || code.starts_with("'''");
    if (in_text || quotes) {
      const bool closes = code.size() >= (in_text ? 3U : 6U) && (code.find("\"\"\"", in_text ? 0 : 3) != code.npos ||
                                                                 code.find("'''", in_text ? 0 : 3) != code.npos);
      in_text = !closes;
      continue;
    }
    if (code.starts_with("#") || code.starts_with("pass") || code.starts_with("return")) continue;
    return !code.starts_with("raise");
  }
  return false;
}

void read_alembic(std::string_view text, Migration& migration) {
  migration.layout = "Alembic";
  migration.down_begin = text.find("\ndef downgrade(");
  if (migration.down_begin == Migration::npos) {
    migration.down = Down::no;
    migration.why = "no downgrade() in it";
  } else {
    const bool works = python_does_something(text, migration.down_begin + 1);
    migration.down = works ? Down::yes : Down::empty;
    migration.why = works ? "downgrade()" : "downgrade() does nothing";
  }
  find_taken(text, migration.down_begin, kAlembic, migration);
}

void read_django(std::string_view text, Migration& migration) {
  migration.layout = "Django";
  const auto has = [&](std::string_view what) { return text.find(what) != std::string_view::npos; };
  const bool sql = has("RunSQL(") && !has("reverse_sql");
  const bool code = has("RunPython(") && !has("reverse_code") && !has("RunPython.noop");
  migration.down = sql || code ? Down::no : Down::yes;
  migration.why = sql ? "RunSQL without reverse_sql" : code ? "RunPython without reverse_code" : "Django undoes it";
  find_taken(text, text.npos, kDjango, migration);
}

void read_rails(std::string_view text, Migration& migration) {
  migration.layout = "Rails";
  const auto has = [&](std::string_view what) { return text.find(what) != std::string_view::npos; };
  migration.down_begin = text.find("def down");
  if (has("IrreversibleMigration")) {
    migration.down = Down::no;
    migration.why = "it raises IrreversibleMigration";
  } else if (migration.down_begin != Migration::npos) {
    migration.down = Down::yes;
    migration.why = "def down";
  } else if (has("def change")) {
    const bool one_way = has("execute") || has("change_column ") || has("remove_column ");
    migration.down = one_way && !has("reversible") ? Down::unknown : Down::yes;
    migration.why = migration.down == Down::yes ? "def change" : "`change` does what Rails may not undo by itself";
  } else {
    migration.down = Down::no;
    migration.why = "neither `down` nor `change` in it";
  }
  find_taken(text, migration.down_begin, kRails, migration);
}

void read_liquibase(std::string_view text, Migration& migration) {
  migration.layout = "Liquibase";
  const std::string small = in_small(text);
  const auto has = [&](std::string_view what) { return small.find(what) != std::string::npos; };
  find_taken(text, text.npos, kLiquibase, migration);
  const bool own = has("<sql") || has("- sql:") || has("\"sql\"") || has("<delete") || has("<update");
  if (has("rollback")) {
    migration.down = Down::yes;
    migration.why = "it names a rollback";
  } else {
    migration.down = own || !migration.by_words.empty() ? Down::no : Down::yes;
    migration.why = migration.down == Down::yes ? "Liquibase undoes it" : "it names no rollback";
  }
}

void read_liquibase_sql(const std::string& small, Migration& migration) {
  migration.layout = "Liquibase";
  const std::size_t sets = count_markers(small, "changeset"), ways_back = count_markers(small, "rollback");
  migration.down = ways_back >= sets && sets > 0 ? Down::yes : Down::no;
  migration.why = std::to_string(ways_back) + " of " + std::to_string(sets) + " change sets have a rollback";
}

bool read_by_markers(std::string_view text, Migration& migration) {
  const std::string small = in_small(text);
  const auto marked = [&](std::string_view marker) { return find_marker(small, marker) != Migration::npos; };
  if (marked("liquibase formatted sql")) {
    read_liquibase_sql(small, migration);
  } else if (marked("migrate:up")) {
    read_markers(text, small, "dbmate", "migrate:down", migration);
  } else if (marked("+goose up")) {
    read_markers(text, small, "goose", "+goose down", migration);
  } else if (marked("+migrate up")) {
    read_markers(text, small, "sql-migrate", "+migrate down", migration);
  } else {
    return false;
  }
  return true;
}

bool read_by_name(const std::string& path, const std::set<std::string>& others, Migration& migration) {
  const std::string name = file_name(path), folder = folder_of(path);
  const auto replace_end = [&](std::string_view from, std::string_view to) {
    return path.substr(0, path.size() - from.size()) + std::string(to);
  };
  if (path.ends_with(".down.sql")) {
    migration.layout = "golang-migrate";
    migration.is_down = true;
  } else if (path.ends_with(".up.sql")) {
    migration.layout = "golang-migrate";
    expect_file(replace_end(".up.sql", ".down.sql"), others, migration);
  } else if (!flyway_version(name, 'U').empty()) {
    migration.layout = "Flyway";
    migration.is_down = true;
  } else if (const std::string version = flyway_version(name, 'V'); !version.empty()) {
    migration.layout = "Flyway";
    const auto undo = std::find_if(others.begin(), others.end(), [&](const std::string& other) {
      return flyway_version(file_name(other), 'U') == version;
    });
    migration.down = undo != others.end() ? Down::yes : Down::no;
    migration.why = undo != others.end() ? *undo : "the patch has no " + folder + "U" + version + "__*.sql";
  } else if (name.starts_with("R__") && name.ends_with(".sql")) {
    migration.layout = "Flyway";
    migration.repeats = true;
    migration.why = "a repeatable migration: the text of the base puts back what it can";
  } else if (folder.ends_with("revert/") || folder.ends_with("verify/")) {
    migration.layout = "sqitch";
    migration.is_down = true;
  } else if (folder.ends_with("deploy/")) {
    migration.layout = "sqitch";
    expect_file(folder.substr(0, folder.size() - 7) + "revert/" + name, others, migration);
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool is_migration_step(const FileChange& change) {
  const std::string& path = change.path;
  const std::string name = file_name(path);
  if (!path.ends_with(".sql")) return change.file_class == FileClass::migration;
  for (const char* folder : {"migrations", "migration", "migrate", "deploy", "revert", "changelog"})
    if (has_folder(path, folder)) return true;
  return name.ends_with(".up.sql") || name.ends_with(".down.sql") || starts_with_number(name) ||
         !flyway_version(name, 'V').empty() || !flyway_version(name, 'U').empty() || name.starts_with("R__");
}

Migration read_migration(const FileChange& change, std::string_view text, const std::set<std::string>& other_files) {
  Migration migration;
  const std::string& path = change.path;
  if (path.ends_with(".sql")) {
    if (read_by_markers(text, migration) || read_by_name(path, other_files, migration)) return migration;
    migration.layout = "plain";
    migration.down = Down::no;
    migration.why = "no layout with a way back is recognised";
  } else if (path.ends_with(".py")) {
    const bool django = text.find("migrations.Migration") != std::string_view::npos;
    django ? read_django(text, migration) : read_alembic(text, migration);
  } else if (path.ends_with(".rb")) {
    read_rails(text, migration);
  } else if (path.ends_with(".xml") || path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json")) {
    read_liquibase(text, migration);
  } else {
    migration.layout = "plain";
    migration.why = "a migration in a language that is not read";
  }
  return migration;
}

}  // namespace patchgate
