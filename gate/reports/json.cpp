#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <nlohmann/json.hpp>

#include "gate/reports/calendar.h"
#include "gate/reports/code_changes.h"
#include "gate/reports/data_at_risk.h"
#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/json_output.h"
#include "gate/reports/overrides.h"
#include "gate/reports/recovery_card.h"
#include "gate/reports/rollouts.h"
#include "gate/reports/rule_source.h"
#include "gate/reports/test_evidence_json.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

Json text(std::string_view value) { return json_text(value); }

/// Null where there is none.
Json text_or_null(std::string_view value) { return value.empty() ? Json(nullptr) : text(value); }

Json texts(const std::vector<std::string>& values) {
  Json array = Json::array();
  for (const auto& value : values) array.push_back(text(value));
  return array;
}

Json percentile(const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  // Never up: 98.98 must not look like the 99 that a band may begin at.
  return std::floor(*value * 10) / 10;
}

Json place(const Place& at) { return {{"file", text(at.file)}, {"line", at.line}}; }

Json places(const std::vector<Place>& list) {
  Json array = Json::array();
  for (const auto& at : list) array.push_back(place(at));
  return array;
}

Json unknown(std::string_view why) { return Json::object({{"unknown", text(why)}}); }

Json range(const Interval& interval, bool open) {
  return Json::array({Json(interval.lower), open ? Json(nullptr) : Json(interval.upper)});
}

/// Null where it is not known.
Json count(std::uint32_t number, bool known) { return known ? Json(number) : Json(nullptr); }

Json fact(const Fact& stated) {
  return std::visit(
      [&](const auto& value) -> Json {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, Unknown>) {
          auto json = unknown(value.why);
          if (value.at_least > 0) json["at_least"] = value.at_least;
          return json;
        } else if constexpr (std::is_same_v<T, std::string>) {
          return {{"value", text(value)}, {"from", places(stated.from)}};
        } else if constexpr (std::is_same_v<T, double>) {
          if (!std::isfinite(value)) return unknown("not a finite number");
          return {{"value", std::round(value * 10000) / 10000}, {"from", places(stated.from)}};
        } else {
          return {{"value", value}, {"from", places(stated.from)}};
        }
      },
      stated.value);
}

Json budget(const Report& report) {
  if (!report.budget) return nullptr;
  return {{"seconds", *report.budget}, {"ran_out", report.budget_ran_out}};
}

Json inputs(const Report& report) {
  return {
      {"base", text_or_null(report.base)},
      {"head", text_or_null(report.head)},
      {"merge_base", text_or_null(report.merge_base)},
      {"target_ref", text_or_null(report.target_ref)},
      {"source_ref", text_or_null(report.source_ref)},
      {"policy",
       {{"source", text_or_null(report.policy_source)},
        {"oid", text_or_null(report.policy_oid)},
        {"digest", text_or_null(report.policy_digest)}}},
      {"now", text_or_null(report.now)},
      {"calendar", calendar_input_json(report)},
      {"overrides", override_inputs_json(report)},
      {"exceptions", exceptions_input_json(report)},
      {"context", text_or_null(report.leave.context)},
      {"scope", report.patch_scope ? "patch" : "full"},
      {"budget", budget(report)},
      {"digest", text_or_null(report.digest)},
      {"notes", texts(report.input_notes)},
  };
}

Json patch(const Report& report) {
  Json reverted = Json::array();
  for (const auto& commit : report.reverted) {
    reverted.push_back({{"id", text(commit.id)}, {"author", text(commit.author)}});
  }
  Json files = Json::array();
  for (const auto& file : report.files) {
    files.push_back({
        {"path", text(file.path)},
        {"old_path", text_or_null(file.old_path)},
        {"status", name_of(file.status)},
        {"added", file.added},
        {"deleted", file.deleted},
        {"class", name_of(file.file_class)},
        {"build_role", file.build_role == BuildRole::none ? Json(nullptr) : Json(name_of(file.build_role))},
        {"unread", file.unread ? text(*file.unread) : Json(nullptr)},
    });
  }
  return {
      {"files", files},
      {"lines", {{"added", report.lines_added}, {"deleted", report.lines_deleted}}},
      {"hotfix", report.hotfix ? Json(*report.hotfix) : Json(nullptr)},
      {"revert_of", report.revert_of ? text_or_null(*report.revert_of) : Json(nullptr)},
      {"reverted", reverted},
  };
}

Json fan_in(const TouchedSymbol& symbol) {
  if (!symbol.known_fan_in) return unknown(symbol.why_unknown);
  Json widened = Json::array();
  for (const auto& one : symbol.widened_by) {
    widened.push_back({{"rule", name_of(one.rule)}, {"direct", one.direct}, {"transitive", one.transitive}});
  }
  return {
      {"direct", range(symbol.direct, symbol.direct_open)},
      {"transitive", range(symbol.transitive, symbol.transitive_open)},
      {"widened_by", widened},
      {"percentile", percentile(symbol.percentile)},
      {"rank", count(symbol.rank, symbol.rank != 0)},
      {"of", count(symbol.of, symbol.of != 0)},
      {"entry_points", count(symbol.entry_points, symbol.seen.transitive)},
      {"source_folders", count(symbol.source_folders, symbol.seen.transitive)},
  };
}

