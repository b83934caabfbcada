#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "analyzers/sql/code_literals.h"
#include "analyzers/sql/compare.h"
#include "analyzers/sql/looks_like_sql.h"
#include "analyzers/sql/migrations.h"
#include "analyzers/sql/sql.h"

namespace patchgate {

namespace {

/// Of the whole patch, both sides. What is beyond is unknown.
constexpr std::size_t kMostStatements = 20000;
constexpr std::size_t kLongestShown = 160;
constexpr std::size_t kMostListed = 200;

struct Budget {
  std::size_t left = kMostStatements;
  bool take() { return left != 0 && left-- != 0; }
};

/// In one line, blanks made one, holes as `...`.
std::string shown_text(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    if (shown.size() >= kLongestShown) return shown + " ...";
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (c == kHole) {
      shown += "...";
    } else if (!blank) {
      shown += c;
    } else if (!shown.empty() && shown.back() != ' ') {
      shown += ' ';
    }
  }
  return shown;
}

std::string plain_text(std::string_view text, const std::vector<SqlWord>& words, SqlStretch stretch) {
  std::string plain;
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    const SqlWord& word = words[i];
    plain += word.kind == SqlWord::name ? std::string_view(word.word) : text.substr(word.begin, word.end - word.begin);
    plain += ' ';
  }
  return plain;
}

/// What a statement is about: its verb and table; of others their first three words.
std::string key_of(const ReadStatement& read, const std::vector<SqlWord>& words, SqlStretch stretch) {
  if (!read.rows.empty()) return read.rows.front().verb + " " + read.rows.front().table;
  std::string key;
  for (std::size_t i = stretch.first; i < std::min(stretch.last, stretch.first + 3); ++i) key += words[i].word + " ";
  return key;
}

PlacedStatement placed(std::string_view text, const std::vector<SqlWord>& words, SqlStretch stretch, bool open_end) {
  PlacedStatement statement;
  statement.read = read_statement(text, words, stretch, open_end);
  statement.text = plain_text(text, words, stretch);
  statement.key = key_of(statement.read, words, stretch);
  const std::size_t begin = words[stretch.first].begin;
  statement.shown = shown_text(text.substr(begin, words[stretch.last - 1].end - begin));
  statement.open_end = open_end;
  return statement;
}

std::vector<PlacedStatement> statements_of_code(std::string_view source, Budget& budget) {
  std::vector<PlacedStatement> found;
  for (const CodeLiteral& literal : code_literals(source)) {
    const auto words = sql_words(literal.text);
    if (words.empty()) continue;
    const auto stretches = sql_statements(literal.text, words);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      const SqlLikeness likeness = looks_like_sql(literal.text, words, stretches[i], literal.around);
      if (likeness == SqlLikeness::no) continue;
      if (!budget.take()) return found;
      const bool last = i + 1 == stretches.size();
      auto statement = placed(literal.text, words, stretches[i], last && literal.open_end);
      if (likeness == SqlLikeness::if_parsed && !statement.read.not_parsed.empty()) continue;
      statement.line = literal.line_at(words[stretches[i].first].begin);
      found.push_back(std::move(statement));
    }
  }
  return found;
}

std::vector<PlacedStatement> statements_of_sql(std::string_view text, Budget& budget) {
  std::vector<PlacedStatement> found;
  const auto words = sql_words(text);
  std::size_t counted_to = 0;
  std::uint32_t line = 1;
  for (const SqlStretch& stretch : sql_statements(text, words)) {
    if (!budget.take()) return found;
    auto statement = placed(text, words, stretch, false);
    const std::size_t begin = words[stretch.first].begin;
    line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted_to),
                                                  text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    counted_to = begin;
    statement.line = line;
    found.push_back(std::move(statement));
  }
  return found;
}

class SqlOfPatch {
 public:
  SqlOfPatch(const Context& context, Findings& findings) : context_(context), findings_(findings) {
    for (const auto& source : context.sql.sources)
      if (!source.change->head_blob.empty()) on_head_.insert(source.change->path);
  }

