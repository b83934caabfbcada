#include "gate/reports/overrides.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "analyzers/model/rfc3339.h"
#include "gate/reports/escape.h"
#include "gate/reports/phrases.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kGateFolder = ".patchgate/";

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

/// Overrides that lift something, each once, with the rules that it lifts.
std::vector<std::pair<const BreakGlass*, std::vector<std::string>>> in_force(const Verdict& verdict) {
  std::vector<std::pair<const BreakGlass*, std::vector<std::string>>> found;
  for (const auto& rule : verdict.rules) {
    if (!rule.overridden) continue;
    const auto same =
        std::find_if(found.begin(), found.end(), [&](const auto& one) { return *one.first == *rule.overridden; });
    if (same == found.end()) {
      found.push_back({&*rule.overridden, {rule.id}});
    } else {
      same->second.push_back(rule.id);
    }
  }
  return found;
}

std::string promise_of(const BreakGlass& used) {
  if (!used.promise) return "nothing";
  const auto& promise = *used.promise;
  std::string text = promise.text;
  if (!promise.test.empty()) text += (text.empty() ? "the test " : "; the test ") + promise.test;
  return text + " by " + utc_day(promise.until);
}

const char* kind_of_gate_file(const std::string& path) {
  const auto name = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  if (name == "CODEOWNERS") return "who owns what";
  if (!path.starts_with(kGateFolder)) return "a job that runs this gate";
  const auto rest = path.substr(kGateFolder.size());
  if (rest == "policy.json") return "the policy";
  if (rest == "exceptions.json") return "standing exceptions";
  if (rest == "calendar.json") return "freeze windows";
  if (rest == "sinks.json") return "data sinks";
  if (rest == "flags.json") return "feature flags";
  if (rest == "rollout.json") return "the rollout";
  return rest.starts_with("tests/") ? "tests of the policy" : "a file of the gate";
}

std::string about(const ReportedException& one) {
  return "exception to " + one.rule + " for " + joined(one.paths) + (one.symbol.empty() ? "" : " " + one.symbol) +
         " (" + at_place(one.at) + ")";
}

Json texts(const std::vector<std::string>& values) {
  Json array = Json::array();
  for (const auto& value : values) array.push_back(json_text(value));
  return array;
}

Json text_or_null(const std::string& value) { return value.empty() ? Json(nullptr) : Json(json_text(value)); }

Json promise_json(const BreakGlass& used) {
  if (!used.promise) return nullptr;
  return {{"text", text_or_null(used.promise->text)},
          {"test", text_or_null(used.promise->test)},
          {"until", utc_day(used.promise->until)}};
}

const char* name_of(ReadOverride::State state) {
  if (state == ReadOverride::State::in_force) return "in_force";
  return state == ReadOverride::State::refused ? "refused" : "elsewhere";
}

Json preview_json(const std::optional<PolicyPreview>& preview) {
  if (!preview) return nullptr;
  return {{"errors", texts(preview->errors)},      {"warnings", texts(preview->warnings)},
          {"tests_passed", preview->tests_passed}, {"tests_failed", texts(preview->tests_failed)},
          {"taken_away", preview->taken_away},     {"headline", text_or_null(preview->headline)},
          {"changes", texts(preview->changes)}};
}

}  // namespace

bool is_overridden(const Verdict& verdict) {
  return verdict.decision == Decision::warn &&
         std::any_of(verdict.rules.begin(), verdict.rules.end(),
                     [](const auto& rule) { return rule.overridden.has_value(); });
}

std::string verdict_word(const Verdict& verdict) {
  return is_overridden(verdict) ? "OVERRIDDEN" : verdict_word(verdict.decision);
}

std::string lifted_in_short(const RuleOutcome& rule) {
  if (rule.overridden)
    return "overridden until " + utc_time(rule.overridden->not_after) + ", approved by " + rule.overridden->approved_by;
  if (!rule.excepted) return {};
  std::string first;
  for (const auto& use : rule.exceptions)
    if (first.empty() || use.expires < first) first = use.expires;
  return "excepted until " + first;
}

std::vector<std::string> override_lines(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& [used, rules] : in_force(report.verdict)) {
    lines.push_back(joined(rules) + " only " + (rules.size() == 1 ? "warns" : "warn") + ": " + used->reason +
                    (used->ticket.empty() ? "" : " (" + used->ticket + ")"));
    lines.push_back("asked for by " + used->requested_by + ", approved by " + used->approved_by + ", " +
                    (used->issued_at ? "from " + utc_time(*used->issued_at) + " " : "") + "until " +
                    utc_time(used->not_after));
    lines.push_back("for commit " + used->head + (used->target.empty() ? "" : " on " + used->target) +
                    "; promised: " + promise_of(*used) + "; from " + used->source);
  }
  const auto lifting = in_force(report.verdict);
  for (const auto& read : report.leave.overrides) {
    for (const auto& why : read.why) lines.push_back("refused: " + why);
    const bool lifts =
        std::any_of(lifting.begin(), lifting.end(), [&](const auto& one) { return one.first->source == read.source; });
    if (read.state == ReadOverride::State::in_force && !lifts)
      lines.push_back(read.source + " lifts nothing: no rule that it names blocks");
  }
  for (const auto& debt : report.leave.debts) lines.push_back(std::string(name_of(debt.state)) + ": " + debt.text);
  return lines;
}

