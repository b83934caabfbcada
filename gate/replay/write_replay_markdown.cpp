#include "gate/replay/replay.h"
#include "gate/replay/replay_words.h"
#include "gate/reports/escape.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostRows = 200;
constexpr std::size_t kLongestSubject = 100;

std::string cell(const std::string& text) { return markdown_prose(clipped(visible(text), kLongestSubject)); }

std::string in_code(const std::vector<std::string>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ", ") + markdown_code_in_table(id);
  return text.empty() ? "-" : text;
}

std::string counts(const Replay& replay, const ReplaySummary& summary) {
  std::string text =
      "\n| policy | blocked | share | warned | allowed | blocked only for want of a fact |\n"
      "|---|--:|--:|--:|--:|--:|\n";
  for (std::size_t p = 0; p < replay.policies.size(); ++p) {
    const auto& sum = summary.policies[p];
    const std::string side = side_of(replay, p);
    text += "| " + (side.empty() ? "" : side + ": ") + markdown_code_in_table(visible(replay.policies[p].source)) +
            " | " + std::to_string(sum.blocked) + " | " + share(sum.blocked, summary.judged) + " | " +
            std::to_string(sum.warned) + " | " + std::to_string(sum.allowed) + " | " +
            std::to_string(sum.blocked_not_knowing) + " |\n";
  }
  return text;
}

std::string rules(const Replay& replay, const ReplaySummary& summary) {
  std::string text;
  for (std::size_t p = 0; p < replay.policies.size(); ++p) {
    if (summary.policies[p].rules.empty()) continue;
    const std::string side = side_of(replay, p);
    text += "\n**Rules that spoke" + (side.empty() ? "" : ", " + side + " policy") +
            "**\n\n| rule | blocks | warns | fails | unknown |\n|---|--:|--:|--:|--:|\n";
    for (const auto& rule : summary.policies[p].rules)
      text += "| " + markdown_code_in_table(rule.id) + " | " + std::to_string(rule.blocked) + " | " +
              std::to_string(rule.warned) + " | " + std::to_string(rule.failed) + " | " + std::to_string(rule.unknown) +
              " |\n";
  }
  return text;
}

std::string commits(const Replay& replay, const ReplaySummary& summary) {
  const auto named = named_commits(replay, summary);
  const bool two = replay.policies.size() > 1;
  if (named.empty()) return two ? "\nNo patch would have been decided otherwise.\n" : "";
  std::string text = std::string("\n**") + (two ? "Decided otherwise" : "Not allowed") +
                     "**\n\n| commit | subject | decision | rules |\n|---|---|---|---|\n";
  for (std::size_t n = 0; n < named.size() && n < kMostRows; ++n) {
    const auto& commit = replay.commits[named[n]];
    std::string decision;
    for (const auto& verdict : commit.verdicts)
      decision += (decision.empty() ? "" : " → ") + std::string(name_of(verdict.decision));
    text += "| " + markdown_code_in_table(short_id(commit.id)) + " | " + cell(commit.subject) + " | " + decision +
            " | " + in_code(deciding_rules(commit.verdicts.back())) + " |\n";
  }
  if (named.size() > kMostRows)
    text += "\n... and " + std::to_string(named.size() - kMostRows) + " more, see --report json\n";
  return text;
}

}  // namespace

std::string write_replay_markdown(const Replay& replay) {
  const auto summary = summarize(replay);
  std::string text = "**" + markdown_prose(visible(replayed_in_words(replay, summary))) + "**\n";
  text += counts(replay, summary) + rules(replay, summary) + commits(replay, summary);
  if (!summary.failed.empty()) text += "\n**Could not be judged**\n\n";
  for (const auto i : summary.failed)
    text += "- " + markdown_code(short_id(replay.commits[i].id)) + " " + cell(replay.commits[i].failure) + "\n";
  text += "\n";
  for (const auto& line : limits_in_words(replay, summary)) text += "- " + markdown_prose(visible(line)) + "\n";
  return text;
}

}  // namespace patchgate
