#include "policies/engine/asked_facts.h"

namespace patchgate {

void collect_names(const Condition& condition, std::set<std::string>& names) {
  for (const auto* parts : {&condition.children, &condition.where, &condition.has}) {
    for (const auto& part : *parts) collect_names(part, names);
  }
  if (condition.fact != nullptr) names.emplace(condition.fact->name);
}

std::set<std::string> asked_facts(const Policy& policy) {
  std::set<std::string> names;
  for (const auto& rule : policy.rules) {
    if (rule.when) collect_names(*rule.when, names);
    collect_names(rule.require, names);
    for (const auto& fix : rule.fixes)
      if (fix.when) collect_names(*fix.when, names);
  }
  return names;
}

bool asks_for_any(const Policy& policy, std::string_view beginning) {
  const auto names = asked_facts(policy);
  const auto found = names.lower_bound(std::string(beginning));
  return found != names.end() && found->starts_with(beginning);
}

}  // namespace patchgate