std::vector<std::string> exception_lines(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& rule : report.verdict.rules) {
    for (const auto& use : rule.exceptions) {
      lines.push_back(rule.id + ": " + name_of(rule.result) + (rule.excepted ? " (excepted)" : ", but not for") + " " +
                      joined(use.covered) + ": " + use.reason + " (" + use.owner + ", " + use.ticket + ", until " +
                      use.expires + ", " + at_place(use.at) + ")");
    }
  }
  for (const auto& one : report.leave.exceptions) {
    if (one.state == ExceptionState::expired) {
      lines.push_back(about(one) + " expired on " + one.expires + " and is not applied; " + one.owner + ", " +
                      one.ticket);
      continue;
    }
    if (one.days_left <= kExpiringDays)
      lines.push_back(about(one) + " expires on " + one.expires + "; " + one.owner + ", " + one.ticket);
    if (one.matches_nothing) lines.push_back(about(one) + " is unused: no file of the base lies in its paths");
    if (one.state == ExceptionState::not_needed)
      lines.push_back(about(one) + " is unused here: the rule does not object to what the patch changes in its paths");
  }
  return lines;
}

std::vector<std::string> gate_file_lines(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& file : report.files) {
    const bool moved_away = file.file_class != FileClass::gate && classify(file.base_path()) == FileClass::gate;
    if (file.file_class != FileClass::gate && !moved_away) continue;
    const auto& path = moved_away ? file.base_path() : file.path;
    lines.push_back(path + ": " + kind_of_gate_file(path) + " (" + name_of(file.status) + ")");
  }
  return lines;
}

std::vector<std::string> preview_lines(const Report& report) {
  std::vector<std::string> lines;
  if (!report.leave.preview) return lines;
  const auto& preview = *report.leave.preview;
  if (preview.taken_away) lines.emplace_back("the patch takes the policy away: rules would only be observed");
  for (const auto& error : preview.errors) lines.push_back("error: " + error);
  for (const auto& warning : preview.warnings) lines.push_back("warning: " + warning);
  if (!preview.headline.empty()) lines.push_back("under the new policy this patch would: " + preview.headline);
  if (preview.tests_passed != 0 || !preview.tests_failed.empty())
    lines.push_back("its tests: " + std::to_string(preview.tests_passed) + " passed, " +
                    std::to_string(preview.tests_failed.size()) + " failed");
  for (const auto& test : preview.tests_failed) lines.push_back("failed: " + test);
  for (const auto& change : preview.changes) lines.push_back(change);
  return lines;
}

Json override_json(const RuleOutcome& rule) {
  if (!rule.overridden) return nullptr;
  const auto& used = *rule.overridden;
  return {{"source", json_text(used.source)},
          {"head", json_text(used.head)},
          {"target", text_or_null(used.target)},
          {"reason", json_text(used.reason)},
          {"ticket", text_or_null(used.ticket)},
          {"requested_by", json_text(used.requested_by)},
          {"approved_by", json_text(used.approved_by)},
          {"issued_at", used.issued_at ? Json(utc_time(*used.issued_at)) : Json(nullptr)},
          {"not_after", utc_time(used.not_after)},
          {"promise", promise_json(used)}};
}

Json excepted_json(const RuleOutcome& rule) {
  if (rule.exceptions.empty()) return nullptr;
  Json uses = Json::array();
  for (const auto& use : rule.exceptions) {
    uses.push_back({{"file", json_text(use.at.file)},
                    {"line", use.at.line},
                    {"covers", texts(use.covered)},
                    {"reason", json_text(use.reason)},
                    {"owner", json_text(use.owner)},
                    {"ticket", json_text(use.ticket)},
                    {"expires", json_text(use.expires)}});
  }
  return {{"whole", rule.excepted}, {"by", std::move(uses)}};
}

Json override_inputs_json(const Report& report) {
  Json array = Json::array();
  for (const auto& read : report.leave.overrides)
    array.push_back({{"source", json_text(read.source)}, {"digest", json_text(read.digest)}});
  return array;
}

Json exceptions_input_json(const Report& report) {
  if (report.leave.exceptions_source.empty()) return nullptr;
  return {{"source", json_text(report.leave.exceptions_source)}, {"oid", text_or_null(report.leave.exceptions_oid)}};
}

Json leave_json(const Report& report) {
  const auto& leave = report.leave;
  Json overrides = Json::array();
  for (const auto& read : leave.overrides) {
    overrides.push_back({{"source", json_text(read.source)}, {"state", name_of(read.state)}, {"why", texts(read.why)}});
  }
  Json debts = Json::array();
  for (const auto& debt : leave.debts)
    debts.push_back({{"state", name_of(debt.state)}, {"text", json_text(debt.text)}});
  Json exceptions = Json::array();
  for (const auto& one : leave.exceptions) {
    exceptions.push_back({{"rule", json_text(one.rule)},
                          {"paths", texts(one.paths)},
                          {"symbol", text_or_null(one.symbol)},
                          {"reason", json_text(one.reason)},
                          {"owner", json_text(one.owner)},
                          {"ticket", json_text(one.ticket)},
                          {"expires", json_text(one.expires)},
                          {"days_left", one.days_left},
                          {"state", name_of(one.state)},
                          {"matches_nothing", one.matches_nothing},
                          {"file", json_text(one.at.file)},
                          {"line", one.at.line}});
  }
  return {{"overrides", std::move(overrides)},
          {"debts", std::move(debts)},
          {"exceptions", std::move(exceptions)},
          {"gate_files", texts(gate_file_lines(report))},
          {"preview", preview_json(leave.preview)}};
}

}  // namespace patchgate
