#pragma once

#include <string>

#include "analyzers/rollout/formats.h"
#include "analyzers/rollout/plan_reading.h"

namespace patchgate {

/// A member by its name in CloudFormation ("AlarmConfiguration"), or as the command line tools of AWS spell it, with a
/// small first letter.
const DocNode* find_cased(const DocNode& node, std::string_view name);

/// A predefined deployment configuration (docs.aws.amazon.com/codedeploy, deployment-configurations), whatever stands
/// before its last words: "CodeDeployDefault.LambdaCanary10Percent5Minutes", "Linear10PercentEvery1Minute". False for a
/// name that says nothing.
bool read_predefined(const DocNode& name, PlanReading& reading);

/// The properties of a DeploymentConfig: its TrafficRoutingConfig; without one it replaces servers.
void read_deployment_config(const DocNode& properties, PlanReading& reading);

/// The properties of a DeploymentGroup but for its configuration: alarms that stop a deployment, and a rollback then.
void read_group_alarms(const DocNode& properties, PlanReading& reading);

/// Sets what stops the stages; a trap where nothing does.
void stop_stages(PlanReading& reading, const DocNode& at, const std::string& measured);

/// What `aws deploy` reads and prints, as JSON or YAML: a deployment configuration or a deployment group.
extern const RolloutFormat codedeploy_json;
/// An application specification (appspec.yml), which does not say in which shares it is deployed.
extern const RolloutFormat codedeploy_appspec;

}  // namespace patchgate
