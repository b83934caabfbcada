#include "gate/reports/rollouts.h"

#include <array>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"
#include "gate/reports/phrases.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostPlaces = 5;

Json place(const Place& at) { return {{"file", json_text(at.file)}, {"line", at.line}}; }

Json number(const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  const double rounded = std::round(*value * 10000) / 10000;
  return rounded == 0 ? *value : rounded;
}

/// One decimal; what would be 0 by that with its first two digits.
std::string never_zero(double number) {
  if (!(number > 0 && number < 0.05)) return one_decimal(number);
  std::array<char, 400> text{};  // the smallest double has 324 digits
  const int decimals = 1 - static_cast<int>(std::floor(std::log10(number)));
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, decimals);
  std::string result(text.data(), end.ptr);
  result.erase(result.find_last_not_of('0') + 1);
  return result;
}

std::string time_of(double minutes) {
  return minutes < 1 ? never_zero(minutes * 60) + " s" : one_decimal(minutes) + " min";
}

std::string first_stage(const RolloutPlan& plan) {
  if (plan.stages.empty()) return plan.at_once ? "all at once" : "no stage";
  const RolloutStage& first = plan.stages.front();
  std::string text = first.percent
                         ? never_zero(*first.percent) + " %" + (plan.share_of.empty() ? "" : " of the " + plan.share_of)
                         : "a share that is not known (" + first.percent_unknown + ")";
  text += " first, ";
  text += first.bake_minutes ? "waits " + time_of(*first.bake_minutes)
                             : std::string("waits until a person or a measurement goes on");
  if (!first.aborts) return text + ", nothing stops it by itself";
  return text + ", stops by itself" + (first.abort_by.empty() ? "" : " by " + first.abort_by);
}

std::string headline(const RolloutPlan& plan) {
  std::string text = plan.flag.empty() || plan.system == "flag" ? plan.system : plan.system + " flag";
  if (!plan.name.empty()) text += " " + plan.name;
  text += " (" + at_place(plan.at) + "): " + name_of(level_of(plan)) + ", " + first_stage(plan);
  if (!plan.traps.empty()) text += "; " + counted(plan.traps.size(), "trap") + ", told under what was not seen";
  return text;
}

void add_plan(const RolloutPlan& plan, std::vector<std::string>& lines) {
  lines.push_back(headline(plan));
  if (plan.linked == RolloutLink::yes) {
    lines.push_back("it ships the patched code: " + plan.linked_why);
  } else if (plan.flag.empty()) {
    lines.push_back("not provable that it rolls out the patched code: " + plan.linked_why);
  }
  if (level_of(plan) < RolloutLevel::staged) return;
  for (const auto& [at, text] : plan.remarks) lines.push_back(text + " (" + at_place(at) + ")");
}

Json notes(const std::vector<RolloutNote>& list) {
  Json array = Json::array();
  for (const auto& [at, text] : list) {
    Json note = place(at);
    note["text"] = json_text(text);
    array.push_back(std::move(note));
  }
  return array;
}

Json stage_of(const RolloutStage& stage) {
  Json json = place(stage.at);
  json["percent"] = number(stage.percent);
  json["percent_unknown"] = stage.percent ? Json(nullptr) : Json(json_text(stage.percent_unknown));
  json["bake_minutes"] = number(stage.bake_minutes);
  json["aborts"] = stage.aborts;
  json["abort_by"] = stage.aborts ? Json(json_text(stage.abort_by)) : Json(nullptr);
  return json;
}

Json plan_of(const RolloutPlan& plan) {
  Json stages = Json::array();
  for (const RolloutStage& stage : plan.stages) stages.push_back(stage_of(stage));
  Json json = place(plan.at);
  json["system"] = json_text(plan.system);
  json["name"] = plan.name.empty() ? Json(nullptr) : Json(json_text(plan.name));
  json["level"] = name_of(level_of(plan));
  json["share_of"] = plan.share_of.empty() ? Json(nullptr) : Json(json_text(plan.share_of));
  json["stages"] = std::move(stages);
  json["no_stages"] = plan.plain_why.empty() ? Json(nullptr) : Json(json_text(plan.plain_why));
  json["traps"] = notes(plan.traps);
  json["remarks"] = notes(plan.remarks);
  json["ships"] = notes(plan.ships);
  json["linked"] = name_of(plan.linked);
  json["linked_why"] = plan.linked_why.empty() ? Json(nullptr) : Json(json_text(plan.linked_why));
  return json;
}

Json plans_of(const std::vector<RolloutPlan>& plans) {
  Json array = Json::array();
  for (const RolloutPlan& plan : plans) array.push_back(plan_of(plan));
  return array;
}

}  // namespace

std::vector<std::string> rollout_lines(const Report& report) {
  const RolloutFindings& found = report.rollout;
  std::vector<std::string> lines;
  if (!found.plans.empty()) add_plan(found.plans.front(), lines);
  for (const RolloutPlan& flag : found.flags) {
    if (found.plans.empty() || found.plans.front().flag != flag.flag) add_plan(flag, lines);
  }
  for (std::size_t i = 0; i < found.unguarded.size() && i < kMostPlaces; ++i) {
    lines.push_back("not guarded by a flag: " + at_place(found.unguarded[i]));
  }
  if (found.unguarded.size() > kMostPlaces) {
    lines.push_back("not guarded by a flag: " + std::to_string(found.unguarded.size() - kMostPlaces) + " more places");
  }
  return lines;
}

Json rollout_json(const Report& report) {
  const RolloutFindings& found = report.rollout;
  Json guards = Json::array();
  for (const FlagGuard& guard : found.guards) {
    Json json = place(guard.at);
    json["key"] = json_text(guard.key);
    json["function"] = json_text(guard.function);
    guards.push_back(std::move(json));
  }
  Json unguarded = Json::array();
  for (const Place& at : found.unguarded) unguarded.push_back(place(at));
  return {{"plans", plans_of(found.plans)},
          {"flags", plans_of(found.flags)},
          {"guards", std::move(guards)},
          {"unguarded", std::move(unguarded)}};
}

}  // namespace patchgate
