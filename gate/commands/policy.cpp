#include <fmt/format.h>

#include "gate/commands/check_calendar.h"
#include "gate/commands/commands.h"
#include "gate/commands/init_files.h"
#include "gate/commands/policy_in_force.h"
#include "gate/commands/policy_test.h"
#include "gate/commands/say.h"

namespace patchgate {
namespace {

int show(const OpenedPolicy& opened) {
  const auto& policy = *opened.loaded.policy;
  auto text = describe_source(opened);
  if (opened.observe_only) text += "there is no .patchgate/policy.json at this revision: rules are observed only\n";
  for (const auto& note : policy.notes) text += "note: " + note + "\n";
  for (const auto& one : policy.parameters) {
    text += fmt::format("parameter {} = {} ({}:{}, {}){}\n", one.name, one.value, one.at.file, one.at.line,
                        one.set ? "set" : "the default", one.about.empty() ? "" : ": " + one.about);
  }
  for (const auto& rule : policy.rules) text += "\n" + describe_rule(rule);
  const auto done = print(text);
  return done ? 0 : say_errors({done.error()});
}

int check(const OpenedPolicy& opened) {
  const auto done = print(fmt::format("{}: {} rules, {} warnings\n", opened.source, opened.loaded.policy->rules.size(),
                                      opened.loaded.warnings.size()));
  return done ? 0 : say_errors({done.error()});
}

}  // namespace

int run_policy(const PolicyOptions& options) {
  if (options.action == PolicyOptions::Action::init) return write_starter_policy(options.repo);
  const auto opened = policy_in_force(options.repo, options.rev, options.policy, options.floor);
  if (!opened) return say_errors({opened.error()});
  for (const auto& warning : opened->loaded.warnings) say("warning: " + to_string(warning));
  if (!opened->loaded.policy) return say_errors(opened->loaded.errors);
  switch (options.action) {
    case PolicyOptions::Action::show:
      return show(*opened);
    case PolicyOptions::Action::test:
      return test_policy(options, *opened->loaded.policy);
    default:
      if (const int code = check_calendar_of(options); code != 0) return code;
      return check(*opened);
  }
}

}  // namespace patchgate
