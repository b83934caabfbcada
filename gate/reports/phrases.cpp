#include "gate/reports/phrases.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "gate/reports/open_rules.h"

namespace patchgate {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// `text` after `word` and what parts it from the rest; all of `text` where it does not begin with that word.
std::string_view after_word(std::string_view text, std::string_view word) {
  const bool begins = text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                               [](char a, char b) { return lower(a) == lower(b); });
  if (!begins) return text;
  const std::string_view rest = text.substr(word.size());
  const std::size_t start = rest.find_first_not_of(" :,;-");
  if (start == 0) return text;  // a longer word
  return start == std::string_view::npos ? std::string_view{} : rest.substr(start);
}

std::string short_id(const Oid& id) { return id.substr(0, 12); }

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

/// Whether something about the rollout was read from it.
bool is_rollout(const Report& report, const std::string& path) {
  const auto& facts = report.facts.all();
  return std::any_of(facts.begin(), facts.end(), [&](const auto& named) {
    const auto& from = named.second.from;
    return named.first.starts_with("rollout.") &&
           std::any_of(from.begin(), from.end(), [&](const Place& place) { return place.file == path; });
  });
}

constexpr std::size_t kMostPlacesOfOneReason = 6;

/// Places that are unread for the same reason stand together.
std::vector<std::string> unread_lines(const std::vector<UnreadPlace>& unread) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_reason;
  for (const auto& place : unread) {
    const auto same =
        std::find_if(by_reason.begin(), by_reason.end(), [&](const auto& group) { return group.first == place.why; });
    if (same == by_reason.end()) {
      by_reason.push_back({place.why, {lines_of(place)}});
    } else {
      same->second.push_back(lines_of(place));
    }
  }
  std::vector<std::string> lines;
  for (auto& [why, places] : by_reason) {
    const std::size_t count = places.size();
    places.resize(std::min(count, kMostPlacesOfOneReason));
    std::string line = "unread " + joined(places, ", ");
    if (count > places.size()) line += " and " + counted(count - places.size(), "more place");
    lines.push_back(line + ": " + why);
  }
  return lines;
}

}  // namespace

std::string verdict_word(Decision decision) {
  switch (decision) {
    case Decision::allow:
      return "ALLOW";
    case Decision::warn:
      return "WARN";
    case Decision::block:
      return "BLOCK";
    case Decision::none:
      break;
  }
  return "CANNOT JUDGE";
}

std::string verdict_rest(const Verdict& verdict) {
  const std::string& text = verdict.headline.empty() ? verdict.reason : verdict.headline;
  const auto rest = after_word(after_word(text, verdict_word(verdict.decision)), name_of(verdict.decision));
  return std::string(after_word(rest, "OVERRIDDEN"));
}

std::string further_reason(const Verdict& verdict) {
  const bool said = verdict.headline.empty() || verdict.headline.find(verdict.reason) != std::string::npos;
  return said ? std::string() : verdict.reason;
}

std::string at_place(const Place& place) {
  return place.line == 0 ? place.file : place.file + ":" + std::to_string(place.line);
}

std::string interval(const Interval& interval) {
  if (interval.lower == interval.upper) return std::to_string(interval.lower);
  return std::to_string(interval.lower) + ".." + std::to_string(interval.upper);
}

std::string interval(const Interval& ends, bool open) {
  return open ? std::to_string(ends.lower) + " or more" : interval(ends);
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string one_decimal(double number) {
  if (!std::isfinite(number)) return "unknown";
  std::array<char, 400> text{};  // the longest double has 309 digits before the point
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 1);
  std::string result(text.data(), end.ptr);
  if (result.ends_with(".0")) result.resize(result.size() - 2);
  return result;
}

std::string change_of(const TouchedSymbol& symbol) {
  const std::string name = name_of(symbol.change);
  const bool verb = symbol.change == ChangeKind::added || symbol.change == ChangeKind::removed;
  return verb ? name : name + " changed";
}

