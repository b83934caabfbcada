#include "analyzers/rollout/cloudformation.h"

#include <algorithm>

#include "analyzers/rollout/codedeploy.h"
#include "analyzers/rollout/values.h"

namespace patchgate {

namespace {

/// "Name" of `!Ref Name` and of {"Ref": "Name"}; empty for anything else.
std::string reference_of(const DocNode& node) {
  if (node.kind == DocNode::Kind::call && node.text.starts_with("!Ref ")) return node.text.substr(5);
  return scalar_text(node.find("Ref"));
}

class Template {
 public:
  Template(const std::string& path, const DocNode& document)
      : path_(path), document_(document), resources_(*document.find("Resources")) {}

  Result<RolloutReading> read() {
    RolloutReading result;
    for (const auto& [name, resource] : resources_.members) {
      const std::string type = scalar_text(resource.find("Type"));
      PlanReading reading("codedeploy", path_, resource);
      reading.plan.name = name;
      reading.plan.ships.emplace_back(reading.place(resource), name);
      if (type == "AWS::Serverless::Function") {
        PATCHGATE_CHECK(read_function(resource, reading));
        result.plans.push_back(std::move(reading.plan));
      } else if (type == "AWS::CodeDeploy::DeploymentGroup") {
        PATCHGATE_CHECK(read_group(resource, reading));
        result.plans.push_back(std::move(reading.plan));
      } else if (type == "AWS::CodeDeploy::DeploymentConfig") {
        const DocNode* properties = resource.find("Properties");
        read_deployment_config(properties == nullptr ? resource : *properties, reading);
        stop_stages(reading, resource, "");
        result.fallbacks.push_back(std::move(reading.plan));
      }
    }
    return result;
  }

 private:
  /// The configuration that a name or `!Ref` stands for.
  Result<void> read_config(const DocNode& name, PlanReading& reading) const {
    if (name.is_scalar()) {
      if (!read_predefined(name, reading)) {
        const auto same = [&](const auto& member) {
          return scalar_text(member.value.find("Type")) == "AWS::CodeDeploy::DeploymentConfig" &&
                 scalar_text(member.value.find({"Properties", "DeploymentConfigName"})) == name.text;
        };
        const auto found = std::find_if(resources_.members.begin(), resources_.members.end(), same);
        if (found != resources_.members.end()) {
          read_deployment_config(*found->value.find("Properties"), reading);
        } else {
          reading.plain(
              name, "the deployment configuration " + name.text + " is not in this template: its shares are not known");
        }
      }
      return {};
    }
    const std::string reference = reference_of(name);
    const DocNode* resource = reference.empty() ? nullptr : resources_.find(reference);
    const DocNode* properties = resource == nullptr ? nullptr : resource->find("Properties");
    if (properties == nullptr || scalar_text(resource->find("Type")) != "AWS::CodeDeploy::DeploymentConfig") {
      return fail_at(Error::Kind::config, {path_, name.line, 0},
                     "has a deployment configuration that is filled in later (" +
                         (name.text.empty() ? std::string("a function") : name.text) + "); give the resolved template");
    }
    read_deployment_config(*properties, reading);
    return {};
  }

  /// Of a function's DeploymentPreference, or of that which Globals gives to all.
  const DocNode* preference(const DocNode& resource, const char* key) const {
    const DocNode* own = resource.find({"Properties", "DeploymentPreference", key});
    return own != nullptr ? own : document_.find({"Globals", "Function", "DeploymentPreference", key});
  }

  Result<void> read_function(const DocNode& resource, PlanReading& reading) {
    reading.plan.share_of = "requests";
    reading.ships(resource.find({"Properties", "FunctionName"}));
    reading.ships(resource.find({"Properties", "CodeUri"}));
    reading.ships(resource.find({"Properties", "ImageUri"}));
    const DocNode* type = preference(resource, "Type");
    if (type == nullptr) {
      reading.plan.at_once = true;
      reading.plain(resource, "the function has no DeploymentPreference: it is replaced at once");
      return {};
    }
    if (const DocNode* enabled = preference(resource, "Enabled");
        enabled != nullptr && scalar_text(enabled) != "true") {
      reading.plan.at_once = true;
      reading.plain(*enabled, "the DeploymentPreference is not enabled: the function is replaced at once");
      return {};
    }
    PATCHGATE_CHECK(read_config(*type, reading));
    const DocNode* alias = resource.find({"Properties", "AutoPublishAlias"});
    if (alias == nullptr) alias = document_.find({"Globals", "Function", "AutoPublishAlias"});
    if (alias == nullptr) reading.plain(resource, "a DeploymentPreference needs an AutoPublishAlias: SAM refuses this");
    read_alarms(preference(resource, "Alarms"), *type, reading);
    return {};
  }

  void read_alarms(const DocNode* alarms, const DocNode& type, PlanReading& reading) const {
    if (alarms == nullptr) return stop_stages(reading, type, "");
    std::string measured;
    for (const DocNode& alarm : alarms->items) {
      const std::string reference = reference_of(alarm);
      const std::string name = reference.empty() ? alarm.text : reference;
      if (!reference.empty() && resources_.find(reference) == nullptr &&
          document_.find({"Parameters", reference}) == nullptr) {
        reading.trap(alarm, "the alarm " + reference + " is not in this template: it proves nothing");
        continue;
      }
      if (!name.empty()) measured += (measured.empty() ? "" : ", ") + name;
    }
    stop_stages(reading, *alarms, measured.empty() ? "" : measured + " (cloudwatch)");
  }

  Result<void> read_group(const DocNode& resource, PlanReading& reading) {
    const DocNode* properties = resource.find("Properties");
    const DocNode& body = properties == nullptr ? resource : *properties;
    reading.ships(body.find("ApplicationName"));
    reading.ships(body.find("DeploymentGroupName"));
    if (const DocNode* config = body.find("DeploymentConfigName")) {
      PATCHGATE_CHECK(read_config(*config, reading));
    } else {
      reading.plain(resource, "the deployment group names no deployment configuration");
    }
    read_group_alarms(body, reading);
    return {};
  }

  const std::string& path_;
  const DocNode& document_;
  const DocNode& resources_;
};

bool is_template(const DocNode& document) {
  const DocNode* resources = document.find("Resources");
  if (resources == nullptr || !resources->is_map()) return false;
  return std::any_of(resources->members.begin(), resources->members.end(), [](const auto& member) {
    return scalar_text(member.value.find("Type")).find("::") != std::string::npos;
  });
}

Result<RolloutReading> read_template(const std::string& path, const DocNode& document, const RolloutSet&) {
  return Template(path, document).read();
}

}  // namespace

const RolloutFormat cloudformation{"CloudFormation, SAM", is_template, read_template};

}  // namespace patchgate
