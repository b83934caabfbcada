#include "analyzers/sql/sql_body.h"

#include <algorithm>
#include <array>

namespace patchgate {

namespace {

constexpr auto kTakeAway = std::to_array<std::string_view>(
    {"purge", "delete", "drop", "truncate", "clear", "remove", "wipe", "erase", "destroy", "prune", "reset", "clean",
     "cleanup", "expire", "archive", "anonymize", "anonymise", "forget", "unlink"});

/// Where a statement of a body may begin with `words[i]`.
bool begins_at(const std::vector<SqlWord>& words, SqlStretch stretch, std::size_t i) {
  if (i == stretch.first) return true;
  const SqlWord& before = words[i - 1];
  for (const char* opens : {"BEGIN", "THEN", "ELSE", "LOOP"})
    if (before.is(opens)) return true;
  return false;
}

std::string name_at(const std::vector<SqlWord>& words, std::size_t i, std::size_t end, std::string_view body) {
  const std::size_t first = i;
  while (i + 2 < end && words[i + 1].is_sign('.')) i += 2;
  return first < end ? std::string(body.substr(words[first].begin, words[i].end - words[first].begin)) : "";
}

/// What stands between its quotes.
std::string_view inside(std::string_view quoted) {
  if (quoted.starts_with('$')) {
    const std::size_t tag = quoted.find('$', 1);
    if (tag == std::string_view::npos || quoted.size() < 2 * (tag + 1)) return {};
    return quoted.substr(tag + 1, quoted.size() - 2 * (tag + 1));
  }
  const std::size_t quote = quoted.find('\'');
  if (quote == std::string_view::npos || quoted.size() < quote + 2) return {};
  return quoted.substr(quote + 1, quoted.size() - quote - 2);
}

std::vector<SqlAct> acts_of_text(std::string_view text) {
  std::vector<SqlAct> acts;
  const auto words = sql_words(text);
  for (const SqlStretch& stretch : sql_statements(text, words))
    for (auto& act : judge_words(text, words, stretch, true)) acts.push_back(std::move(act));
  return acts;
}

/// Any text in an EXECUTE may be the one that runs, or the one that says how it is put together.
void judge_execute(std::string_view body, const std::vector<SqlWord>& words, std::size_t first, std::size_t last,
                   ReadStatement& statement) {
  bool seen = false;
  for (std::size_t i = first; i < last; ++i) {
    if (words[i].kind != SqlWord::text) continue;
    for (auto& act : acts_of_text(inside(body.substr(words[i].begin, words[i].end - words[i].begin)))) {
      statement.acts.push_back(std::move(act));
      seen = true;
    }
  }
  // A single text is all of it: what it does was seen.
  const bool whole = last - first == 1 && words[first].kind == SqlWord::text;
  if (!seen && !whole) hide(statement, "an EXECUTE of a text that is made at run time");
}

}  // namespace

bool sounds_destructive(std::string_view name) {
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) name.remove_prefix(dot + 1);
  std::vector<std::string> parts(1);
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (c == '_' || capital) parts.emplace_back();
    if (c != '_') parts.back() += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
    return std::find(kTakeAway.begin(), kTakeAway.end(), part) != kTakeAway.end();
  });
}

void hide(ReadStatement& statement, const std::string& what) {
  if (statement.not_seen.empty()) statement.not_seen = "runs " + what + ", and what that does is not seen here";
}

void judge_body(std::string_view body, ReadStatement& statement) {
  const auto words = sql_words(body);
  for (const SqlStretch& inner : sql_statements(body, words)) {
    for (auto& found : judge_words(body, words, inner, false)) statement.acts.push_back(std::move(found));
    for (std::size_t i = inner.first; i < inner.last; ++i) {
      if (!begins_at(words, inner, i)) continue;
      const std::string name = name_at(words, i + 1, inner.last, body);
      if (words[i].is("EXECUTE")) {
        judge_execute(body, words, i + 1, inner.last, statement);
      } else if (words[i].is("CALL") || (words[i].is("PERFORM") && sounds_destructive(name))) {
        hide(statement, name + "()");
      }
    }
  }
}

}  // namespace patchgate