  void run() {
    for (const auto& source : context_.sql.sources) {
      if (source.change->c_family) {
        look_at_code(source);
      } else if (is_migration_step(*source.change)) {
        look_at_migration(source);
      } else {
        look_at_sql(source, source.base, source.head);
      }
    }
    state_facts();
  }

 private:
  void look_at_code(const SqlSource& source) {
    compare(source, statements_of_code(source.base, budget_), statements_of_code(source.head, budget_));
  }
  void look_at_sql(const SqlSource& source, std::string_view base, std::string_view head) {
    compare(source, statements_of_sql(base, budget_), statements_of_sql(head, budget_));
  }

  void look_at_migration(const SqlSource& source) {
    const FileChange& change = *source.change;
    if (change.head_blob.empty()) return;
    const Migration migration = read_migration(change, source.head, on_head_);
    if (migration.is_down) return;
    const Migration before = read_migration(change, source.base, on_head_);
    findings_.data_at_risk.migrations.push_back(
        {migration.layout,
         {change.path, 1, 0},
         migration.down,
         migration.why,
         !change.base_blob.empty() && source.base != source.head && !migration.repeats});
    if (change.path.ends_with(".sql")) {
      look_at_sql(source, std::string_view(source.base).substr(0, before.down_begin),
                  std::string_view(source.head).substr(0, migration.down_begin));
    } else {
      for (SqlFinding finding : migration.by_words) {
        finding.at.file = change.path;
        const bool known = std::any_of(before.by_words.begin(), before.by_words.end(),
                                       [&](const SqlFinding& old) { return old.text == finding.text; });
        if (!known) add(std::move(finding));
      }
    }
  }

  /// The touched symbol of production code around a line of head; null.
  const TouchedSymbol* touched_at(const std::string& path, std::uint32_t line) const {
    for (const auto& symbol : findings_.touched)
      if (!symbol.in_test_code && symbol.side != Side::base && symbol.at.file == path && symbol.at.line <= line &&
          line <= std::max(symbol.at.line, symbol.end_line))
        return &symbol;
    return nullptr;
  }

  void compare(const SqlSource& source, const std::vector<PlacedStatement>& base,
               const std::vector<PlacedStatement>& head) {
    const Pairing pairing = pair_statements(base, head);
    for (std::size_t i = 0; i < head.size(); ++i) {
      const PlacedStatement& statement = head[i];
      const TouchedSymbol* symbol = source.change->c_family ? touched_at(source.change->path, statement.line) : nullptr;
      if (pairing.same[i] && symbol == nullptr) continue;
      SqlFinding finding;
      finding.text = statement.shown;
      finding.at = {source.change->path, statement.line, 0};
      finding.in = symbol == nullptr ? "" : symbol->name;
      finding.change = pairing.same[i]      ? SqlChange::unchanged
                       : pairing.base_of[i] ? SqlChange::changed
                                            : SqlChange::added;
      const PlacedStatement* old = pairing.base_of[i] ? &base[*pairing.base_of[i]] : nullptr;
      if (old != nullptr) finding.was_at = {source.change->base_path(), old->line, 0};
      if (old != nullptr && !pairing.same[i]) finding.was = old->shown;
      list(statement, old, finding);
    }
  }