std::string why_wide(const TouchedSymbol& symbol) {
  if (!symbol.known_fan_in || symbol.transitive_open) return "";
  const bool in_all = symbol.transitive.lower != symbol.transitive.upper;
  std::vector<std::string> reasons;
  for (const auto& one : symbol.widened_by) {
    const auto count = in_all ? one.transitive : one.direct;
    if (count != 0) reasons.push_back(std::to_string(count) + " by " + possible_by(one.rule));
  }
  return joined(reasons, ", ");
}

std::string use_of(const TouchedSymbol& symbol) {
  if (!symbol.known_fan_in) return "not known who uses it: " + symbol.why_unknown;
  std::string text = "used by " + interval(symbol.direct, symbol.direct_open);
  if (symbol.transitive != symbol.direct || symbol.transitive_open != symbol.direct_open)
    text += " directly, " + interval(symbol.transitive, symbol.transitive_open) + " in all";
  if (const auto why = why_wide(symbol); !why.empty()) text += " (possible: " + why + ")";
  if (symbol.rank != 0) {
    text += "; #" + std::to_string(symbol.rank) + " of " + counted(symbol.of, name_of(symbol.kind));
  }
  return text;
}

std::string tests_of(const TouchedSymbol& symbol) {
  if (symbol.in_test_code) return "is test code";
  if (symbol.tests.empty())
    return symbol.known_fan_in && symbol.seen.transitive ? "no test reaches it" : "not known which tests reach it";
  const ReachingTest& nearest = symbol.tests.front();
  std::string text = "nearest test " + nearest.name + " (" + at_place(nearest.at) + "), " +
                     counted(nearest.distance, "call") + " away";
  if (nearest.weakest != Confidence::exact) text += std::string(" (") + name_of(nearest.weakest) + ")";
  if (nearest.changed) text += ", changed by this patch";
  if (!nearest.no_evidence.empty()) text += "; reaches it, " + nearest.no_evidence;
  if (symbol.tests_total > 1) text += "; " + counted(symbol.tests_total, "test") + " in all";
  return text;
}

std::string feeds(const FedSink& sink) {
  std::string text = "feeds " + sink.kind + (sink.by_data ? " by data: " : " by call: ");
  text += sink.path.empty() ? sink.name : joined(sink.path, " → ");
  if (!sink.at.file.empty()) text += " at " + at_place(sink.at);
  if (sink.confidence != Confidence::exact) text += std::string(" (") + name_of(sink.confidence) + ")";
  if (!sink.audit.empty()) text += "; audit: " + sink.audit;
  return text;
}

std::vector<std::string> feeds_in_short(const TouchedSymbol& symbol) {
  std::vector<std::string> lines;
  std::vector<std::string> kinds;
  const auto proven = [&](const std::string& kind) {
    return std::any_of(symbol.sinks.begin(), symbol.sinks.end(),
                       [&](const FedSink& sink) { return sink.kind == kind && sink.confidence == Confidence::exact; });
  };
  for (const auto& sink : symbol.sinks) {
    if (sink.confidence == Confidence::exact) {
      lines.push_back(feeds(sink));
    } else if (!proven(sink.kind) && std::find(kinds.begin(), kinds.end(), sink.kind) == kinds.end()) {
      kinds.push_back(sink.kind);
    }
  }
  if (!kinds.empty()) lines.push_back("may feed " + joined(kinds, ", ") + ", by calls that are only possible");
  return lines;
}

std::vector<std::string> remarks(const Report& report) {
  std::vector<std::string> lines;
  if (report.impact.level == "unknown" && !report.unread.empty()) {
    lines.push_back("impact not known: " + counted(report.unread.size(), "changed place") + " could not be read");
  }
  const auto add = [&](const Judged& judged, const char* name) {
    for (const auto& remark : judged.remarks) {
      const bool unnamed = remark.starts_with("not known");
      lines.push_back(unnamed ? std::string(name) + " " + remark : remark);
    }
  };
  add(report.impact, "impact");
  add(report.likelihood, "likelihood");
  return lines;
}

