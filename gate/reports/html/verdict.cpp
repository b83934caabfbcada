#include <algorithm>

#include "gate/reports/html/parts.h"
#include "gate/reports/objections.h"
#include "gate/reports/open_rules.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"
#include "gate/reports/proof.h"
#include "gate/reports/rule_source.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostRules = 24;
constexpr std::size_t kMostOfOneRule = 8;
constexpr std::size_t kFirstSteps = 3;

Html class_of(Effect effect) {
  Html html;
  if (effect == Effect::block) return html << "block";
  if (effect == Effect::warn) return html << "warn";
  return html << "note";
}

void add_term(Html& html, Markup name, const std::string& level) {
  const auto grave = level == "high" || level == "critical";
  (html << "<li>" << name << (grave ? Markup(" <strong class=\"grave\">") : Markup(" <strong>"))).words(level, 80)
      << "</strong></li>\n";
}

std::string short_id(const Oid& id) { return id.substr(0, 12); }

void add_subject(const Report& report, Html& html) {
  html << "<p class=\"subject\">";
  if (report.hotfix.value_or(false)) html << "Hotfix ";
  const Oid& from = report.merge_base.empty() ? report.base : report.merge_base;
  if (!from.empty() || !report.head.empty()) {
    html << "<code>";
    html.words(short_id(from)) << "..";
    html.words(short_id(report.head)) << "</code>";
  }
  if (!report.source_ref.empty()) (html << " from <code>").words(report.source_ref, 120) << "</code>";
  if (!report.target_ref.empty()) (html << " for <code>").words(report.target_ref, 120) << "</code>";
  html << ": <span class=\"nowrap\">";
  html.words(counted(report.files.size(), "file")) << ", ";
  html.words(counted(report.symbols.size(), "touched symbol"));
  html << ", <span class=\"come\">+" << report.lines_added << "</span> <span class=\"gone\">&minus;"
       << report.lines_deleted << "</span></span></p>\n";
  if (report.revert_of) (html << "<p class=\"subject\">").words(exact_revert(report)) << "</p>\n";
}

Html head_of(const Report& report, const std::vector<const RuleOutcome*>& rules) {
  Html html;
  for (const auto* rule : rules) {
    (html << "<p class=\"rule\"><span class=\"effect ") << class_of(rule->effect) << "\">";
    html.words(name_of(rule->effect)) << "</span> ";
    if (const auto wrong = what_is_wrong(report, *rule); !wrong.empty())
      (html << "<strong>").words(wrong) << "</strong> ";
    html << code_piece(rule->id);
    if (rule->result == RuleResult::unknown) html << " <span class=\"unknown\">not known</span>";
    if (const auto lifted = lifted_in_short(*rule); !lifted.empty())
      (html << " <span class=\"unknown\">").words(lifted) << "</span>";
    if (const auto required = what_is_required(report, *rule); !required.empty())
      (html << "<br><small>").words(required) << "</small>";
    if (const auto source = source_of_rule(*rule, report); !source.empty())
      (html << "<br><small>asked by ").words(source) << "</small>";
    html << "</p>\n";
  }
  return html;
}

/// The doubts of a verdict, and what the patch takes away, beside it.
void add_first_facts(const Report& report, Html& html) {
  if (const auto loss = gravest_loss(report); !loss.empty())
    (html << "<p class=\"loss\"><a href=\"#taken-away\">Taken away</a>: ").words(loss, 400) << "</p>\n";
  const auto unseen = not_seen_in_short(report);
  if (report.verdict.decision == Decision::allow && !unseen.empty())
    (html << "<p class=\"doubt\"><a href=\"#not-seen\">Not seen</a>: ").words(unseen, 400) << "</p>\n";
}

/// What lets it pass, in so few lines that they stand beside the verdict.
Html first_steps(const Verdict& verdict) {
  Html html;
  std::size_t shown = 0;
  if (verdict.decision != Decision::block && verdict.decision != Decision::none) return html;
  for (const auto& group : advice_by_rules(verdict)) {
    if (group.rules.front()->effect != Effect::block || group.lines.empty() || shown == kFirstSteps) continue;
    ++shown;
    (html << "<li>").words(group.lines.front(), 240) << "</li>\n";
  }
  Html list;
  if (html.empty()) return list;
  return list << "<h2 class=\"small\">To pass</h2>\n<ul>\n" << html << "</ul>\n";
}

}  // namespace