  void list(const PlacedStatement& statement, const PlacedStatement* old, const SqlFinding& about) {
    for (const SqlAct& act : statement.read.acts) {
      SqlFinding finding = about;
      finding.kind = act.kind;
      finding.what = act.what;
      finding.confidence = act.confidence;
      finding.loses_data = act.loses_data;
      add(std::move(finding));
    }
    if (!statement.read.not_parsed.empty() && about.change != SqlChange::unchanged) {
      ++unparsed_;
      if (unparsed_from_.size() < kMostListed) unparsed_from_.push_back(about.at);
      SqlFinding finding = about;
      finding.kind = SqlEffectKind::not_judged;
      finding.what = statement.read.not_parsed;
      if (statement.read.acts.empty()) add(std::move(finding));
    }
    if (!statement.read.not_seen.empty() && about.change != SqlChange::unchanged) {
      SqlFinding finding = about;
      finding.kind = SqlEffectKind::not_judged;
      finding.what = statement.read.not_seen;
      if (doubt_.empty()) doubt_ = at_line(finding.at) + " " + finding.what;
      add(std::move(finding));
    }
    if (old == nullptr || about.change != SqlChange::changed) return;
    const auto& before = old->read.rows;
    const auto& after = statement.read.rows;
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
      if (before[i].table != after[i].table || !covers_more(before[i], after[i])) continue;
      SqlFinding finding = about;
      finding.kind = SqlEffectKind::where_weakened;
      finding.what = after[i].verb + (after[i].verb == "SELECT" ? " from " : " of ") + after[i].table +
                     (after[i].conditions.empty() ? " lost its WHERE" : " goes for more rows than before");
      add(std::move(finding));
    }
  }

  void add(SqlFinding finding) {
    if (finding.kind == SqlEffectKind::where_weakened) {
      ++weakened_;
      if (weakened_from_.size() < kMostListed) weakened_from_.push_back(finding.at);
    } else if (is_destructive(finding.kind)) {
      if (finding.confidence == Confidence::exact) {
        ++destructive_;
        if (destructive_from_.size() < kMostListed) destructive_from_.push_back(finding.at);
      } else if (doubt_.empty()) {
        doubt_ = at_line(finding.at) + " could only be read by its words: " + finding.what;
      }
      if (finding.loses_data && finding.change != SqlChange::unchanged)
        findings_.irreversible.push_back({finding.what, finding.at, remedy_of(finding.kind)});
    }
    auto& listed = findings_.data_at_risk.sql;
    if (listed.size() < kMostListed) listed.push_back(std::move(finding));
  }

  static std::string at_line(const Place& at) { return at.file + ":" + std::to_string(at.line); }

  static std::string remedy_of(SqlEffectKind kind) {
    switch (kind) {
      case SqlEffectKind::delete_all:
      case SqlEffectKind::truncate:
      case SqlEffectKind::drop:
      case SqlEffectKind::drop_column:
        return "a backup from before it ran";
      case SqlEffectKind::update_all:
        return "the values from before, out of a backup or an audit table";
      case SqlEffectKind::change_type:
        return "convert back what still can be; the rest out of a backup";
      default:
        return "";
    }
  }

  void state_facts() {
    auto& facts = findings_.facts;
    std::string unseen;
    if (!context_.sql.unread.empty())
      unseen = context_.sql.unread.front().first + " could not be read: " + context_.sql.unread.front().second;
    if (budget_.left == 0) unseen = "the patch holds more than " + std::to_string(kMostStatements) + " statements";
    const auto state = [&](const char* name, std::int64_t count, const std::string& why, std::vector<Place> from) {
      if (why.empty()) {
        facts.set(name, count, std::move(from));
      } else {
        facts.set(name, Unknown{why, count}, std::move(from));
      }
    };
    state("sql.destructive.count", destructive_, unseen.empty() ? doubt_ : unseen, std::move(destructive_from_));
    state("sql.where_weakened.count", weakened_, unseen, std::move(weakened_from_));
    state("sql.unparsed.count", unparsed_, unseen, std::move(unparsed_from_));
  }

  const Context& context_;
  Findings& findings_;
  Budget budget_;
  std::set<std::string> on_head_;
  std::int64_t destructive_ = 0, weakened_ = 0, unparsed_ = 0;
  std::vector<Place> destructive_from_, weakened_from_, unparsed_from_;
  std::string doubt_;
};

void run(const Context& context, Findings& findings) { SqlOfPatch(context, findings).run(); }

}  // namespace

const Analyzer sql_statements_of_patch{"sql/statements", "what the SQL of the patch does to data", run};

}  // namespace patchgate
