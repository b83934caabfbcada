#include "analyzers/patch/hunks.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

using Outcome = HunkReading::Outcome;

std::span<const Token> tokens_in(const SideFile& file, const LineRange& lines) {
  if (lines.count == 0) return {};
  const auto begin = std::lower_bound(file.tokens.begin(), file.tokens.end(), lines.first,
                                      [](const Token& t, std::uint32_t line) { return t.line < line; });
  const auto end = std::lower_bound(begin, file.tokens.end(), lines.first + lines.count,
                                    [](const Token& t, std::uint32_t line) { return t.line < line; });
  return {begin, end};
}

bool same_text(std::span<const Token> a, std::span<const Token> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Token& x, const Token& y) { return x.text == y.text; });
}

/// Skipped by the preprocessor in every configuration that was read.
bool is_inactive(const SideFile& file, std::uint32_t line) {
  if (file.facts.empty()) return false;
  return std::all_of(file.facts.begin(), file.facts.end(), [&](const auto& facts) {
    return std::any_of(facts->inactive.begin(), facts->inactive.end(),
                       [&](const auto& range) { return range.first <= line && line <= range.second; });
  });
}

/// The lines from the first inactive token to the last; none where all tokens are active.
std::optional<std::pair<std::uint32_t, std::uint32_t>> inactive_lines(const SideFile& file,
                                                                      std::span<const Token> tokens) {
  std::optional<std::pair<std::uint32_t, std::uint32_t>> lines;
  for (const auto& token : tokens) {
    if (token.in_directive || !is_inactive(file, token.line)) continue;
    if (!lines) lines.emplace(token.line, token.line);
    lines->second = token.line;
  }
  return lines;
}

bool in_symbol(const SideFile& file, const Token& token) {
  for (const auto& facts : file.facts)
    for (const auto& extent : facts->extents)
      if (extent.range.begin <= token.offset && token.offset < extent.range.end) return true;
  return false;
}

Outcome place_tokens(const SideFile& base, std::span<const Token> old_tokens, const SideFile& head,
                     std::span<const Token> new_tokens) {
  static const Hash128 kHash = strong_hash("#"), kInclude = strong_hash("include");
  bool includes_only = true;
  const auto look = [&](const SideFile& file, std::span<const Token> tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto& token = tokens[i];
      if (in_symbol(file, token)) return true;
      const bool begins = token.starts_line && token.text == kHash;
      if (!token.in_directive || (begins && (i + 1 == tokens.size() || tokens[i + 1].text != kInclude)))
        includes_only = false;
    }
    return false;
  };
  if (look(head, new_tokens) || look(base, old_tokens)) return Outcome::symbol;
  return includes_only ? Outcome::includes : Outcome::file_scope;
}

HunkReading read_hunk(const FileChange& change, const Hunk& hunk, const SideFile& base, const SideFile& head) {
  HunkReading reading;
  const bool on_head = hunk.head.count != 0 || !change.head_blob.empty();
  reading.at = {change.path, std::max<std::uint32_t>(1, on_head ? hunk.head.first : hunk.base.first), 0};
  if (change.unread) {
    reading.why = *change.unread;
    reading.cause = UnreadCause::content;
    return reading;
  }
  const auto old_tokens = tokens_in(base, hunk.base);
  const auto new_tokens = tokens_in(head, hunk.head);
  if (same_text(old_tokens, new_tokens)) {
    reading.outcome = Outcome::no_tokens;
    return reading;
  }
  for (const auto* side : {&head, &base}) {
    const auto tokens = side == &head ? new_tokens : old_tokens;
    if (tokens.empty()) continue;
    if (!side->unread.empty()) {
      reading.why = side->unread;
      reading.cause = side->unread_cause;
      return reading;
    }
    if (const auto lines = inactive_lines(*side, tokens)) {
      reading.on_base = side == &base;
      reading.at.line = lines->first;
      reading.last_line = lines->second;
      reading.why = "inactive in every configuration that was read";
      reading.cause = UnreadCause::inactive;
      return reading;
    }
  }
  reading.outcome = place_tokens(base, old_tokens, head, new_tokens);
  return reading;
}

}  // namespace

std::vector<HunkReading> read_hunks(const FileChange& change, const SideFile& base, const SideFile& head) {
  std::vector<HunkReading> readings;
  readings.reserve(change.hunks.size());
  for (const auto& hunk : change.hunks) readings.push_back(read_hunk(change, hunk, base, head));
  return readings;
}

}  // namespace patchgate
