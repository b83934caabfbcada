#include "gate/commands/reported_verdict.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "analyzers/model/rfc3339.h"
#include "gate/pipeline/json_scalars.h"

namespace patchgate {
namespace {

constexpr const char* kSchema = "patchgate-report/1";
constexpr const char* kMakeAnother = "make one: patchgate check --report json=FILE";
constexpr std::array kDecisions{"allow", "warn", "block", "none"};

Result<std::string> needed(const JsonScalars& json, const std::string& file, const std::string& path) {
  PATCHGATE_TRY(auto text, json.text(path));
  if (text.empty()) return fail_at(Error::Kind::config, {file, 0, 0}, "the report has no " + path, kMakeAnother);
  return text;
}

Result<std::vector<ReportedOverride>> overrides_in(const JsonScalars& json, const std::string& file) {
  std::vector<ReportedOverride> found;
  for (std::size_t i = 0;; ++i) {
    const auto rule = fmt::format("verdict.rules.{}.", i);
    ReportedOverride one;
    PATCHGATE_TRY(one.rule, json.text(rule + "id"));
    if (one.rule.empty()) return found;
    PATCHGATE_TRY(one.approved_by, json.text(rule + "override.approved_by"));
    PATCHGATE_TRY(one.not_after, json.text(rule + "override.not_after"));
    if (one.approved_by.empty() && one.not_after.empty()) continue;
    const auto ends = parse_rfc3339(one.not_after);
    if (!ends) return fail_at(Error::Kind::config, {file, 0, 0}, rule + "override.not_after is no time", kMakeAnother);
    one.ends = *ends;
    found.push_back(std::move(one));
  }
}

Result<std::vector<ReportedRule>> rules_in(const JsonScalars& json) {
  std::vector<ReportedRule> found;
  for (std::size_t i = 0;; ++i) {
    const auto rule = fmt::format("verdict.rules.{}.", i);
    ReportedRule one;
    PATCHGATE_TRY(one.id, json.text(rule + "id"));
    if (one.id.empty()) return found;
    PATCHGATE_TRY(one.level, json.text(rule + "level"));
    PATCHGATE_TRY(one.result, json.text(rule + "result"));
    PATCHGATE_TRY(one.effect, json.text(rule + "effect"));
    PATCHGATE_TRY(const auto approved_by, json.text(rule + "override.approved_by"));
    one.overridden = !approved_by.empty();
    PATCHGATE_TRY(one.excepted, json.boolean(rule + "excepted.whole"));
    found.push_back(std::move(one));
  }
}

template <typename Number>
Value number_of(const std::string& text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end) return number;
  return Unknown{"the report's value is no such number"};
}

Value value_of(const JsonScalars::Scalar& scalar, FactType type) {
  using Kind = JsonScalars::Kind;
  if (type == FactType::boolean && scalar.kind == Kind::boolean) return scalar.text == "true";
  if (type == FactType::integer && scalar.kind == Kind::number) return number_of<std::int64_t>(scalar.text);
  if (type == FactType::number && scalar.kind == Kind::number) return number_of<double>(scalar.text);
  if ((type == FactType::string || type == FactType::choice) && scalar.kind == Kind::text) return scalar.text;
  return Unknown{"the report's value is of another type"};
}

Facts facts_in(const JsonScalars& json) {
  Facts facts;
  for (const auto& fact : fact_catalogue()) {
    const std::string name(fact.name);
    if (fact.type == FactType::list) {
      facts.set_list_unknown(name, "a report does not hold all of it");
      continue;
    }
    const auto* value = json.find("facts." + name + ".value");
    if (value != nullptr) facts.set(name, value_of(*value, fact.type));
  }
  return facts;
}

Result<std::vector<std::string>> paths_in(const JsonScalars& json) {
  std::vector<std::string> found;
  for (std::size_t i = 0;; ++i) {
    const auto file = fmt::format("patch.files.{}.", i);
    PATCHGATE_TRY(auto path, json.text(file + "path"));
    if (path.empty()) return found;
    found.push_back(std::move(path));
    PATCHGATE_TRY(auto old_path, json.text(file + "old_path"));
    if (!old_path.empty()) found.push_back(std::move(old_path));
  }
}

}  // namespace

Result<ReportedVerdict> read_verdict(const std::string& file, std::string_view text) {
  PATCHGATE_TRY(const auto json, JsonScalars::parse(file, text, kMostReportBytes, kMakeAnother));
  PATCHGATE_TRY(const auto schema, json.text("schema"));
  if (schema != kSchema)
    return fail_at(Error::Kind::config, {file, 0, 0},
                   fmt::format("no report of this program: its schema is not {}", kSchema), kMakeAnother);
  ReportedVerdict verdict;
  PATCHGATE_TRY(verdict.decision, needed(json, file, "verdict.decision"));
  if (std::find(kDecisions.begin(), kDecisions.end(), verdict.decision) == kDecisions.end())
    return fail_at(Error::Kind::config, {file, 0, 0}, "verdict.decision is none of allow, warn, block, none",
                   kMakeAnother);
  PATCHGATE_TRY(verdict.headline, json.text("verdict.headline"));
  PATCHGATE_TRY(verdict.base, json.commit("inputs.base"));
  PATCHGATE_TRY(verdict.merge_base, json.commit("inputs.merge_base"));
  PATCHGATE_TRY(verdict.head, json.commit("inputs.head"));
  PATCHGATE_TRY(verdict.target, json.text("inputs.target_ref"));
  PATCHGATE_TRY(verdict.policy_source, json.text("inputs.policy.source"));
  PATCHGATE_TRY(verdict.policy_digest, json.text("inputs.policy.digest"));
  PATCHGATE_TRY(verdict.overrides, overrides_in(json, file));
  PATCHGATE_TRY(verdict.rules, rules_in(json));
  PATCHGATE_TRY(verdict.calendar, json.commit("inputs.calendar.oid"));
  PATCHGATE_TRY(verdict.exceptions, json.commit("inputs.exceptions.oid"));
  verdict.facts = facts_in(json);
  PATCHGATE_TRY(verdict.paths, paths_in(json));
  return verdict;
}

std::vector<std::string> objections(const ReportedVerdict& verdict, const Deploy& deploy) {
  std::vector<std::string> found;
  if (verdict.decision == "block") found.push_back("the verdict is block: " + verdict.headline);
  if (verdict.head.empty())
    found.emplace_back("the report judges no commit");
  else if (verdict.head != deploy.head)
    found.push_back(fmt::format("the report judges {}, and {} is about to be deployed", verdict.head, deploy.head));
  if (!deploy.merge_base.empty() && verdict.merge_base != deploy.merge_base)
    found.push_back(fmt::format("the report judges what came after {}, and the deploy brings all that came after {}",
                                verdict.merge_base.empty() ? "nothing" : verdict.merge_base, deploy.merge_base));
  if (!deploy.target.empty() && verdict.target != deploy.target)
    found.push_back(fmt::format("the report judges for {}, and this is {}",
                                verdict.target.empty() ? "no branch" : verdict.target, deploy.target));
  for (const auto& one : verdict.overrides)
    if (deploy.now > one.ends)
      found.push_back(fmt::format("the override of {} ended at {}, and now it is {}", one.rule, one.not_after,
                                  utc_time(deploy.now)));
  if (verdict.policy_digest.empty() || verdict.policy_digest != deploy.policy_digest)
    found.push_back("the report was made by another policy than the one in force (" +
                    (verdict.policy_source.empty() ? "it names none" : verdict.policy_source) + ")");
  return found;
}

}  // namespace patchgate
