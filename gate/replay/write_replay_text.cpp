#include <algorithm>
#include <map>

#include "gate/replay/replay.h"
#include "gate/replay/replay_words.h"
#include "gate/reports/escape.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kLongestSubject = 72;
constexpr std::size_t kLongestReason = 160;
constexpr std::size_t kReasonsShown = 5;

std::string padded_right(std::string text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string padded_left(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

/// Why facts about code are not known, the most common first, with how many commits it is so of.
std::vector<std::string> reasons_of_unknown(const Replay& replay) {
  std::map<std::string, std::size_t> counts;
  for (const auto& commit : replay.commits)
    for (const auto& why : commit.unknown) ++counts[why];
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(sorted.size(), kReasonsShown); ++i)
    lines.push_back(std::to_string(sorted[i].second) + ": " + clipped(visible(sorted[i].first), kLongestReason));
  if (sorted.size() > kReasonsShown)
    lines.push_back("... and " + std::to_string(sorted.size() - kReasonsShown) + " other reasons");
  return lines;
}

std::string verdicts_of(const Replay& replay) {
  const auto summary = summarize(replay);
  std::string text;
  for (std::size_t p = 0; p < replay.policies.size(); ++p) {
    const auto& sum = summary.policies[p];
    text += padded_left(side_of(replay, p), 4) + padded_right(std::to_string(sum.blocked), 6) + " blocked (" +
            share(sum.blocked, summary.judged) + "), " + std::to_string(sum.warned) + " warned, " +
            std::to_string(sum.allowed) + " allowed" +
            (sum.none == 0 ? "" : ", " + std::to_string(sum.none) + " without a rule that applies") + "\n";
    if (sum.blocked_not_knowing != 0)
      text += std::string(10, ' ') + " of the blocked ones " + std::to_string(sum.blocked_not_knowing) +
              " only because a fact is not known\n";
  }
  return text;
}

std::string rules_of(const Replay& replay, const ReplaySummary& summary) {
  std::string text;
  for (std::size_t p = 0; p < replay.policies.size(); ++p) {
    const auto& rules = summary.policies[p].rules;
    if (rules.empty()) continue;
    const std::string side = side_of(replay, p);
    text += "\nrules that spoke" + (side.empty() ? "" : ", " + side + " policy") + "\n";
    text += "  blocks  warns  fails  unknown\n";
    for (const auto& rule : rules)
      text += padded_right(std::to_string(rule.blocked), 8) + padded_right(std::to_string(rule.warned), 7) +
              padded_right(std::to_string(rule.failed), 7) + padded_right(std::to_string(rule.unknown), 9) + "  " +
              rule.id + "\n";
  }
  return text;
}

std::string commit_line(const Replay& replay, const ReplayedCommit& commit) {
  std::string text = "  " + short_id(commit.id) + "  ";
  for (std::size_t p = 0; p < commit.verdicts.size(); ++p)
    text += (p == 0 ? "" : " -> ") + std::string(name_of(commit.verdicts[p].decision));
  text += "  " + clipped(visible(commit.subject), kLongestSubject) + "\n";
  for (std::size_t p = 0; p < commit.verdicts.size(); ++p) {
    const auto ids = deciding_rules(commit.verdicts[p]);
    const std::string side = side_of(replay, p);
    if (!ids.empty()) text += "      " + (side.empty() ? "" : side + ": ") + join(ids) + "\n";
  }
  return text;
}

}  // namespace

std::string replayed_in_words(const Replay& replay, const ReplaySummary& summary) {
  const auto single = summary.judged - summary.merges;
  return std::to_string(summary.judged) + (summary.judged == 1 ? " patch" : " patches") +
         (replay.branch.empty() ? "" : " of " + replay.branch) + " since " + short_id(replay.since) + ": " +
         std::to_string(summary.merges) + (summary.merges == 1 ? " merge, " : " merges, ") + std::to_string(single) +
         (single == 1 ? " single commit" : " single commits") +
         (summary.hotfixes == 0 ? "" : "; " + std::to_string(summary.hotfixes) + " of them hotfixes");
}