Html verdict_part(const Report& report) {
  const auto& verdict = report.verdict;
  Html html;
  html << "<header class=\"verdict decision-";
  html.words(is_overridden(verdict) ? "overridden" : name_of(verdict.decision))
      << "\">\n<p class=\"product\">patchgate</p>\n<h1><span class=\"word\">";
  html.words(verdict_word(verdict)) << "</span>";
  if (const auto rest = verdict_rest(verdict); !rest.empty())
    (html << " <span class=\"rest\">").words(rest, 400) << "</span>";
  html << "</h1>\n";
  if (const auto why = further_reason(verdict); !why.empty()) (html << "<p>").words(why, 1200) << "</p>\n";
  add_subject(report, html);
  if (looked_at(report)) {
    html << "<ul class=\"terms\">\n";
    add_term(html, "risk", report.risk.level);
    add_term(html, "impact", report.impact.level);
    add_term(html, "likelihood", report.likelihood.level);
    html << "</ul>\n";
    std::vector<std::string> lines = remarks(report);
    if (report.likelihood.percentile) {
      const std::string at = "by its size the patch is at percentile " + one_decimal(*report.likelihood.percentile) +
                             " of the repository's own commits";
      lines.insert(lines.begin(), report.likelihood.calibrated ? at : at + " (not calibrated)");
    }
    if (!lines.empty())
      html << "<details class=\"remarks\"><summary>Why this risk</summary>\n<ul>\n"
           << items(lines, 12) << "</ul>\n</details>\n";
  }
  add_first_facts(report, html);
  html << first_steps(verdict);
  const auto earned = proofs(report);
  if (!earned.empty()) html << "<h2 class=\"small\">Earned by</h2>\n<ul>\n" << items(earned, 8) << "</ul>\n";
  return html << "</header>\n";
}

Html why_part(const Report& report) {
  const auto missing = missing_by_rules(report.verdict);
  Html html;
  std::size_t shown = 0;
  for (const auto& group : missing) {
    if (shown++ == kMostRules) break;
    html << "<li class=\"finding " << class_of(group.rules.front()->effect) << "\">\n" << head_of(report, group.rules);
    html << "<ul>\n" << items(group.lines, kMostOfOneRule) << "</ul>\n</li>\n";
  }
  if (html.empty()) return html;
  Html list;
  list << "<ol class=\"findings\">\n"
       << html << "</ol>\n"
       << more_piece(missing.size() - std::min(missing.size(), kMostRules), "rule");
  std::vector<std::string> grounds;
  for (const auto& group : doubts_by_rules(report.verdict))
    for (const auto& line : group.lines)
      grounds.push_back(ids_of(group.rules) + (group.rules.size() == 1 ? " applies" : " apply") + " only with " + line);
  for (const auto& group : grounds_by_rules(report.verdict))
    grounds.push_back(ids_of(group.rules) + (group.rules.size() == 1 ? " applies because: " : " apply because: ") +
                      (group.lines.empty() ? "" : group.lines.front()));
  if (!grounds.empty()) list << "<ul class=\"grounds\">\n" << items(grounds, 12) << "</ul>\n";
  return list;
}

Html to_pass_part(const Report& report) {
  Html html;
  std::size_t shown = 0;
  const auto advice = advice_by_rules(report.verdict);
  for (const auto& group : advice) {
    if (shown++ == kMostRules) break;
    html << "<li><ul class=\"todo\">\n" << items(group.lines, kMostOfOneRule) << "</ul>\n<p class=\"for\">for ";
    for (std::size_t i = 0; i < group.rules.size(); ++i) {
      if (i != 0) html << ", ";
      html << code_piece(group.rules[i]->id);
    }
    html << "</p></li>\n";
  }
  if (html.empty()) return html;
  Html list;
  return list << "<ol class=\"to-pass\">\n"
              << html << "</ol>\n"
              << more_piece(advice.size() - std::min(advice.size(), kMostRules), "hint");
}

}  // namespace patchgate
