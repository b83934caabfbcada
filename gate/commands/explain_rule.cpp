#include "gate/commands/explain_rule.h"

#include <algorithm>

#include "gate/commands/policy_in_force.h"
#include "gate/commands/say.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

bool is_rule_name(const std::string& what) {
  const auto slash = what.find('/');
  return slash != std::string::npos && slash == what.rfind('/') && what.find(':') == std::string::npos &&
         what.find('.') == std::string::npos;
}

int explain_rule(const ExplainOptions& options) {
  const auto opened = policy_in_force(options.repo, options.rev, options.policy, options.floor);
  if (!opened) return say_errors({opened.error()});
  if (!opened->loaded.policy) return say_errors(opened->loaded.errors);
  const auto& rules = opened->loaded.policy->rules;
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.id == options.what; });
  if (rule == rules.end()) {
    std::vector<std::string> ids;
    for (const auto& known : rules) ids.push_back(known.id);
    return say_errors({Error{Error::Kind::usage,
                             "no rule in force is called '" + options.what + "'" + did_you_mean(options.what, ids),
                             std::nullopt,
                             "`patchgate policy show` lists them",
                             {}}});
  }
  const auto done = print(describe_source(*opened) + describe_rule(*rule));
  return done ? 0 : say_errors({done.error()});
}

}  // namespace patchgate