Json symbol_of(const TouchedSymbol& symbol) {
  Json tests = Json::array();
  for (const auto& test : symbol.tests) {
    tests.push_back({
        {"name", text(test.name)},
        {"file", text(test.at.file)},
        {"line", test.at.line},
        {"distance", test.distance},
        {"changed", test.changed},
        {"confidence", name_of(test.weakest)},
        {"no_evidence", text_or_null(test.no_evidence)},
    });
  }
  Json sinks = Json::array();
  for (const auto& sink : symbol.sinks) {
    sinks.push_back({
        {"kind", text(sink.kind)},
        {"name", text(sink.name)},
        {"via", sink.by_data ? "data" : "call"},
        {"path", texts(sink.path)},
        {"file", text_or_null(sink.at.file)},
        {"line", sink.at.line},
        {"audit", text_or_null(sink.audit)},
        {"confidence", name_of(sink.confidence)},
    });
  }
  Json callers = Json::array();
  for (const auto& [name, at] : symbol.callers) {
    callers.push_back({{"name", text(name)}, {"file", text(at.file)}, {"line", at.line}});
  }
  return {
      {"name", text(symbol.name)},
      {"kind", name_of(symbol.kind)},
      {"file", text(symbol.at.file)},
      {"line", symbol.at.line},
      {"end_line", symbol.end_line},
      {"side", name_of(symbol.side)},
      {"change", name_of(symbol.change)},
      {"impact", text(symbol.impact)},
      {"in_test_code", symbol.in_test_code},
      {"fan_in", fan_in(symbol)},
      {"callers", callers},
      {"tests", tests},
      {"tests_total", symbol.tests_total},
      {"tests_changed", symbol.tests_changed},
      {"sinks", sinks},
      {"sinks_total", symbol.sinks_total},
      {"coverage", coverage_json(symbol.proof)},
      {"evidence", grades_json(symbol)},
  };
}

Json judged(const Judged& axis) {
  return {
      {"level", text(axis.level)},
      {"percentile", percentile(axis.percentile)},
      {"calibrated", axis.calibrated},
      {"why", texts(axis.why)},
  };
}

Json verdict_of(const Report& report) {
  const Verdict& verdict = report.verdict;
  Json rules = Json::array();
  for (const auto& rule : verdict.rules) {
    rules.push_back({
        {"id", text(rule.id)},
        {"title", text(rule.title)},
        {"objection", text_or_null(rule.objection)},
        {"level", name_of(rule.level)},
        {"result", name_of(rule.result)},
        {"effect", name_of(rule.effect)},
        {"because", texts(rule.because)},
        {"to_pass", texts(rule.to_pass)},
        {"applies_because", texts(rule.applies_because)},
        {"fix", text_or_null(rule.fix)},
        {"at", places(rule.at)},
        {"where", text_or_null(rule.where)},
        {"commit", text_or_null(commit_of_rule(rule, report))},
        {"floor", rule.floor},
        {"override", override_json(rule)},
        {"excepted", excepted_json(rule)},
    });
  }
  return {
      {"decision", name_of(verdict.decision)},
      {"headline", text(verdict.headline)},
      {"reason", text_or_null(verdict.reason)},
      {"rules", rules},
      {"counts", {{"rules_loaded", verdict.rules_loaded}, {"rules_applied", verdict.rules_applied}}},
      {"notes", texts(verdict.notes)},
  };
}

Json analysis(const Report& report) {
  Json unread = Json::array();
  for (const auto& place : report.unread) {
    unread.push_back({{"file", text(place.at.file)},
                      {"line", place.at.line},
                      {"end_line", std::max(place.at.line, place.last_line)},
                      {"side", place.on_base ? "base" : "head"},
                      {"cause", name_of(place.cause)},
                      {"why", text(place.why)}});
  }
  Json failed = Json::array();
  for (const auto& [file, why] : report.failed_units) failed.push_back({{"file", text(file)}, {"why", text(why)}});
  return {
      {"units", {{"total", report.units_total}, {"parsed", report.units_parsed}, {"failed", report.units_failed}}},
      {"hunks", {{"total", report.hunks_total}, {"mapped", report.hunks_mapped}}},
      {"left_out", text_or_null(report.left_out)},
      {"unread", unread},
      {"blind_spots", texts(report.blind_spots)},
      {"failed_units", failed},
      {"index", {{"rev", text_or_null(report.index_rev)}, {"units", report.index_units}}},
  };
}

Json document(const Report& report) {
  Json symbols = Json::array();
  for (const auto& symbol : report.symbols) symbols.push_back(symbol_of(symbol));
  Json facts = Json::object();
  for (const auto& [name, stated] : report.facts.all()) facts[json_text(name)] = fact(stated);
  return {
      {"schema", "patchgate-report/1"},
      {"tool", {{"name", "patchgate"}, {"version", text(report.version)}}},
      {"inputs", inputs(report)},
      {"patch", patch(report)},
      {"symbols", symbols},
      {"code_changes", code_changes_json(report)},
      {"facts", facts},
      {"impact", judged(report.impact)},
      {"likelihood", judged(report.likelihood)},
      {"risk", judged(report.risk)},
      {"verdict", verdict_of(report)},
      {"analysis", analysis(report)},
      {"data_at_risk", data_at_risk_json(report)},
      {"recovery", recovery_json(report)},
      {"test_evidence", test_evidence_json(report.test_evidence)},
      {"rollout", rollout_json(report)},
      {"calendar", calendar_json(report)},
      {"leave", leave_json(report)},
  };
}

}  // namespace

std::string write_json(const Report& report, bool /*color*/) { return json_output(document(report)); }

}  // namespace patchgate