std::string risk_terms(const Report& report) {
  std::string text = "impact " + report.impact.level + ", likelihood " + report.likelihood.level;
  if (report.likelihood.percentile) {
    text += " (percentile " + one_decimal(*report.likelihood.percentile);
    text += report.likelihood.calibrated ? ")" : ", not calibrated)";
  }
  return text;
}

std::string way_back(const Report& report) {
  if (report.revert == "clean") return "a plain revert applies cleanly";
  if (report.revert == "conflicts") return "a plain revert runs into conflicts";
  return "not known whether a plain revert applies";
}

std::vector<std::string> not_seen(const Report& report) {
  std::vector<std::string> lines;
  if (!report.left_out.empty()) lines.push_back(report.left_out);
  for (auto& line : unread_lines(report.unread)) lines.push_back(std::move(line));
  for (const auto& [file, why] : report.failed_units) {
    const bool said =
        report.left_out.ends_with(why) ||
        std::any_of(report.unread.begin(), report.unread.end(),
                    [&, reason = std::string_view(why)](const auto& place) { return place.why == reason; });
    if (!said) lines.push_back("unit " + file + " failed: " + why);
  }
  if (report.units_failed > report.failed_units.size() && !report.failed_units.empty()) {
    lines.push_back(counted(report.units_failed - report.failed_units.size(), "more unit") + " failed");
  }
  for (const auto& file : report.files) {
    // What steers the build has a line of its own among the blind spots.
    if (file.c_family || file.build_role != BuildRole::none || is_rollout(report, file.path)) continue;
    const bool as_sql = file.path.ends_with(".sql") && file.file_class != FileClass::test && !file.unread;
    lines.push_back((as_sql ? "read as SQL and not otherwise: " : "not analysed: ") + file.path +
                    (file.unread ? " (" + *file.unread + ")" : ""));
  }
  lines.insert(lines.end(), report.blind_spots.begin(), report.blind_spots.end());
  for (auto& line : observed_unknown(report.verdict)) lines.push_back(std::move(line));
  return lines;
}

std::string exact_revert(const Report& report) {
  std::string text = "exact revert of " + short_id(*report.revert_of);
  if (!report.reverted.empty() && !report.reverted.front().author.empty())
    text += " by " + report.reverted.front().author;
  if (report.reverted.size() > 1) text += " and " + counted(report.reverted.size() - 1, "more commit");
  return text;
}

std::vector<std::string> account(const Report& report) {
  std::vector<std::string> parts;
  const Oid& from = report.merge_base.empty() ? report.base : report.merge_base;
  std::string range;
  if (!from.empty()) range = short_id(from) + "..";
  range += short_id(report.head);
  if (!report.target_ref.empty()) range += (range.empty() ? "→ " : " → ") + report.target_ref;
  if (!range.empty()) parts.push_back(range);
  if (report.hotfix.value_or(false)) parts.emplace_back("hotfix");
  if (report.revert_of) parts.push_back(exact_revert(report));
  if (!report.policy_source.empty()) parts.push_back("policy " + report.policy_source);
  parts.push_back(counted(report.verdict.rules_loaded, "rule") + ", " + std::to_string(report.verdict.rules_applied) +
                  " applied");
  parts.push_back("hunks " + std::to_string(report.hunks_mapped) + "/" + std::to_string(report.hunks_total));
  parts.push_back("units " + std::to_string(report.units_parsed) + "/" + std::to_string(report.units_total));
  return parts;
}

bool looked_at(const Report& report) { return report.verdict.decision != Decision::none || !report.files.empty(); }

bool is_open(const RuleOutcome& rule) {
  return !rule.excepted && (rule.result == RuleResult::fail || rule.result == RuleResult::unknown);
}

}  // namespace patchgate
