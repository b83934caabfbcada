#include <gtest/gtest.h>

#include "said.h"

namespace patchgate {
namespace {

/// A SAM template with one function; `preference` stands below its DeploymentPreference.
std::string function(const std::string& preference, const std::string& more = "") {
  return "Transform: AWS::Serverless-2016-10-31\nResources:\n  Sync:\n    Type: AWS::Serverless::Function\n"
         "    Properties:\n      AutoPublishAlias: live\n      DeploymentPreference:\n" +
         preference + more;
}
const std::string kCanary = "        Type: Canary10Percent5Minutes\n";
const std::string kAlarm = "  Errors:\n    Type: AWS::CloudWatch::Alarm\n";

/// A CodeDeploy group; `properties` stands below its Properties.
std::string group(const std::string& properties) {
  return "Resources:\n  Group:\n    Type: AWS::CodeDeploy::DeploymentGroup\n    Properties:\n" + properties;
}
const std::string kConfig = "      DeploymentConfigName: CodeDeployDefault.ECSLinear10PercentEvery3Minutes\n";
const std::string kAlarms = "      AlarmConfiguration:\n        Enabled: true\n        Alarms: [{Name: errors}]\n";
const std::string kRollback =
    "      AutoRollbackConfiguration:\n        Enabled: true\n        Events: [DEPLOYMENT_STOP_ON_ALARM]\n";

struct Case {
  const char* name;
  ManifestFiles files;
  std::string expected;
};

const Case kSamCases[] = {
    {"a canary with an alarm",
     {{"t.yaml", function(kCanary + "        Alarms: [!Ref Errors]\n", kAlarm)}},
     "staged_abort; 10 % of requests; 5 min; Errors (cloudwatch) |"},
    {"without alarms",
     {{"t.yaml", function(kCanary)}},
     "staged; 10 % of requests; 5 min | t.yaml:8 no alarm stops it: the stages only delay;"},
    {"an alarm that is not there",
     {{"t.yaml", function(kCanary + "        Alarms: [!Ref Errors]\n")}},
     "staged; 10 % of requests; 5 min | t.yaml:9 the alarm Errors is not in this template: it proves nothing; t.yaml:9 "
     "no alarm stops it: the stages only delay;"},
    {"alarms that a condition chooses",
     {{"t.yaml", function(kCanary + "        Alarms: !If [Prod, [a], []]\n")}},
     "staged; 10 % of requests; 5 min | t.yaml:9 no alarm stops it: the stages only delay;"},
    {"a linear one",
     {{"t.yaml", function("        Type: Linear10PercentEvery1Minute\n")}},
     "staged; 10 % of requests; 1 min | t.yaml:8 no alarm stops it: the stages only delay;"},
    {"all at once",
     {{"t.yaml", function("        Type: AllAtOnce\n        Alarms: [!Ref Errors]\n", kAlarm)}},
     "none | t.yaml:8 AllAtOnce: everything switches at once;"},
    {"not enabled",
     {{"t.yaml", function(kCanary + "        Enabled: false\n")}},
     "none | t.yaml:9 the DeploymentPreference is not enabled: the function is replaced at once;"},
    {"no preference",
     {{"t.yaml", "Resources:\n  Sync:\n    Type: AWS::Serverless::Function\n"}},
     "none | t.yaml:2 the function has no DeploymentPreference: it is replaced at once;"},
    {"a preference of all functions",
     {{"t.yaml",
       "Globals:\n  Function:\n    AutoPublishAlias: live\n    DeploymentPreference:\n"
       "      Type: Canary10Percent30Minutes\n      Alarms: [errors]\n"
       "Resources:\n  Sync:\n    Type: AWS::Serverless::Function\n"}},
     "staged_abort; 10 % of requests; 30 min; errors (cloudwatch) |"},
    {"no alias",
     {{"t.yaml",
       "Resources:\n  Sync:\n    Type: AWS::Serverless::Function\n    Properties:\n"
       "      DeploymentPreference: {Type: Canary10Percent5Minutes, Alarms: [errors]}\n"}},
     "weak | t.yaml:2 a DeploymentPreference needs an AutoPublishAlias: SAM refuses this;"},
    {"a type that a parameter gives",
     {{"t.yaml", function("        Type: !Ref Kind\n", "Parameters: {Kind: {Default: AllAtOnce}}\n")}},
     "level ? t.yaml:8: has a deployment configuration that is filled in later (!Ref Kind); give the resolved template "
     "at "
     "t.yaml:8"},
    {"a type that a function makes",
     {{"t.yaml", function("        Type: !Sub \"${Kind}\"\n")}},
     "level ? t.yaml:8: has a deployment configuration that is filled in later (!Sub ${Kind}); give the resolved "
     "template "
     "at t.yaml:8"},
    {"JSON",
     {{"t.json",
       "{\"Resources\": {\"Sync\": {\"Type\": \"AWS::Serverless::Function\", \"Properties\": "
       "{\"AutoPublishAlias\": \"live\",\n\"DeploymentPreference\": {\"Type\": {\"Ref\": \"Slow\"}, \"Alarms\": "
       "[\"e\"]}}},\n\"Slow\": {\"Type\": \"AWS::CodeDeploy::DeploymentConfig\", \"Properties\": "
       "{\"TrafficRoutingConfig\": {\"Type\": \"TimeBasedCanary\",\n\"TimeBasedCanary\": "
       "{\"CanaryPercentage\": 2, \"CanaryInterval\": 60}}}}}}"}},
     "staged_abort; 2 % of requests; 60 min; e (cloudwatch) |"},
    {"a template without functions", {{"t.yaml", "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"}}, "level = none"},
};

const Case kGroupCases[] = {
    {"alarms and a rollback",
     {{"t.yaml", group(kConfig + kAlarms + kRollback)}},
     "staged_abort; 10 % of requests; 3 min; errors (cloudwatch) |"},
    {"no alarms",
     {{"t.yaml", group(kConfig + kRollback)}},
     "staged; 10 % of requests; 3 min | t.yaml:4 no alarm stops it: the stages only delay;"},
    {"alarms that are switched off",
     {{"t.yaml", group(kConfig + "      AlarmConfiguration: {Enabled: false, Alarms: [{Name: e}]}\n" + kRollback)}},
     "staged; 10 % of requests; 3 min | t.yaml:6 the AlarmConfiguration is not enabled;"},
    {"no rollback",
     {{"t.yaml", group(kConfig + kAlarms)}},
     "staged; 10 % of requests; 3 min | t.yaml:4 no enabled AutoRollbackConfiguration with DEPLOYMENT_STOP_ON_ALARM: "
     "an "
     "alarm takes nothing back;"},
    {"a rollback for another reason",
     {{"t.yaml",
       group(kConfig + kAlarms + "      AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}\n")}},
     "staged; 10 % of requests; 3 min | t.yaml:9 no enabled AutoRollbackConfiguration with DEPLOYMENT_STOP_ON_ALARM: "
     "an "
     "alarm takes nothing back;"},
    {"alarms that cannot be read",
     {{"t.yaml", group(kConfig + kAlarms + "        IgnorePollAlarmFailure: true\n" + kRollback)}},
     "staged_abort; 10 % of requests; 3 min; errors (cloudwatch) | t.yaml:9 IgnorePollAlarmFailure: alarms that cannot "
     "be "
     "read stop nothing;"},
    {"servers",
     {{"t.yaml", group("      DeploymentConfigName: CodeDeployDefault.OneAtATime\n" + kAlarms + kRollback)}},
     "weak | t.yaml:5 CodeDeployDefault.OneAtATime: server after server, and nothing that stops for users;"},
    {"no configuration",
     {{"t.yaml", group(kAlarms)}},
     "weak | t.yaml:2 the deployment group names no deployment configuration; t.yaml:4 no enabled "
     "AutoRollbackConfiguration with DEPLOYMENT_STOP_ON_ALARM: an alarm takes nothing back;"},
    {"a configuration that is not there",
     {{"t.yaml", group("      DeploymentConfigName: ours\n")}},
     "weak | t.yaml:5 the deployment configuration ours is not in this template: its shares are not known;"},
    {"of the command line: group and configuration",
     {{"group.json",
       "{\"applicationName\": \"crm\", \"deploymentGroupName\": \"prod\", \"deploymentConfigName\": \"ours\",\n"
       "\"alarmConfiguration\": {\"enabled\": true, \"alarms\": [{\"name\": \"errors\"}]},\n"
       "\"autoRollbackConfiguration\": {\"enabled\": true, \"events\": [\"DEPLOYMENT_STOP_ON_ALARM\"]}}"},
      {"config.json",
       "{\"deploymentConfigName\": \"ours\", \"trafficRoutingConfig\": {\"type\": \"TimeBasedLinear\",\n"
       "\"timeBasedLinear\": {\"linearPercentage\": 4, \"linearInterval\": 15}}}"}},
     "staged_abort; 4 % of requests; 15 min; errors (cloudwatch) |"},
    {"of the command line: a configuration alone",
     {{"config.json",
       "{\"deploymentConfigInfo\": {\"deploymentConfigName\": \"ours\", \"trafficRoutingConfig\": {\"type\": "
       "\"TimeBasedCanary\",\n\"timeBasedCanary\": {\"canaryPercentage\": 5, \"canaryInterval\": 10}}}}"}},
     "staged; 5 % of requests; 10 min | config.json:1 no alarm stops it: the stages only delay;"},
    {"a share of everything",
     {{"config.json",
       "{\"deploymentConfigName\": \"ours\", \"trafficRoutingConfig\": {\"type\": \"TimeBasedCanary\", "
       "\"timeBasedCanary\": {\"canaryPercentage\": 100, \"canaryInterval\": 10}}}"}},
     "weak | config.json:1 TimeBasedCanary needs CanaryPercentage from 1 to 99 and CanaryInterval above 0;"},
    {"servers, by their number",
     {{"config.json",
       "{\"deploymentConfigName\": \"ours\",\n\"minimumHealthyHosts\": {\"type\": \"HOST_COUNT\", \"value\": 1}}"}},
     "weak | config.json:2 the deployment configuration shares out no requests: it replaces servers;"},
    {"an appspec",
     {{"appspec.yml", "version: 0.0\nResources:\n- F:\n    Type: AWS::Lambda::Function\n"}},
     "weak | appspec.yml:1 an appspec does not say in which shares it is deployed: give the deployment group or its "
     "configuration;"},
    {"an appspec beside its group",
     {{"appspec.yml", "version: 0.0\nResources:\n- F:\n    Type: AWS::Lambda::Function\n"},
      {"t.yaml", group(kConfig + kAlarms + kRollback)}},
     "staged_abort; 10 % of requests; 3 min; errors (cloudwatch) |"},
};

TEST(CodeDeploy, Sam) {
  for (const Case& c : kSamCases) EXPECT_EQ(in_short(c.files), c.expected) << c.name;
}

TEST(CodeDeploy, Groups) {
  for (const Case& c : kGroupCases) EXPECT_EQ(in_short(c.files), c.expected) << c.name;
}

}  // namespace
}  // namespace patchgate
