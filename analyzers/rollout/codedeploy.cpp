#include "analyzers/rollout/codedeploy.h"

#include <algorithm>
#include <charconv>

#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

/// The number that `text` begins with, taken off it.
std::optional<double> take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

void add_stages(double percent, double minutes, bool linear, const DocNode& at, PlanReading& reading) {
  constexpr std::size_t kMostStages = 100;
  for (double share = percent; share < 100 && reading.plan.stages.size() < kMostStages; share += percent) {
    RolloutStage stage;
    stage.percent = share;
    stage.bake_minutes = minutes;
    stage.waits = minutes > 0;
    stage.at = stage.bake_at = stage.abort_at = reading.place(at);
    reading.plan.stages.push_back(std::move(stage));
    if (!linear) return;
  }
}

void read_times(const DocNode& routing, const char* kind, const char* share, const char* interval, bool linear,
                PlanReading& reading) {
  const DocNode* times = find_cased(routing, kind);
  const DocNode* percent = times == nullptr ? nullptr : find_cased(*times, share);
  const DocNode* minutes = times == nullptr ? nullptr : find_cased(*times, interval);
  const auto given = percent == nullptr ? std::nullopt : number_of(*percent);
  const auto wait = minutes == nullptr ? std::nullopt : number_of(*minutes);
  if (!given || !wait || *given <= 0 || *given >= 100 || *wait <= 0) {
    reading.plain(times == nullptr ? routing : *times,
                  std::string(kind) + " needs " + share + " from 1 to 99 and " + interval + " above 0");
    return;
  }
  add_stages(*given, *wait, linear, *percent, reading);
}

std::string names_of(const DocNode& alarms) {
  std::string names;
  for (const DocNode& alarm : alarms.items) {
    const DocNode* name = alarm.is_map() ? find_cased(alarm, "Name") : &alarm;
    if (name == nullptr || name->text.empty()) continue;
    names += (names.empty() ? "" : ", ") + name->text;
  }
  return names;
}

bool is_codedeploy(const DocNode& document) {
  const auto has = [&](const char* key) { return find_cased(document, key) != nullptr; };
  return has("DeploymentConfigInfo") || has("DeploymentGroupInfo") || has("DeploymentGroupName") ||
         (has("DeploymentConfigName") && (has("TrafficRoutingConfig") || has("MinimumHealthyHosts")));
}

Result<RolloutReading> read_codedeploy(const std::string& path, const DocNode& document, const RolloutSet& all) {
  const DocNode* body = &document;
  for (const char* wrapper : {"DeploymentConfigInfo", "DeploymentGroupInfo"}) {
    if (const DocNode* inner = find_cased(document, wrapper)) body = inner;
  }
  const DocNode* group = find_cased(*body, "DeploymentGroupName");
  const DocNode* config = find_cased(*body, "DeploymentConfigName");
  PlanReading reading("codedeploy", path, *body);
  if (group == nullptr) {
    reading.plan.name = scalar_text(config);
    read_deployment_config(*body, reading);
    stop_stages(reading, *body, "");
    return RolloutReading{{}, {std::move(reading.plan)}, {}};
  }
  reading.plan.name = scalar_text(group);
  reading.ships(find_cased(*body, "ApplicationName"));
  reading.ships(group);
  if (config == nullptr) {
    reading.plain(*body, "the deployment group names no deployment configuration");
  } else if (!read_predefined(*config, reading)) {
    const DocNode* found = nullptr;
    for (const RolloutFile& file : all.files) {
      for (const DocNode& other : file.documents) {
        const DocNode* info = find_cased(other, "DeploymentConfigInfo");
        const DocNode& candidate = info == nullptr ? other : *info;
        if (find_cased(candidate, "DeploymentGroupName") != nullptr) continue;
        if (scalar_text(find_cased(candidate, "DeploymentConfigName")) == config->text) found = &candidate;
      }
    }
    if (found == nullptr) {
      reading.plain(*config, "the deployment configuration " + config->text +
                                 " is in none of the files given: its shares are not known");
    } else {
      read_deployment_config(*found, reading);
    }
  }
  read_group_alarms(*body, reading);
  return RolloutReading{{std::move(reading.plan)}, {}, {}};
}

bool is_appspec(const DocNode& document) {
  const std::string version = scalar_text(document.find("version"));
  const DocNode* resources = document.find("Resources");
  return version.starts_with("0.0") &&
         ((resources != nullptr && resources->is_list()) || document.find("os") != nullptr);
}

Result<RolloutReading> read_appspec(const std::string& path, const DocNode& document, const RolloutSet&) {
  PlanReading reading("codedeploy", path, document);
  reading.plain(
      document,
      "an appspec does not say in which shares it is deployed: give the deployment group or its configuration");
  return RolloutReading{{}, {std::move(reading.plan)}, {}};
}

}  // namespace