std::vector<std::string> policies_in_words(const Replay& replay) {
  std::vector<std::string> lines;
  for (std::size_t p = 0; p < replay.policies.size(); ++p) {
    const std::string side = side_of(replay, p);
    const auto& policy = replay.policies[p];
    lines.push_back((side.empty() ? "policy" : side) + ": " + policy.source +
                    (policy.observe_only ? " (there is no policy on the branch: observed only)" : ""));
  }
  return lines;
}

std::vector<std::string> limits_in_words(const Replay& replay, const ReplaySummary& summary) {
  std::vector<std::string> lines;
  const auto patches = [](std::size_t count) { return std::to_string(count) + (count == 1 ? " patch" : " patches"); };
  if (replay.left_out != 0) lines.push_back(patches(replay.left_out) + " before these were left out (--limit)");
  if (!summary.failed.empty()) lines.push_back(patches(summary.failed.size()) + " could not be judged");
  if (summary.risk_unknown != 0)
    lines.push_back("the risk of " + patches(summary.risk_unknown) + " is not known (" +
                    share(summary.risk_unknown, summary.judged) + "): a rule takes that as its own level says");
  if (replay.patch_scope)
    lines.emplace_back(
        "--scope patch: ranks are not known, so an impact is low or not known; with an index of the "
        "whole project, and without this option, more is");
  lines.emplace_back(
      "evidence that is no part of the repository (test results, coverage, approvals, overrides) was not "
      "given: with it less would be blocked");
  return lines;
}

const char* side_of(const Replay& replay, std::size_t policy) {
  if (replay.policies.size() < 2) return "";
  return policy == 0 ? "old" : "new";
}

std::string short_id(const Oid& id) { return id.substr(0, 12); }

std::vector<std::size_t> named_commits(const Replay& replay, const ReplaySummary& summary) {
  if (replay.policies.size() > 1) return summary.changed;
  std::vector<std::size_t> named;
  for (std::size_t i = 0; i < replay.commits.size(); ++i) {
    const auto& verdicts = replay.commits[i].verdicts;
    if (verdicts.size() == 1 && verdicts[0].decision != Decision::allow) named.push_back(i);
  }
  return named;
}

std::string write_replay_text(const Replay& replay, bool color) {
  const auto summary = summarize(replay);
  const auto bold = [&](const std::string& text) { return color ? "\x1b[1m" + text + "\x1b[0m" : text; };
  std::string text = bold(visible(replayed_in_words(replay, summary))) + "\n";
  for (const auto& line : policies_in_words(replay)) text += visible(line) + "\n";
  text += "\n" + verdicts_of(replay);
  text += rules_of(replay, summary);
  const auto named = named_commits(replay, summary);
  if (replay.policies.size() > 1) {
    text += "\n" + bold(named.empty() ? "no patch would have been decided otherwise" : "decided otherwise") + "\n";
  } else if (!named.empty()) {
    text += "\n" + bold("not allowed") + "\n";
  }
  for (const auto i : named) text += commit_line(replay, replay.commits[i]);
  if (!summary.failed.empty()) text += "\n" + bold("could not be judged") + "\n";
  for (const auto i : summary.failed) {
    const auto& commit = replay.commits[i];
    text += "  " + short_id(commit.id) + "  " + clipped(visible(commit.subject), kLongestSubject) + "\n      " +
            clipped(visible(commit.failure), kLongestReason) + "\n";
  }
  const auto reasons = reasons_of_unknown(replay);
  if (!reasons.empty()) text += "\n" + bold("why code was not known, in so many patches") + "\n";
  for (const auto& line : reasons) text += "  " + line + "\n";
  text += "\n";
  for (const auto& line : limits_in_words(replay, summary)) text += visible(line) + "\n";
  return without_workflow_commands(text);
}

}  // namespace patchgate