const DocNode* find_cased(const DocNode& node, std::string_view name) {
  if (const DocNode* exact = node.find(name)) return exact;
  std::string small(name);
  if (small[0] >= 'A' && small[0] <= 'Z') small[0] = static_cast<char>(small[0] - 'A' + 'a');
  return node.find(small);
}

bool read_predefined(const DocNode& name, PlanReading& reading) {
  std::string_view text = name.text;
  if (!name.is_scalar()) return false;
  take(text, "CodeDeployDefault.");
  if (!take(text, "Lambda")) take(text, "ECS");
  reading.plan.share_of = "requests";
  if (text == "AllAtOnce") {
    reading.plan.at_once = true;
    reading.plain(name, name.text + ": everything switches at once");
    return true;
  }
  if (text == "OneAtATime" || text == "HalfAtATime") {
    reading.plan.share_of = "servers";
    reading.plain(name, name.text + ": server after server, and nothing that stops for users");
    return true;
  }
  const bool linear = take(text, "Linear");
  if (!linear && !take(text, "Canary")) return false;
  const auto percent = take_number(text);
  if (!percent || *percent <= 0 || !take(text, linear ? "PercentEvery" : "Percent")) return false;
  const auto minutes = take_number(text);
  if (!minutes || *minutes <= 0 || (text != "Minutes" && text != "Minute")) return false;
  add_stages(*percent, *minutes, linear, name, reading);
  return true;
}

void read_deployment_config(const DocNode& properties, PlanReading& reading) {
  reading.plan.share_of = "requests";
  const DocNode* routing = find_cased(properties, "TrafficRoutingConfig");
  if (routing == nullptr || routing->is_null()) {
    reading.plan.share_of = "servers";
    const DocNode* hosts = find_cased(properties, "MinimumHealthyHosts");
    reading.plain(hosts == nullptr ? properties : *hosts,
                  "the deployment configuration shares out no requests: it replaces servers");
    return;
  }
  const DocNode* type = find_cased(*routing, "Type");
  const std::string kind = scalar_text(type);
  if (kind == "TimeBasedCanary") {
    read_times(*routing, "TimeBasedCanary", "CanaryPercentage", "CanaryInterval", false, reading);
  } else if (kind == "TimeBasedLinear") {
    read_times(*routing, "TimeBasedLinear", "LinearPercentage", "LinearInterval", true, reading);
  } else {
    reading.plan.at_once = kind == "AllAtOnce";
    reading.plain(type == nullptr ? *routing : *type,
                  reading.plan.at_once ? "AllAtOnce: everything switches at once"
                                       : "the type of the TrafficRoutingConfig is none that is known");
  }
}

void stop_stages(PlanReading& reading, const DocNode& at, const std::string& measured) {
  if (reading.plan.stages.empty()) return;
  if (measured.empty()) {
    reading.trap(at, "no alarm stops it: the stages only delay");
    return;
  }
  for (RolloutStage& stage : reading.plan.stages) {
    stage.aborts = true;
    stage.abort_by = measured;
    stage.abort_at = reading.place(at);
  }
}

void read_group_alarms(const DocNode& properties, PlanReading& reading) {
  const DocNode* configuration = find_cased(properties, "AlarmConfiguration");
  const DocNode* alarms = configuration == nullptr ? nullptr : find_cased(*configuration, "Alarms");
  if (alarms == nullptr || !alarms->is_list() || alarms->items.empty()) {
    return stop_stages(reading, configuration == nullptr ? properties : *configuration, "");
  }
  const auto is_true = [](const DocNode* node) { return node != nullptr && scalar_text(node) == "true"; };
  const DocNode* enabled = find_cased(*configuration, "Enabled");
  if (!is_true(enabled)) {
    reading.trap(enabled == nullptr ? *configuration : *enabled, "the AlarmConfiguration is not enabled");
    return;
  }
  if (is_true(find_cased(*configuration, "IgnorePollAlarmFailure"))) {
    reading.trap(*find_cased(*configuration, "IgnorePollAlarmFailure"),
                 "IgnorePollAlarmFailure: alarms that cannot be read stop nothing");
  }
  const DocNode* rollback = find_cased(properties, "AutoRollbackConfiguration");
  const DocNode* events = rollback == nullptr ? nullptr : find_cased(*rollback, "Events");
  const bool on_alarm =
      events != nullptr && std::any_of(events->items.begin(), events->items.end(),
                                       [](const auto& event) { return event.text == "DEPLOYMENT_STOP_ON_ALARM"; });
  if (!on_alarm || !is_true(find_cased(*rollback, "Enabled"))) {
    reading.trap(rollback == nullptr ? properties : *rollback,
                 "no enabled AutoRollbackConfiguration with DEPLOYMENT_STOP_ON_ALARM: an alarm takes nothing back");
    return;
  }
  stop_stages(reading, *alarms, names_of(*alarms) + " (cloudwatch)");
}

const RolloutFormat codedeploy_json{"AWS CodeDeploy", is_codedeploy, read_codedeploy};
const RolloutFormat codedeploy_appspec{"", is_appspec, read_appspec};

}  // namespace patchgate
